import { z } from 'zod'
import { say } from '../../../kernel/http/form.ts'
import { agencyKinds, tiers } from '../rules/agency.ts'

const text = (max: number) =>
  z.string().trim().min(1, say('Mục này chưa được điền.', 'This is missing.')).max(max, say('Dài quá.', 'Too long.'))

export const codeInput = z
  .string()
  .trim()
  .toUpperCase()
  .max(35, say('Mã dài nhất 35 ký tự.', 'A code has at most 35 characters.'))
  .regex(
    /^[0-9A-Z]+(\.[0-9A-Z]+)*$/,
    say('Mã gồm chữ A–Z, số và dấu chấm, như H12.101.', 'A code is letters A–Z, digits and dots, such as H12.101.'),
  )

const emptyIsNull = (schema: z.ZodType<string, string>) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable())

/** What an agency's version says about it. */
export const fieldsInput = z.object({
  name: text(300),
  shortName: text(100),
  tier: z.enum(tiers, say('Chọn cấp.', 'Choose a tier.')),
  kind: z.enum(agencyKinds, say('Chọn loại cơ quan.', 'Choose a kind.')),
  parentCode: emptyIsNull(codeInput),
  areaCode: emptyIsNull(
    z.string().regex(/^(\d{2}|\d{3}|\d{5})$/, say('Mã hành chính có 2, 3 hoặc 5 chữ số.', 'An area code has 2, 3 or 5 digits.')),
  ),
})

export const dayInput = z.iso.date(say('Ngày chưa đúng, ví dụ 01/07/2025.', 'Not a day, for example 01/07/2025.'))

/** From when, by which document. */
export const basisInput = z.object({ day: dayInput, source: text(300), note: z.string().trim().max(500).default('') })
