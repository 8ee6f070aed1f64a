import { z } from 'zod'
import type { App } from '../../kernel/app.ts'
import { type ApiRoute, apiRoute } from '../../kernel/http/api.ts'
import { say } from '../../kernel/http/form.ts'
import * as exact from '../../kernel/rational.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { type ScoreJson, scoreJson, scoreResponse } from '../scheme/index.ts'
import { unknownProvince } from './errors.ts'
import { nationalOf, type ProvinceStanding } from './queries/national.ts'
import { changeOf, GROUPING, isScored, type Ranked, rankProvinces } from './queries/national-figures.ts'

const day = z.iso.date(say('Ngày phải có dạng YYYY-MM-DD.', 'A date looks like YYYY-MM-DD.'))
const question = z
  .object({ from: day, to: day })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: say('Ngày cuối ở trước ngày đầu.', 'The last day is before the first.') })
type Period = z.output<typeof question>

const number = z.number().nullable()
const province = z.object({
  province: z.string().meta({ description: 'Short name, as in addresses.' }),
  code: z.string(),
  name: z.string(),
  state: z
    .enum(['scored', 'nothing', 'behind', 'unread'])
    .meta({ description: 'nothing: no dossier in the period; behind: its database is not up to date; unread: gives no answer just now.' }),
  as_of: z.string().nullable().meta({ description: 'When its own figures were read.' }),
  rank: z.number().int().nullable().meta({ description: 'Equal points share a rank; null: not scored, which is never 0.' }),
  score: number,
  max: number,
  unknown: number,
  missing_months: z.array(z.string()).readonly().meta({ description: 'Months of the period that are over and have no reported figure.' }),
  change: number.meta({ description: 'Points since as many days just before.' }),
})
const ranking = z.object({
  from: z.string(),
  to: z.string(),
  provinces: z.array(
    province.extend({ groups: z.array(z.object({ code: z.string(), name: z.string(), score: z.number(), max: z.number() })).readonly() }),
  ),
})

const jsonOf = (standing: ProvinceStanding, period: Period): ScoreJson | null =>
  isScored(standing) ? scoreJson(standing.now, { ...standing.rules, period, asOf: standing.asOf }) : null

function lineOf({ standing, rank }: Ranked, score: ScoreJson | null): z.input<typeof province> {
  const { slug, code, name } = standing.province
  const change = isScored(standing) ? changeOf(standing.now.score.total, standing.before?.score.total) : null
  return {
    province: slug,
    code,
    name,
    state: standing.state,
    as_of: score?.as_of ?? null,
    rank,
    score: score?.score ?? null,
    max: score?.max ?? null,
    unknown: score?.unknown ?? null,
    missing_months: score?.missing_months ?? [],
    change: change && Number(exact.written(change, 2)),
  }
}

/** Provinces of the installation as JSON: points and counts, never a dossier. */
export function nationalApi(app: App): ApiRoute[] {
  const { scores } = nationalOf(app)
  const entry = { action: 'board.national' }
  return [
    apiRoute({
      method: 'GET',
      path: '/index/national',
      entry,
      summary: {
        vi: 'Điểm và hạng của các tỉnh dùng chung hệ thống, cao trước',
        en: 'Provinces of this installation by score, highest first',
      },
      tag: 'index',
      query: question,
      response: ranking,
      handler: async (_c, { query: period }) => {
        const provinces = rankProvinces(await scores.read(period), undefined).map((ranked) => {
          const score = jsonOf(ranked.standing, period)
          const groups = (score?.groups ?? []).filter(({ grouping }) => grouping === GROUPING)
          return { ...lineOf(ranked, score), groups: groups.map(({ grouping: _grouping, ...group }) => group) }
        })
        return ok({ ...period, provinces })
      },
    }),
    apiRoute({
      method: 'GET',
      path: '/index/national/{province}',
      entry,
      summary: { vi: 'Từng chỉ số của một tỉnh, chỉ số đếm', en: 'Every indicator of one province, counts only' },
      tag: 'index',
      params: z.object({ province: z.string().max(60) }),
      query: question,
      response: province.extend({ detail: scoreResponse.nullable() }),
      handler: async (_c, { params, query: period }) => {
        const ranked = rankProvinces(await scores.read(period), undefined)
        const asked = ranked.find(({ standing }) => standing.province.slug === params.province)
        if (!asked) return refuse(unknownProvince)
        const detail = jsonOf(asked.standing, period)
        return ok({ ...lineOf(asked, detail), detail })
      },
    }),
  ]
}
