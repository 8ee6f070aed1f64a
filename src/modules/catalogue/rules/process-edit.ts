import type { FieldError } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import {
  type ConsultationRule,
  type InternalProcess,
  processSchema,
  type StepAgency,
  type StepRole,
  stepAgencySchema,
  stepRoles,
} from './process-definition.ts'
import { type Branch, branchNames, processOfRows, type RowChange, rowsOfProcess, type StepRow } from './process-rows.ts'

/** What the edit page posts, by input name. */
export interface TypedProcess {
  get(name: string): string
}

/** What can be wrong with a field, in the page's own words. */
export interface ProcessMistakeTexts {
  readonly needName: Text
  readonly needAllowance: Text
  readonly needDays: Text
}

export interface EditedProcess {
  readonly rows: readonly StepRow[]
  readonly consultation: ConsultationRule | undefined
  readonly process: InternalProcess
  readonly errors: readonly FieldError[]
}

/** How a place is written in the list of the edit page. */
export const placeKey = (agency: StepAgency): string =>
  agency.kind === 'named' ? `named ${agency.agencyCode}` : agency.kind === 'child' ? `child ${agency.part}` : agency.kind

export function placeOfKey(key: string): StepAgency {
  const [kind, value] = key.split(' ')
  const raw = kind === 'named' ? { kind, agencyCode: value } : kind === 'child' ? { kind, part: value } : { kind }
  const read = stepAgencySchema.safeParse(raw)
  return read.success ? read.data : { kind: 'resolving' }
}

const decimal = (text: string): number => (/^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN)

/** Most rows of a page: as many as a process may have steps. */
const MOST = 40

/** Reads the rows of the edit page. What is wrong is said at its field; nothing that was typed is lost. */
export function readProcess(typed: TypedProcess, words: ProcessMistakeTexts): EditedProcess {
  const errors: FieldError[] = []
  const count = Math.min(MOST, Math.max(0, Number(typed.get('rows')) || 0))
  const rows = Array.from({ length: count }, (_, n): StepRow => {
    const at = (part: string): string => typed.get(`steps.${n}.${part}`)
    const vi = at('name').trim().slice(0, 200)
    const was = at('was')
    const allowance = decimal(at('allowance'))
    if (!vi) errors.push({ path: `steps.${n}.name`, message: words.needName })
    if (!(allowance >= 0 && allowance <= 3650)) errors.push({ path: `steps.${n}.allowance`, message: words.needAllowance })
    const field = at('field').trim()
    const is = at('is')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    return {
      code: at('code') || `buoc-${n + 1}`,
      // The same words in a language nobody typed: kept while the name is the same.
      name: { vi, en: was === vi ? at('en') || vi : vi },
      role: stepRoles.find((role): role is StepRole => role === at('role')) ?? 'specialist',
      agency: placeOfKey(at('place')),
      allowance: allowance >= 0 && allowance <= 3650 ? allowance : 0,
      branch: branchNames.find((name): name is Exclude<Branch, ''> => name === at('branch')) ?? '',
      ...(at('back') ? { back: at('back') } : {}),
      ...(field && is.length > 0 ? { when: { field: field.slice(0, 100), is: is.slice(0, 20) } } : {}),
    }
  })
  const days = typed.get('opinionDays').trim()
  const workingDays = Number(days)
  if (days && !(Number.isInteger(workingDays) && workingDays >= 1 && workingDays <= 60))
    errors.push({ path: 'opinionDays', message: words.needDays })
  const consultation =
    days && workingDays >= 1 && workingDays <= 60 ? { workingDays, stopsClock: typed.get('stopsClock') === '1' } : undefined
  return { rows, consultation, process: processOfRows(rows, consultation ? { consultation } : {}), errors }
}

/** The values that show rows again as they were read. */
export function writeProcess(rows: readonly StepRow[], consultation: ConsultationRule | undefined): URLSearchParams {
  const values = new URLSearchParams({ rows: String(rows.length) })
  rows.forEach((row, n) => {
    const put = (part: string, value: string): void => values.set(`steps.${n}.${part}`, value)
    put('code', row.code)
    put('name', row.name.vi)
    put('was', row.name.vi)
    put('en', row.name.en)
    put('role', row.role)
    put('place', placeKey(row.agency))
    put('allowance', String(row.allowance).replace('.', ','))
    put('branch', row.branch)
    put('back', row.back ?? '')
    put('field', row.when?.field ?? '')
    put('is', row.when?.is.join('\n') ?? '')
  })
  if (consultation) {
    values.set('opinionDays', String(consultation.workingDays))
    if (consultation.stopsClock) values.set('stopsClock', '1')
  }
  return values
}

/** A button of the page, `add 2`, as what it does to the rows; undefined for the others. */
export function changeOf(button: string): RowChange | undefined {
  const [, kind, at] = /^(add|remove|up|down|branch) (\d{1,2})$/.exec(button) ?? []
  return kind ? { kind: kind as RowChange['kind'], at: Number(at) } : undefined
}

/** A process out of the JSON box; undefined when it is none. */
export function processOfJson(text: string): InternalProcess | undefined {
  try {
    const read = processSchema.safeParse(JSON.parse(text))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/** What the page starts from: rows of the process there is, or two blank ones; `nested` when rows cannot show it. */
export function startRows(process: InternalProcess | undefined): { rows: readonly StepRow[]; nested: boolean } {
  if (!process) {
    const row = (code: string, vi: string, en: string, role: StepRole): StepRow => ({
      code,
      name: { vi, en },
      role,
      agency: { kind: role === 'clerk' ? 'reception' : 'resolving' },
      allowance: 0,
      branch: '',
    })
    return {
      rows: [
        row('tiep-nhan', 'Tiếp nhận hồ sơ', 'Receive', 'clerk'),
        row('thu-ly', 'Thụ lý', 'Process', 'specialist'),
        row('ky', 'Ký', 'Sign', 'unit_head'),
        row('tra', 'Trả kết quả', 'Return', 'clerk'),
      ],
      nested: false,
    }
  }
  const rows = rowsOfProcess(process)
  return { rows: rows ?? [], nested: rows === undefined }
}
