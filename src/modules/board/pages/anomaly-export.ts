import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { ok } from '../../../kernel/result.ts'
import { directoryOf } from '../../organisation/index.ts'
import { type AskedCase, caseFor, refusals as schemeRefusals } from '../../scheme/index.ts'
import { anomalyTexts as texts } from '../anomaly-texts.ts'
import { readAnomalyQuestion } from '../rules/anomaly-question.ts'
import { unitName } from './anomaly-parts.tsx'

const CHUNK = 1000

/** That evidence left the house, by whom and of which case: written down before the first line of it. */
async function noteExport(c: Web, key: string): Promise<void> {
  const actor = c.get('actor')
  const call = { province: c.get('province'), actor, requestId: randomUUID(), locale: c.get('locale'), name: 'anomaly.export' }
  const noted = await run(c.get('app'), call, async (cx) => {
    if (actor.kind === 'officer') await record(cx, { events: [{ type: 'anomaly.exported', subject: actor.officerId, data: { key } }] })
    return ok(null)
  })
  if (!noted.ok) throw new Refused(noted.error)
}

/** GET /dieu-hanh/bat-thuong/muc.csv: every dossier of a case, numbers masked as on the page. */
export async function exportEvidence(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const key = c.req.query('muc') ?? ''
  const { from, to } = readAnomalyQuestion(c.req.query(), dayOf(app.clock()))
  const asker = { province: c.get('province'), actor: c.get('actor') }
  const asked: AskedCase = { key, from, to, page: 1, size: CHUNK }
  const first = await caseFor(app, asker, asked)
  if (!first) throw new Refused(schemeRefusals.noCase)
  await noteExport(c, key)
  const directory = await directoryOf(app, asker.province)
  const head = [texts.code, texts.procedure, texts.unit, texts.received, texts.assisted, texts.number, texts.phone, texts.link]
  async function* lines(): AsyncGenerator<string[]> {
    yield head.map((text) => t(locale, text))
    for (let page = 1, found = first; found; page += 1) {
      for (const row of found.evidence.rows)
        yield [
          row.code,
          row.procedure,
          unitName(directory, row.agencyCode, row.receivedDay),
          row.receivedDay,
          t(locale, row.assisted ? texts.yes : texts.no),
          row.number ?? '',
          row.phone ?? '',
          `${app.baseUrl}/mot-cua/ho-so/${row.id}`,
        ]
      found = page * CHUNK < found.evidence.total ? await caseFor(app, asker, { ...asked, page: page + 1 }) : undefined
    }
  }
  // Text that a spreadsheet would calculate ("=…") is marked as text; the mark of UTF-8 makes it read the letters.
  const csv = Readable.from(lines()).pipe(stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' }))
  return new Response(Readable.toWeb(csv) as unknown as ReadableStream, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="so-lieu-can-xem-lai-${from}-${to}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}
