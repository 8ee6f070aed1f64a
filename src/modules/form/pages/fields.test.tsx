import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AddressBook } from '../rules/address-book.ts'
import type { Answers } from '../rules/answers.ts'
import { wholeAnswers } from '../rules/arbitrary.test-support.ts'
import { visibleFields, visiblePages } from '../rules/condition.ts'
import { type FormDefinition, type Page, readDefinition } from '../rules/definition.ts'
import { parsePageInput } from '../rules/input.ts'
import { check } from '../rules/schema.ts'
import { FormFields } from './fields.tsx'

const folder = new URL('../../../../data/forms/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
const today = '2026-11-21'
const book: AddressBook = {
  home: {
    code: '96',
    name: 'Tỉnh Cà Mau',
    communes: [
      { code: '32014', validFrom: '2025-07-01', name: 'Phường Lý Văn Lâm' },
      { code: '32095', validFrom: '2025-07-01', name: 'Xã Trần Văn Thời' },
    ],
  },
  others: [{ code: '92', name: 'Thành phố Cần Thơ' }],
}

const html = (definition: FormDefinition, page: Page, answers: Answers, more: object = {}): string =>
  String(<FormFields definition={definition} page={page} answers={answers} book={book} locale="vi" {...more} />)

const plain = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** What a browser without JavaScript would post of a page left as it is. */
function posted(markup: string): URLSearchParams {
  const form = new URLSearchParams()
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
  for (const [tag] of markup.matchAll(/<input\b[^>]*>/g)) {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type') ?? 'text']
    if (!name || type === 'file' || ((type === 'radio' || type === 'checkbox') && !/ checked(=|>|\s|\/)/.test(tag))) continue
    form.append(plain(name), plain(attribute(tag, 'value') ?? ''))
  }
  for (const [, name = '', text = ''] of markup.matchAll(/<textarea\b[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g))
    form.append(plain(name), plain(text))
  for (const [, name = '', options = ''] of markup.matchAll(/<select\b[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    form.append(plain(name), plain(/<option value="([^"]*)" selected/.exec(options)?.[1] ?? ''))
  }
  return form
}

describe.each(names)('%s', (name) => {
  const definition = readDefinition(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))

  test('a page shown with answers and sent back untouched keeps every answer, without JavaScript', () => {
    fc.assert(
      fc.property(wholeAnswers(definition), (answers) => {
        for (const page of visiblePages(definition, answers)) {
          const read = parsePageInput(definition, page, posted(html(definition, page, answers)), answers).answers
          const before = check(definition, answers, { mode: 'save', today }, page).answers
          expect(check(definition, { ...answers, ...read }, { mode: 'save', today }, page).answers, page.id).toEqual(before)
        }
      }),
      { numRuns: 6 },
    )
  })

  test('every error has a place on its page to jump to', () => {
    for (const page of definition.pages) {
      const { errors } = check(definition, {}, { mode: 'submit', today }, page)
      const markup = html(definition, page, {}, { errors })
      for (const { path } of errors) expect(markup, path).toContain(` id="${path}"`)
    }
  })

  test('what could not be read is shown again as typed', () => {
    for (const page of definition.pages) {
      for (const field of visibleFields(definition, page, {})) {
        if (field.type === 'phone') expect(html(definition, page, {}, { raw: { [field.id]: 'không có số' } })).toContain('không có số')
        if (field.type === 'date')
          expect(
            html(definition, page, {}, { raw: { [`${field.id}-day`]: '32', [`${field.id}-month`]: '1', [`${field.id}-year`]: '2020' } }),
          ).toContain('value="32"')
      }
    }
  })
})

test('an answer is text, never markup', () => {
  const definition = readDefinition(JSON.parse(readFileSync(new URL('chung.json', folder), 'utf8')))
  const page = definition.pages[0] as Page
  expect(html(definition, page, { fullName: '"><script>alert(1)</script>' })).not.toContain('<script>')
})
