import type { FieldError } from '../../../../kernel/errors.ts'
import { readJsonText, sentencesOf } from '../../../../kernel/json-text.ts'
import type { Result } from '../../../../kernel/result.ts'
import { type FormDefinition, formDefinitionSchema } from '../definition.ts'

/** Reads the file of a form: the schema of data/forms. Each mistake says its line and column. */
export function readFormFile(text: string): Result<FormDefinition, readonly FieldError[]> {
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
  const parsed = formDefinitionSchema.safeParse(read.value, { reportInput: true })
  if (!parsed.success) return { ok: false, error: sentencesOf(read, parsed.error.issues).map((message) => ({ path, message })) }
  return { ok: true, value: parsed.data }
}
