import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { ok } from '../../../kernel/result.ts'
import { foundRows, stageTexts, type WorkRow, workRows } from '../../dossier/index.ts'
import { XLSX_TYPE, xlsx } from '../../printing/index.ts'
import { clockWords } from '../rules/clock-words.ts'
import { listQuery, readListAddress } from '../rules/list-address.ts'
import { texts } from '../texts.ts'
import { listTexts } from '../work-list-texts.ts'
import { asker } from './request.ts'
import { channelText } from './work-list-marks.tsx'
import { timeText } from './work-list-rows.ts'

/** Rows of one spreadsheet: it is made in memory, in one piece. A CSV has no such bound. */
const MOST_IN_XLSX = 5000

interface Field {
  readonly header: string
  readonly kind?: 'time'
  readonly width?: number
  value(row: WorkRow): string | null
}

/** What leaves the house of each dossier: as on the screen; a personal number in full only for those who may see it. */
function fieldsOf(locale: Locale, now: number): readonly Field[] {
  const word = (text: { vi: string; en: string }): string => t(locale, text)
  return [
    { header: word(texts.code), width: 24, value: (row) => row.code },
    { header: word(texts.reference), width: 16, value: (row) => row.reference },
    { header: word(listTexts.procedureCode), value: (row) => row.procedureCode },
    { header: word(texts.procedure), width: 40, value: (row) => row.procedureName },
    { header: word(texts.applicant), width: 26, value: (row) => row.applicantName },
    { header: word(listTexts.number), value: (row) => row.applicantNumber },
    { header: word(texts.stands), value: (row) => word(stageTexts[row.stage]) },
    { header: word(texts.holder), width: 22, value: (row) => row.assigneeName },
    { header: word(listTexts.agency), width: 30, value: (row) => row.agencyName },
    { header: word(listTexts.submitted), kind: 'time', value: (row) => row.submittedAt },
    { header: word(listTexts.received), kind: 'time', value: (row) => row.receivedAt },
    { header: word(listTexts.due), kind: 'time', value: (row) => row.dueAt },
    { header: word(texts.clock), width: 22, value: (row) => word(clockWords(row, now).text) },
    { header: word(texts.channel), value: (row) => word(channelText(row)) },
  ]
}

/** That a list of people left the house, by whom and which: written down before the first line of it. */
export async function noteExport(c: Web, format: string, query: string, what = 'work-list'): Promise<void> {
  const actor = c.get('actor')
  const call = { province: c.get('province'), actor, requestId: randomUUID(), locale: c.get('locale'), name: `${what}.export` }
  const noted = await run(c.get('app'), call, async (cx) => {
    if (actor.kind === 'officer')
      await record(cx, { events: [{ type: `${what}.exported`, subject: actor.officerId, data: { format, query } }] })
    return ok(null)
  })
  if (!noted.ok) throw new Refused(noted.error)
}

async function* csvLines(pages: AsyncGenerator<WorkRow[]>, fields: readonly Field[]): AsyncGenerator<(string | null)[]> {
  yield fields.map(({ header }) => header)
  for await (const rows of pages)
    for (const row of rows)
      yield fields.map((field) => {
        const value = field.value(row)
        return value && field.kind === 'time' ? timeText(value) : value
      })
}

const named = (extension: string, day: string): Record<string, string> => ({
  'content-disposition': `attachment; filename="ho-so-${day}.${extension}"`,
})

/** GET /mot-cua/xuat: the list of the present filter as CSV (all of it, as it is read) or as a spreadsheet. */
export async function exportWorkList(c: Web): Promise<Response> {
  const [app, locale] = [c.get('app'), c.get('locale')]
  const filter = { ...readListAddress(c.req.query()), after: undefined }
  const format = c.req.query('dang') === 'xlsx' ? 'xlsx' : 'csv'
  const pages = await workRows(app, asker(c), filter)
  if (!pages.ok) throw new Refused(pages.error)
  // What was searched for is somebody's name or number: the log says only that there was something.
  await noteExport(c, format, listQuery({ ...filter, search: filter.search && '…' }))
  const now = app.clock()
  const day = dayOf(now)
  const fields = fieldsOf(locale, now.epochMilliseconds)
  if (format === 'csv') {
    // Text that a spreadsheet would calculate ("=…") is marked as text; the mark of UTF-8 makes it read the letters.
    const csv = Readable.from(csvLines(pages.value, fields)).pipe(
      stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' }),
    )
    const body = Readable.toWeb(csv) as unknown as ReadableStream
    return new Response(body, { headers: { 'content-type': 'text/csv; charset=utf-8', ...named('csv', day) } })
  }
  const rows: WorkRow[] = []
  let cut = false
  for await (const some of pages.value) {
    rows.push(...some.slice(0, MOST_IN_XLSX - rows.length))
    cut = some.length > 0 && rows.length >= MOST_IN_XLSX
    if (cut) break
  }
  const actor = c.get('actor')
  const who = actor.kind === 'officer' ? actor.name : ''
  const title = [t(locale, texts.workList), t(locale, listTexts.exportMade, { at: timeText(now.toString()), who })]
  if (cut) title.push(t(locale, listTexts.exportCut, { n: MOST_IN_XLSX }))
  const file = await xlsx(rows, fields, { sheet: t(locale, texts.workList), title })
  return new Response(file, { headers: { 'content-type': XLSX_TYPE, ...named('xlsx', day) } })
}

/** GET /mot-cua/tim: what a search begins to find while it is being typed, for the box on the list. */
export async function suggestDossiers(c: Web): Promise<Response> {
  const [app, locale] = [c.get('app'), c.get('locale')]
  const search = c.req.query('q')?.trim().slice(0, 100)
  if (!search || search.length < 2) return c.json({ items: [] })
  const found = await foundRows(app, asker(c), search, 8)
  if (!found.ok) throw new Refused(found.error)
  const items = found.value.map((row) => ({
    text: `${row.code ?? row.reference} · ${row.applicantName}`,
    detail: `${row.procedureName}, ${t(locale, stageTexts[row.stage])}`,
    href: `/mot-cua/ho-so/${row.id}`,
  }))
  return c.json({ items })
}
