import { createAccess } from '../../kernel/access/index.ts'
import type { Context } from '../../kernel/context.ts'
import { record } from '../../kernel/events.ts'
import type { ImportColumn, ImportContext, ImportKind, ImportOutcome, Reject, RejectReason } from '../../kernel/import.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { importEvents } from './events.ts'
import {
  type Agency,
  type AgencyKind,
  agencyKinds,
  type Certainty,
  certainties,
  keyText,
  shortNameOf,
  type Tier,
  tiers,
} from './rules/agency.ts'
import { noChange, type OrganisationChange } from './rules/change.ts'
import { handOver, validate } from './rules/validate.ts'
import { loadAgencies, lockTree, saveChange } from './store.ts'

/** A row of an agencies file. Optional columns that are absent or empty leave an existing version as it is. */
export interface AgencyRow extends Pick<Agency, 'code' | 'name' | 'tier' | 'kind' | 'parentCode' | 'validFrom' | 'validTo'> {
  readonly shortName: string | null
  readonly areaCode: string | null
  readonly certainty: Certainty | null
  readonly source: string | null
  readonly note: string | null
}

const columns: readonly ImportColumn[] = [
  ...['code', 'name', 'tier', 'kind'].map((name) => ({ name })),
  { name: 'parent_code', optional: true },
  { name: 'valid_from' },
  ...['valid_to', 'short_name', 'area_code', 'certainty', 'source', 'note'].map((name) => ({ name, optional: true })),
]

const DAY = /^\d{4}-\d{2}-\d{2}$/
const isDay = (text: string): boolean => DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text
const CODE = /^[0-9A-Z]+(\.[0-9A-Z]+)*$/
const orNull = (text: string | undefined): string | null => (text ? text : null)

function parse(record: Readonly<Record<string, string>>): Result<AgencyRow, readonly RejectReason[]> {
  const reasons: RejectReason[] = []
  const value = (column: string): string => (record[column] ?? '').trim()
  const wrong = (column: string, vi: string, en: string): void => void reasons.push({ column, reason: { vi, en } })
  const isCode = (text: string): boolean => CODE.test(text) && text.length <= 35
  if (!isCode(value('code')))
    wrong(
      'code',
      'Mã cơ quan phải gồm chữ A–Z, số và dấu chấm, dài nhất 35 ký tự.',
      'An agency code is letters A–Z, digits and dots, at most 35 characters.',
    )
  if (value('name') === '') wrong('name', 'Thiếu tên cơ quan.', 'The name is missing.')
  if (!tiers.includes(value('tier') as Tier))
    wrong('tier', 'Cấp phải là province, district hoặc commune.', 'The tier must be province, district or commune.')
  if (!agencyKinds.includes(value('kind') as AgencyKind))
    wrong('kind', `Loại phải là ${agencyKinds.join(', ')}.`, `The kind must be one of ${agencyKinds.join(', ')}.`)
  const parent = value('parent_code')
  if (parent !== '' && !isCode(parent)) wrong('parent_code', 'Mã cơ quan cấp trên chưa đúng.', 'The parent code is not a code.')
  if (parent !== '' && parent === value('code'))
    wrong('parent_code', 'Cơ quan không thể nằm dưới chính nó.', 'An agency cannot lie below itself.')
  const [from, to] = [value('valid_from'), value('valid_to')]
  if (!isDay(from)) wrong('valid_from', 'Ngày bắt đầu phải có dạng YYYY-MM-DD.', 'The first day must look like YYYY-MM-DD.')
  if (to !== '' && !isDay(to)) wrong('valid_to', 'Ngày kết thúc phải có dạng YYYY-MM-DD.', 'The last day must look like YYYY-MM-DD.')
  else if (to !== '' && to < from) wrong('valid_to', 'Ngày kết thúc trước ngày bắt đầu.', 'The last day is before the first.')
  const certainty = value('certainty')
  if (certainty !== '' && !certainties.includes(certainty as Certainty))
    wrong('certainty', `Phải là ${certainties.join(', ')}.`, `Must be one of ${certainties.join(', ')}.`)
  const area = value('area_code')
  if (area !== '' && !/^(\d{2}|\d{3}|\d{5})$/.test(area))
    wrong('area_code', 'Mã hành chính có 2, 3 hoặc 5 chữ số.', 'An area code has 2, 3 or 5 digits.')
  if (reasons.length > 0) return refuse(reasons)
  return ok({
    code: value('code'),
    name: value('name').normalize('NFC'),
    tier: value('tier') as Tier,
    kind: value('kind') as AgencyKind,
    parentCode: orNull(parent),
    validFrom: from,
    validTo: orNull(to),
    shortName: orNull(value('short_name').normalize('NFC')),
    areaCode: orNull(area),
    certainty: orNull(certainty) as Certainty | null,
    source: orNull(value('source').normalize('NFC')),
    note: orNull(value('note').normalize('NFC')),
  })
}

const asAgency = (row: AgencyRow, known: Agency | undefined): Agency => ({
  code: row.code,
  validFrom: row.validFrom,
  validTo: row.validTo,
  name: row.name,
  shortName: row.shortName ?? (known && known.name === row.name ? known.shortName : shortNameOf(row.name)),
  tier: row.tier,
  kind: row.kind,
  parentCode: row.parentCode,
  areaCode: row.areaCode ?? known?.areaCode ?? null,
  certainty: row.certainty ?? known?.certainty ?? 'local',
  source: row.source ?? known?.source ?? '',
  note: row.note ?? known?.note ?? '',
})

const same = (a: Agency, b: Agency | undefined): boolean =>
  b !== undefined && (Object.keys(a) as (keyof Agency)[]).every((key) => a[key] === b[key])

/** The rights of the machine that imports: it asks nobody, and what it did says so. */
const importer = (cx: ImportContext): Context => ({
  ...cx,
  actor: { kind: 'system', name: 'import' },
  requestId: cx.id(),
  command: 'organisation.import',
  locale: 'vi',
  access: createAccess([], { isWithin: () => false }),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
})

/** Writes a change that came from a file, with its events. The tree must be locked. */
export async function takeIn(cx: ImportContext, change: OrganisationChange): Promise<void> {
  const code = change.put[0]?.code ?? change.lineage[0]?.to.code ?? change.putHamlets[0]?.communeCode
  if (code === undefined) return
  await saveChange(cx.tx, change)
  await record(importer(cx), { events: importEvents(code, change) })
}

async function apply(cx: ImportContext, rows: readonly { readonly line: number; readonly row: AgencyRow }[]): Promise<ImportOutcome> {
  await lockTree(cx.tx)
  const existing = await loadAgencies(cx.tx)
  const known = new Map(existing.map((agency) => [keyText(agency), agency]))
  const lines = new Map<string, number>()
  const rejects: Reject[] = []
  const incoming = new Map<string, Agency>()
  let repeated = 0
  for (const { line, row } of rows) {
    const agency = asAgency(row, known.get(keyText(row)))
    const first = incoming.get(keyText(agency))
    if (!first) {
      lines.set(keyText(agency), line)
      incoming.set(keyText(agency), agency)
    } else if (same(agency, first)) repeated += 1
    else
      rejects.push({
        line,
        column: 'valid_from',
        reason: { vi: 'Mã và ngày bắt đầu này đã có ở dòng trước.', en: 'This code and first day stand on an earlier line.' },
      })
  }
  const ready = handOver([...incoming.values()])
  const changed = ready.filter((agency) => !same(agency, known.get(keyText(agency))))
  const faults = validate(existing, changed)
  for (const { agency, column, reason } of faults) rejects.push({ line: lines.get(keyText(agency)) ?? 0, column, reason })
  const refused = new Set(faults.map(({ agency }) => agency))
  const put = changed.filter((agency) => !refused.has(agency))
  await takeIn(cx, { ...noChange, put })
  return { imported: put.length, unchanged: ready.length - changed.length + repeated, rejects }
}

/** `cuaso import agencies`: the whole file is one batch, since a parent may stand after its children. */
export const agencyImport: ImportKind<AgencyRow> = { kind: 'agencies', columns, batch: 200_000, parse, apply }
