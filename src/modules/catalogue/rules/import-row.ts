import type { RejectReason } from '../../../kernel/import.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { rescaleSteps } from './difference.ts'
import {
  knownFee,
  procedureCode,
  returnsResult,
  type ServiceLevel,
  serviceLevels,
  type Tier,
  type TimeUnit,
  tiers,
  timeUnits,
  type VersionBody,
} from './procedure.ts'
import { rescaledProcess } from './process-definition.ts'

/** One row of a `procedures` file (import format, version 1). */
export interface ProcedureRow {
  readonly code: string
  readonly name: string
  /** The field as the province names it; matched to a known field by its folded name. */
  readonly field: string
  readonly tier: Tier
  readonly serviceLevel: ServiceLevel
  readonly timeLimit: number
  readonly timeUnit: TimeUnit
  readonly feeVnd: number
  readonly returnsResult: boolean
}

export const importColumns = [
  'code',
  'name',
  'field',
  'tier',
  'service_level',
  'time_limit',
  'time_unit',
  'fee_vnd',
  'returns_result',
] as const

const one = <T extends string>(list: readonly T[], value: string): T | undefined => list.find((item) => item === value)

/** Text in, row or reasons out. */
export function parseRow(record: Readonly<Record<string, string>>): Result<ProcedureRow, readonly RejectReason[]> {
  const reasons: RejectReason[] = []
  const value = (column: string): string => (record[column] ?? '').normalize('NFC').trim()
  const wrong = (column: (typeof importColumns)[number], vi: string, en: string): void => void reasons.push({ column, reason: { vi, en } })

  if (!procedureCode.safeParse(value('code')).success)
    wrong('code', 'Mã thủ tục gồm chữ, số và dấu chấm, ví dụ 1.001193.', 'A procedure code is letters, digits and dots, such as 1.001193.')
  if (value('name') === '' || value('name').length > 1000)
    wrong('name', 'Thiếu tên thủ tục, hoặc tên dài quá 1.000 ký tự.', 'The name is missing or longer than 1,000 characters.')
  if (value('field') === '' || !/\p{L}/u.test(value('field'))) wrong('field', 'Thiếu lĩnh vực.', 'The field is missing.')
  const tier = one(tiers, value('tier'))
  if (!tier) wrong('tier', 'Cấp phải là province, district hoặc commune.', 'The tier must be province, district or commune.')
  const serviceLevel = one(serviceLevels, value('service_level'))
  if (!serviceLevel) wrong('service_level', 'Mức độ phải là full, partial hoặc none.', 'The service level must be full, partial or none.')
  const timeLimit = Number(value('time_limit'))
  if (!/^\d+(\.\d+)?$/.test(value('time_limit')) || timeLimit <= 0 || timeLimit > 3650)
    wrong('time_limit', 'Thời hạn phải là một số lớn hơn 0, không quá 3650.', 'The time limit must be a number above 0, at most 3650.')
  const timeUnit = one(timeUnits, value('time_unit'))
  if (!timeUnit)
    wrong('time_unit', 'Đơn vị phải là hour, day, working_day hoặc month.', 'The unit must be hour, day, working_day or month.')
  const feeVnd = Number(value('fee_vnd'))
  if (!/^\d{1,13}$/.test(value('fee_vnd')))
    wrong(
      'fee_vnd',
      'Phí phải là số đồng nguyên, không dấu chấm; không thu thì ghi 0.',
      'The fee must be whole đồng without separators; 0 when free.',
    )
  if (!['true', 'false'].includes(value('returns_result'))) wrong('returns_result', 'Chỉ nhận true hoặc false.', 'Only true or false.')
  if (reasons.length > 0 || !tier || !serviceLevel || !timeUnit) return refuse(reasons)
  return ok({
    code: value('code'),
    name: value('name'),
    field: value('field'),
    tier,
    serviceLevel,
    timeLimit,
    timeUnit,
    feeVnd,
    returnsResult: value('returns_result') === 'true',
  })
}

/** The parts of a version that a file can say, to tell whether a row changes anything. A row names one tier; a version may have more. */
export const saysTheSame = (row: ProcedureRow, fieldCode: string, body: VersionBody): boolean =>
  !body.abolished &&
  body.name.vi === row.name &&
  body.field === fieldCode &&
  body.tiers.includes(row.tier) &&
  body.serviceLevel === row.serviceLevel &&
  body.timeLimit.amount === row.timeLimit &&
  body.timeLimit.unit === row.timeUnit &&
  knownFee(body.fees) === row.feeVnd &&
  returnsResult(body) === row.returnsResult

const importedFee = (amount: number): VersionBody['fees'] =>
  amount === 0 ? [] : [{ kind: 'fee', name: { vi: 'Phí, lệ phí', en: 'Fees and charges' }, amount, when: 'submit' }]

const importedResult = (document: boolean): VersionBody['results'] => [
  { name: { vi: 'Kết quả giải quyết', en: 'Result' }, electronic: true, document },
]

/** A first version made of what a file says: filed with the general form, unless the procedure cannot be filed on line. */
export const bodyFrom = (row: ProcedureRow, fieldCode: string): VersionBody => ({
  name: { vi: row.name, en: row.name },
  field: fieldCode,
  tiers: [row.tier],
  resolver: { kind: 'tier', tier: row.tier },
  serviceLevel: row.serviceLevel,
  timeLimit: { amount: row.timeLimit, unit: row.timeUnit },
  fees: importedFee(row.feeVnd),
  components: [],
  results: importedResult(row.returnsResult),
  steps: [],
  lifeEvents: [],
  legalBasis: [],
  form: row.serviceLevel === 'none' ? null : 'chung',
  keywords: [],
  abolished: false,
  certainty: 'imported',
})

/** The next version: what the file says, everything else as it was. */
export function bodyChanged(row: ProcedureRow, fieldCode: string, body: VersionBody): VersionBody {
  const tierKept = body.tiers.includes(row.tier)
  return {
    ...body,
    name: body.name.vi === row.name ? body.name : { vi: row.name, en: row.name },
    field: fieldCode,
    tiers: tierKept ? body.tiers : [row.tier],
    resolver: tierKept ? body.resolver : { kind: 'tier', tier: row.tier },
    serviceLevel: row.serviceLevel,
    timeLimit: { amount: row.timeLimit, unit: row.timeUnit },
    steps: body.timeLimit.amount === row.timeLimit ? body.steps : rescaleSteps(body.steps, row.timeLimit),
    ...(body.process && body.timeLimit.amount !== row.timeLimit
      ? { process: rescaledProcess(body.process, body.timeLimit.amount, row.timeLimit) }
      : {}),
    fees:
      knownFee(body.fees) === row.feeVnd ? body.fees : [...importedFee(row.feeVnd), ...body.fees.filter(({ when }) => when === 'assessed')],
    results: returnsResult(body) === row.returnsResult ? body.results : importedResult(row.returnsResult),
    form: row.serviceLevel === 'none' ? null : (body.form ?? 'chung'),
    abolished: false,
    change: { vi: 'Cập nhật theo danh mục nhập vào', en: 'Brought up to the imported list' },
  }
}
