import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEmpty } from './answers.ts'
import { anyAnswers, wholeAnswers } from './arbitrary.test-support.ts'
import { visibleAnswers, visibleFields, visiblePages } from './condition.ts'
import { readDefinition } from './definition.ts'
import { parsePageInput } from './input.ts'
import { taskList } from './pages.ts'
import { toPostedPage } from './posted.ts'
import { check } from './schema.ts'
import { summary } from './summary.ts'

const folder = new URL('../../../../data/forms/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
const today = '2026-11-21'

describe.each(names)('%s', (name) => {
  const definition = readDefinition(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))

  test('a person who answers every question asked may send the form', () => {
    fc.assert(
      fc.property(wholeAnswers(definition), (answers) => {
        expect(check(definition, answers, { mode: 'submit', today }).errors).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('what may be sent may always be saved', () => {
    fc.assert(
      fc.property(anyAnswers(definition), (answers) => {
        const sent = check(definition, answers, { mode: 'submit', today })
        const saved = check(definition, answers, { mode: 'save', today })
        const refusedOnSend = new Set(sent.errors.map(({ path }) => path.split('.')[0]))
        // Not only whole forms: no single field is refused on save that sending would take.
        for (const { path } of saved.errors) expect(refusedOnSend).toContain(path.split('.')[0])
      }),
      { numRuns: 120 },
    )
  })

  test('answers under a condition that no longer holds are dropped, and never asked for', () => {
    fc.assert(
      fc.property(anyAnswers(definition), (answers) => {
        const shown = new Set(
          visiblePages(definition, answers).flatMap((page) => visibleFields(definition, page, answers).map(({ id }) => id)),
        )
        const checked = check(definition, answers, { mode: 'submit', today })
        for (const id of Object.keys(checked.answers)) expect(shown).toContain(id)
        for (const { path } of checked.errors) expect(shown).toContain(path.split('.')[0])
        for (const id of Object.keys(visibleAnswers(definition, answers))) expect(shown).toContain(id)
      }),
      { numRuns: 120 },
    )
  })

  test('saving what was saved changes nothing more', () => {
    fc.assert(
      fc.property(anyAnswers(definition), (answers) => {
        const once = check(definition, answers, { mode: 'save', today }).answers
        expect(check(definition, once, { mode: 'save', today })).toEqual({ answers: once, errors: [] })
      }),
      { numRuns: 80 },
    )
  })

  test('answers shown on a page and posted again unchanged are the same answers', () => {
    fc.assert(
      fc.property(wholeAnswers(definition), (answers) => {
        for (const page of visiblePages(definition, answers)) {
          const posted = toPostedPage(definition, page, answers)
          const read = parsePageInput(definition, page, posted, answers).answers
          const before = check(definition, answers, { mode: 'save', today }, page).answers
          const after = check(definition, { ...answers, ...read }, { mode: 'save', today }, page).answers
          expect(after).toEqual(before)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('check-your-answers has a row for every question asked, and every step of a whole form is complete', () => {
    fc.assert(
      fc.property(wholeAnswers(definition), (answers) => {
        const rows = new Set(summary(definition, answers).flatMap((section) => section.rows.map(({ fieldId }) => fieldId)))
        const asked = visiblePages(definition, answers).flatMap((page) => visibleFields(definition, page, answers).map(({ id }) => id))
        expect([...rows].sort()).toEqual([...asked].sort())
        for (const { state, page } of taskList(definition, answers, today)) expect(state, page.id).toBe('complete')
      }),
      { numRuns: 25 },
    )
  })

  test('nothing typed yet: every step waits to be started', () => {
    for (const { state } of taskList(definition, {}, today)) expect(state).toBe('not-started')
    expect(isEmpty(check(definition, {}, { mode: 'save', today }).errors as never)).toBe(true)
  })
})
