import fc from 'fast-check'
import type { Answer, Answers } from './answers.ts'
import { type Field, type FormDefinition, fieldsOf, type SimpleField } from './definition.ts'

/** Random answers for property tests: whole, or with holes, or with things no schema should take. */

const words = fc
  .array(fc.constantFrom('Nguyễn', 'Thị', 'Lụa', 'hồ sơ', 'ấp', 'Kinh', 'đất'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(' '))
const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
const day = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }).map((at) => at.toISOString().slice(0, 10))

/** A good answer to a field, seen from the day 2026-11-21. */
function good(field: SimpleField): fc.Arbitrary<Answer> {
  switch (field.type) {
    case 'text':
      return field.pattern ? digits(4) : words.map((text) => text.slice(0, field.maxLength).trim() || 'x')
    case 'longText':
      return words
    case 'number': {
      const min = Math.ceil(field.min ?? -1000)
      return fc.integer({ min, max: Math.min(field.max ?? 1000, min + 2000) })
    }
    case 'money':
      return fc.integer({ min: field.min, max: Math.min(field.max, 1e10) })
    case 'date':
      return field.when === 'today-or-future' ? day('2026-11-21', '2040-01-01') : day('1930-01-01', '2026-11-20')
    case 'choice':
      return fc.constantFrom(...field.options.map(({ value }) => value))
    case 'choices':
      return fc.subarray(
        field.options.map(({ value }) => value),
        { minLength: 1 },
      )
    case 'yesNo':
      return fc.boolean()
    case 'declaration':
      return fc.constant(true)
    case 'address':
      return fc.record({
        province: fc.constant('96'),
        commune: fc.constantFrom('32014', '32095'),
        validFrom: fc.constant('2025-07-01'),
        line: words,
      })
    case 'personalNumber':
      return digits(12)
    case 'phone':
      return digits(9).map((rest) => `0${rest}`)
    case 'email':
      return fc.constantFrom('lua@example.com', 'ba.nam@example.vn')
    case 'file':
      return fc.array(
        fc.record({
          sha256: fc.constant('a'.repeat(64)),
          name: fc.constant('to-khai.pdf'),
          size: fc.integer({ min: 1, max: 90_000 }),
          type: fc.constantFrom(...field.accept),
        }),
        { minLength: 1, maxLength: field.maxFiles },
      )
  }
}

const whole = (field: Field): fc.Arbitrary<Answer> =>
  field.type === 'group'
    ? (fc.array(fc.record(Object.fromEntries(field.fields.map((part) => [part.id, good(part)]))), {
        minLength: Math.max(1, field.min),
        maxLength: Math.min(field.max, 4),
      }) as fc.Arbitrary<Answer>)
    : good(field)

/** Every field of the form answered well, also those that conditions will hide. */
export const wholeAnswers = (definition: FormDefinition): fc.Arbitrary<Answers> =>
  fc.record(Object.fromEntries(fieldsOf(definition).map((field) => [field.id, whole(field)])))

const junk: fc.Arbitrary<Answer | undefined> = fc.oneof(
  fc.constantFrom<Answer | undefined>(undefined, '', '   ', 'x', 'NaN', '2026-02-31', '0000-00-00', -1, 1.5, true, false, []),
  fc.string(),
  fc.double({ noNaN: true }),
)

/** Some fields answered well, some left out, some nonsense. */
export const anyAnswers = (definition: FormDefinition): fc.Arbitrary<Answers> =>
  fc.record(
    Object.fromEntries(
      fieldsOf(definition).map((field) => [
        field.id,
        fc.oneof({ weight: 6, arbitrary: whole(field) as fc.Arbitrary<Answer | undefined> }, { weight: 1, arbitrary: junk }),
      ]),
    ),
    { requiredKeys: [] },
  )
