import { stringify } from 'csv-stringify/sync'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { monthsText } from '../../../kernel/months.ts'
import * as exact from '../../../kernel/rational.ts'
import type { NationalScores } from '../queries/national.ts'
import { changeOf, isScored, pointsOf, rankProvinces } from '../queries/national-figures.ts'
import { gapTexts } from '../score-gaps-texts.ts'
import { nationalTexts as texts } from '../score-national-texts.ts'
import { scoreTexts } from '../score-texts.ts'
import { groupsOf, monthsMissing, readNationalAddress } from './score-national-page.tsx'

/** GET /dieu-hanh/toan-quoc/bang.csv: the national board as it is ordered on the page, one province a line. */
export const nationalFile =
  (scores: NationalScores) =>
  async (c: Web): Promise<Response> => {
    const app = c.get('app')
    const locale = c.get('locale')
    const address = readNationalAddress(c.req.query(), dayOf(app.clock()))
    const groups = groupsOf(address)
    const text = (value: exact.Rational | null): string => (value === null ? '' : exact.written(value, 2))
    const head = [
      scoreTexts.rank,
      texts.code,
      texts.province,
      texts.state,
      texts.total,
      scoreTexts.max,
      texts.change,
      texts.unknown,
      gapTexts.months,
    ]
    const lines = rankProvinces(await scores.read(address), address.grouping).map(({ standing, rank }) => {
      const { province } = standing
      const named = [rank ?? '', province.code, province.name, t(locale, texts[standing.state])]
      if (!isScored(standing)) return [...named, ...Array.from({ length: groups.length + 6 }, () => '')]
      const { now, before, asOf } = standing
      return [
        ...named,
        text(now.score.total),
        text(now.score.max),
        text(changeOf(now.score.total, before?.score.total)),
        text(now.score.unknown),
        monthsText(monthsMissing(standing)),
        ...groups.map(({ code }) => text(pointsOf(now, code))),
        asOf.toString(),
      ]
    })
    const titles = [...head.map((one) => t(locale, one)), ...groups.map(({ name }) => t(locale, name)), t(locale, texts.readAtHead)]
    // Text that a spreadsheet would calculate ("=…") is marked as text; the mark of UTF-8 makes it read the letters.
    return new Response(stringify([titles, ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' }), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="toan-quoc-${address.from}-${address.to}.csv"`,
        'cache-control': 'private, no-store',
      },
    })
  }
