import { dayOf } from '../../kernel/clock.ts'
import { record } from '../../kernel/events.ts'
import type { ImportContext, ImportKind, ImportOutcome, Reject } from '../../kernel/import.ts'
import { fold } from '../../kernel/text.ts'
import { versionPublished } from './events.ts'
import { loader } from './load.ts'
import { bodyChanged, bodyFrom, importColumns, type ProcedureRow, parseRow, saysTheSame } from './rules/import-row.ts'
import { inForce } from './rules/procedure.ts'
import { insertFields, insertVersions, listFields, listLifeEvents, type NewVersion, versionsOf } from './store.ts'

/** First day of a procedure whose file does not say since when: before any dossier that could be imported. */
export const UNKNOWN_START = '2000-01-01'

const sameRow = (a: ProcedureRow, b: ProcedureRow): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Code of every field named in a file: a known one by code or folded name, else a new one made of the name. */
async function fieldCodes(
  cx: ImportContext,
  names: readonly string[],
): Promise<{ codes: Map<string, string>; names: Map<string, string> }> {
  const known = await listFields(cx.tx)
  const byFold = new Map(known.flatMap(({ code, vi }) => [[fold(vi), code] as const, [fold(code), code] as const]))
  const added = new Map<string, string>()
  for (const name of names) {
    const folded = fold(name)
    if (byFold.has(folded)) continue
    const code =
      folded
        .replaceAll(' ', '-')
        .replace(/[^a-z0-9-]/g, '')
        .slice(0, 80) || 'khac'
    byFold.set(folded, code)
    added.set(code, name)
  }
  await insertFields(
    cx.tx,
    [...added].map(([code, name]) => ({ code, vi: name, en: name })),
    1000,
  )
  return {
    codes: new Map(names.map((name) => [name, byFold.get(fold(name)) ?? 'khac'])),
    names: new Map([...known.map(({ code, vi }) => [code, vi] as const), ...added]),
  }
}

async function apply(cx: ImportContext, rows: readonly { readonly line: number; readonly row: ProcedureRow }[]): Promise<ImportOutcome> {
  const today = dayOf(cx.now)
  const known = await versionsOf(
    cx.tx,
    rows.map(({ row }) => row.code),
  )
  const fields = await fieldCodes(cx, [...new Set(rows.map(({ row }) => row.field))])
  const first = new Map<string, ProcedureRow>()
  const rejects: Reject[] = []
  const added: NewVersion[] = []
  let unchanged = 0
  for (const { line, row } of rows) {
    const earlier = first.get(row.code)
    if (earlier) {
      if (sameRow(earlier, row)) unchanged += 1
      else
        rejects.push({
          line,
          column: 'code',
          reason: { vi: 'Mã này đã có ở dòng trước với nội dung khác.', en: 'An earlier line has this code with other content.' },
        })
      continue
    }
    first.set(row.code, row)
    const field = fields.codes.get(row.field) ?? 'khac'
    const versions = (known.get(row.code) ?? []).map((one) => ({ ...one, abolished: one.body.abolished }))
    const current = inForce(versions, today) ?? versions.at(-1)
    if (current && saysTheSame(row, field, current.body)) {
      unchanged += 1
      continue
    }
    added.push({
      id: cx.id(),
      code: row.code,
      version: Math.max(0, ...versions.map(({ version }) => version)) + 1,
      validFrom: current ? today : UNKNOWN_START,
      codeCertainty: 'imported',
      publishedAt: cx.now.toString(),
      publishedBy: 'import',
      body: current ? bodyChanged(row, field, current.body) : bodyFrom(row, field),
    })
  }
  const lifeEvents = await listLifeEvents(cx.tx)
  await insertVersions(cx.tx, added, fields.names, new Map(lifeEvents.map(({ code, vi }) => [code, vi])))
  if (added.length > 0) await record(loader(cx, 'catalogue.import'), { events: added.map(versionPublished) })
  return { imported: added.length, unchanged, rejects }
}

/**
 * `cuaso import procedures`. A new code begins before any imported dossier; a changed one gets a new version from today, its other
 * parts kept. One batch holds a whole province's catalogue, so that a code used twice is seen.
 */
export const procedureImport: ImportKind<ProcedureRow> = {
  kind: 'procedures',
  columns: importColumns.map((name) => ({ name })),
  batch: 20_000,
  parse: parseRow,
  apply,
}
