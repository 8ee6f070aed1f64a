import type { FieldError } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { readJsonText, sentencesOf } from '../../../kernel/json-text.ts'
import type { Result } from '../../../kernel/result.ts'
import { canonical } from './difference.ts'
import type { Section } from './edit.ts'
import { type ProcedureFile, procedureFileSchema, type VersionBody, versionBodySchema } from './procedure.ts'
import { processMistakes } from './process-graph.ts'

/** A procedure to begin with: what most procedures of a commune have. The field is left to choose. */
export const blankProcedure = (name: Text): VersionBody => ({
  name,
  field: '',
  tiers: ['commune'],
  resolver: { kind: 'people_committee', tier: 'commune', place: 'residence' },
  serviceLevel: 'partial',
  timeLimit: { amount: 5, unit: 'working_day' },
  fees: [],
  components: [],
  results: [],
  steps: [],
  lifeEvents: [],
  legalBasis: [],
  form: 'chung',
  keywords: [],
  abolished: false,
  certainty: 'confirmed',
})

/** Something that stands in the way of publishing, and the part where it is mended. */
export interface Problem {
  readonly section: Section
  readonly message: Text
}

export interface KnownCodes {
  readonly fields: ReadonlySet<string>
  readonly forms: ReadonlySet<string>
}

/** Everything that stands in the way of publishing, in the order of the parts; empty: it may be published. */
export function problemsOf(body: VersionBody, known: KnownCodes): Problem[] {
  const problems: Problem[] = []
  const add = (section: Section, vi: string, en: string): void => void problems.push({ section, message: { vi, en } })
  if (!body.name.vi.trim()) add('ten', 'Thủ tục chưa có tên.', 'The procedure has no name.')
  if (!known.fields.has(body.field)) add('ten', 'Chọn lĩnh vực của thủ tục.', 'Choose the field of the procedure.')
  if (body.tiers.length === 0) add('noi-giai-quyet', 'Chọn ít nhất một cấp giải quyết.', 'Choose at least one tier.')
  if (body.form !== null && !known.forms.has(body.form))
    add(
      'noi-giai-quyet',
      `Biểu mẫu “${body.form}” chưa ban hành. Chọn biểu mẫu khác.`,
      `The form “${body.form}” is not published. Choose another.`,
    )
  if (body.form === null && body.serviceLevel !== 'none')
    add(
      'noi-giai-quyet',
      'Nộp được trên mạng nhưng chưa gắn biểu mẫu. Chọn biểu mẫu, hoặc chọn “Chỉ cung cấp thông tin”.',
      'It is filed online but has no form. Choose one, or “Information only”.',
    )
  const taken = body.steps.reduce((sum, { allowance }) => sum + allowance, 0)
  const off = body.process
    ? processMistakes(body.process, body.timeLimit.amount).length > 0
    : body.steps.length > 0 && Math.abs(taken - body.timeLimit.amount) > 1e-6
  if (off)
    add(
      'thoi-han',
      'Thời gian các bước nội bộ chưa khớp với thời hạn. Sửa từng bước, hoặc đánh dấu “Chia lại theo tỷ lệ cũ”.',
      'The internal steps do not take the time limit. Change them, or tick “Share out anew”.',
    )
  if (body.results.length === 0) add('ket-qua', 'Ghi ít nhất một kết quả người dân nhận được.', 'Name at least one result.')
  if (problems.length > 0) return problems
  const read = versionBodySchema.safeParse(body)
  return read.success
    ? []
    : read.error.issues.slice(0, 5).map(({ path, message }) => ({
        section: 'ten',
        message: {
          vi: `Chỗ này chưa dùng được: ${path.join('.')} (${message}).`,
          en: `This cannot be used yet: ${path.join('.')} (${message}).`,
        },
      }))
}

/**
 * What was written, brought to the newest version: parts that were not touched since `base` are taken from there, so that publishing
 * does not undo what somebody else published in the meantime (a new internal process, an import).
 */
export function rebased(base: VersionBody | undefined, mine: VersionBody, newest: VersionBody | undefined): VersionBody {
  if (!base || !newest) return mine
  const keys = [...new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(newest)])] as (keyof VersionBody)[]
  const kept = keys.map((key) => [key, canonical(mine[key]) === canonical(base[key]) ? newest[key] : mine[key]] as const)
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as VersionBody
}

/** The file of a procedure, as in data/catalogue/procedures: what export writes and import reads. */
export const procedureFile = (file: ProcedureFile): string => `${JSON.stringify(procedureFileSchema.parse(file), null, 2)}\n`

/** Reads such a file. Each mistake says its line and column. */
export function readProcedureFile(text: string): Result<ProcedureFile, readonly FieldError[]> {
  const path = 'file'
  const read = readJsonText(text)
  if (!read.ok) {
    const { line, column } = read.place
    const { vi, en } = read.message
    return {
      ok: false,
      error: [{ path, message: { vi: `Dòng ${line}, cột ${column}: ${vi}`, en: `Line ${line}, column ${column}: ${en}` } }],
    }
  }
  const parsed = procedureFileSchema.safeParse(read.value, { reportInput: true })
  if (!parsed.success) return { ok: false, error: sentencesOf(read, parsed.error.issues).map((message) => ({ path, message })) }
  return { ok: true, value: parsed.data }
}
