import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJsonText } from '../../../../kernel/json-text.ts'
import { wholeAnswers } from '../arbitrary.test-support.ts'
import { visiblePages } from '../condition.ts'
import { type Condition, type Field, type FormDefinition, formDefinitionSchema, readDefinition } from '../definition.ts'
import { parsePageInput } from '../input.ts'
import { toPostedPage } from '../posted.ts'
import { check } from '../schema.ts'
import { type Applied, applyEdit, type FormEdit, findField } from './apply.ts'
import { compareForms } from './compare.ts'
import { askable, conditionOf, conditionWords, rowsOf, subjectOf } from './conditions.ts'
import { fieldIdFrom } from './names.ts'
import { blankForm, fieldTypes, newField } from './new-field.ts'
import { problemsOf } from './problems.ts'
import { decideFormPublication, formFile, plain } from './publication.ts'
import { readField } from './read-field.ts'
import { readFormFile } from './read-file.ts'
import { startOfField } from './start.ts'
import { readTrial, stepTrial } from './trial.ts'

const folder = new URL('../../../../../data/forms/', import.meta.url)
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readDefinition(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))

const today = '2026-11-21'
const same = (words: string) => ({ vi: words, en: words })
const blank = () => blankForm('dua-don-hoc-sinh', same('Đưa đón học sinh'))
const must = (definition: FormDefinition, ...edits: FormEdit[]): FormDefinition =>
  edits.reduce((form, edit) => {
    const applied = applyEdit(form, edit)
    if (!applied) throw new Error(`nothing to ${edit.kind}`)
    return plain(applied.definition)
  }, definition)
const said = (definition: FormDefinition): string[] => problemsOf(definition).map(({ message }) => message.vi)
const ids = (definition: FormDefinition): string[][] => definition.pages.map(({ fields }) => fields.map(({ id }) => id))
const question = (definition: FormDefinition, path: string): Field => {
  const found = findField(definition, path)
  if (!found) throw new Error(`no ${path}`)
  return found.field
}
const typedOf = (field: Field) => {
  const values = startOfField(field)
  return { get: (name: string) => values.get(name) ?? '', all: (name: string) => values.getAll(name) }
}

describe('a form that is being written', () => {
  test('begins with who applies and the declaration, and could be published as it is', () => {
    expect(problemsOf(blank())).toEqual([])
  })

  test('makes codes out of the words, without accents and never twice', () => {
    expect(fieldIdFrom('Số bản sao bạn cần?', new Set())).toBe('soBanSaoBanCan')
    expect(fieldIdFrom('Số bản sao bạn cần?', new Set(['soBanSaoBanCan']))).toBe('soBanSaoBanCan2')
    expect(fieldIdFrom('😀', new Set())).toMatch(/^[a-z][A-Za-z0-9]*$/)
    const form = must(blank(), { kind: 'page-add', title: same('Về con'), after: 'nguoi-nop' }, { kind: 'page-add', title: same('Về con') })
    expect(form.pages.map(({ id }) => id)).toEqual(['nguoi-nop', 've-con', 'cam-doan', 've-con-2'])
  })

  test('a question goes past the end of its step into the next one, and back', () => {
    const down: FormEdit = { kind: 'field-move', path: 'email', by: 1 }
    const form = must(blank(), down)
    expect(ids(form)).toEqual([
      ['fullName', 'personalNumber', 'phone'],
      ['email', 'declaration'],
    ])
    expect(must(form, { kind: 'field-move', path: 'email', by: -1 })).toEqual(plain(blank()))
    expect(ids(must(blank(), { kind: 'field-move', path: 'fullName', by: -1 }))).toEqual(ids(blank()))
  })

  test('questions may each have a step of their own, and be joined again', () => {
    const split = must(blank(), { kind: 'page-split', pageId: 'nguoi-nop' })
    expect(ids(split)).toEqual([['fullName'], ['personalNumber'], ['phone'], ['email'], ['declaration']])
    const joined = must(split, { kind: 'page-join', pageId: 'nguoi-nop' }, { kind: 'page-join', pageId: 'nguoi-nop' })
    expect(ids(joined)[0]).toEqual(['fullName', 'personalNumber', 'phone'])
  })

  test('a code that changes takes its conditions and roles along', () => {
    const form = must(
      blank(),
      { kind: 'field-add', pageId: 'cam-doan', type: 'text', label: same('Vì sao') },
      {
        kind: 'field-save',
        path: 'viSao',
        field: { ...newField('text', 'viSao', same('Vì sao')), condition: { field: 'email', notEmpty: true } },
      },
      { kind: 'field-save', path: 'email', field: { ...question(blank(), 'email'), id: 'thu' } },
    )
    expect(question(form, 'viSao').condition).toEqual({ field: 'thu', notEmpty: true })
    expect(form.applicant.email).toBe('thu')
    expect(problemsOf(form)).toEqual([])
  })

  test('what was removed in another window cannot be changed, but can be brought back', () => {
    const gone = must(blank(), { kind: 'field-remove', path: 'email' })
    const field = question(blank(), 'email')
    expect(applyEdit(gone, { kind: 'field-save', path: 'email', field })).toBeUndefined()
    expect(ids(must(gone, { kind: 'field-save', path: 'email', field, pageId: 'nguoi-nop' }))[0]).toContain('email')
    // Nobody is asked to clear by hand where the e-mail came from.
    expect(problemsOf(gone)).toEqual([])
  })
})

describe('what stands in the way of publishing is said with the question and what to do', () => {
  const form = must(blank(), { kind: 'field-add', pageId: 'cam-doan', type: 'choice', label: same('Phương tiện') })

  test('a choice without answers, an empty step, a removed applicant, no declaration', () => {
    expect(said(form)).toEqual(['Câu “Phương tiện” cần ít nhất hai lựa chọn. Thêm lựa chọn.'])
    const empty = must(blank(), { kind: 'page-add', title: same('Trường học') })
    expect(said(empty)).toEqual(['Bước “Trường học” chưa có câu hỏi. Thêm câu hỏi hoặc bỏ bước.'])
    expect(said(must(blank(), { kind: 'field-remove', path: 'fullName' })).join()).toContain('tên người nộp')
    expect(said(must(blank(), { kind: 'field-remove', path: 'declaration' })).join()).toContain('lời cam đoan')
  })

  test('a condition on a later, a removed or another kind of question', () => {
    const asks = (condition: Condition): FormEdit => ({
      kind: 'field-save',
      path: 'phone',
      field: { ...question(blank(), 'phone'), condition },
    })
    const later = said(must(blank(), asks({ field: 'email', notEmpty: true })))
    expect(later).toEqual([
      'Câu “Số điện thoại” chỉ hiện khi trả lời một câu không có trước nó (“Thư điện tử”). Chọn lại điều kiện, hoặc chuyển câu đó lên trước.',
    ])
    expect(said(must(blank(), asks({ field: 'khongCo', notEmpty: true })))[0]).toContain('khongCo')
    expect(said(must(blank(), asks({ field: 'fullName', atLeast: 3 })))[0]).toContain('không câu trả lời nào được như vậy')
  })

  test('a question that no answers can ever show', () => {
    const never: Condition = { all: [{ field: 'fullName', notEmpty: true }, { not: { field: 'fullName', notEmpty: true } }] }
    const shut = must(blank(), { kind: 'field-save', path: 'phone', field: { ...question(blank(), 'phone'), condition: never } })
    expect(said(shut)).toEqual(['Câu “Số điện thoại” không bao giờ hiện ra, trả lời thế nào cũng vậy. Xem lại các điều kiện.'])
  })

  test('the shipped forms have nothing in the way', () => {
    for (const definition of shipped) expect(problemsOf(definition), definition.code).toEqual([])
  })
})

test('a version begins today or later, and differs from the one in force', () => {
  const decide = (form: FormDefinition, day: string, inForce?: FormDefinition) =>
    decideFormPublication(form, { last: 2, inForce }, day, today)
  expect(decide(blank(), '2026-11-20')).toMatchObject({ ok: false, error: { code: 'form.starts-in-the-past' } })
  expect(decide(blank(), today, blank())).toMatchObject({ ok: false, error: { code: 'form.nothing-changes' } })
  expect(decide(blank(), today)).toMatchObject({ ok: true, value: { version: 3, validFrom: today } })
})

test('two versions are compared in words: what is new, gone, changed and how', () => {
  const before = must(blank(), { kind: 'field-add', pageId: 'cam-doan', type: 'yesNo', label: same('Có đi xe không') })
  const after = must(
    before,
    { kind: 'field-remove', path: 'email' },
    { kind: 'field-add', pageId: 'nguoi-nop', type: 'date', label: same('Ngày sinh') },
    { kind: 'field-save', path: 'coDiXeKhong', field: { ...newField('yesNo', 'coDiXeKhong', same('Có đi xe không')), required: false } },
  )
  const lines = compareForms(before, after).map(({ kind, what, details }) => [kind, what.vi, ...details.map(({ vi }) => vi)])
  expect(lines).toEqual([
    ['changed', 'Biểu mẫu', 'Đổi câu hỏi cho biết người nộp'],
    ['added', 'Câu “Ngày sinh”'],
    ['changed', 'Câu “Có đi xe không”', 'Thành không bắt buộc'],
    ['removed', 'Câu “Thư điện tử”'],
  ])
  expect(compareForms(before, before)).toEqual([])
})

describe('conditions in the builder', () => {
  const all = shipped.flatMap((definition) =>
    definition.pages.flatMap((page) => [page, ...page.fields].map((one) => [definition, one.condition] as const)),
  )

  test('every condition of a shipped form is a sentence', () => {
    for (const [definition, condition] of all) if (condition) expect(conditionWords(definition, condition).vi).toMatch(/“.+”/)
  })

  test('lines made of a condition make the condition again', () => {
    const subjects = shipped
      .flatMap((form) => askable(form, { pageId: form.pages.at(-1)?.id ?? '' }))
      .flatMap((field) => subjectOf(field).answers)
    const row = fc
      .record({ about: fc.constantFrom(...subjects.map(({ about }) => about)), not: fc.boolean(), amount: fc.integer({ min: 0, max: 99 }) })
      .map(({ about, not, amount }) => (/=(?:from|exactly)=$/.test(about) ? { about, not, amount } : { about, not }))
    fc.assert(
      fc.property(fc.constantFrom('all' as const, 'any' as const), fc.array(row, { maxLength: 4 }), (join, rows) => {
        const again = rowsOf(conditionOf({ join, rows }))
        expect(again?.rows).toEqual(rows)
        if (rows.length > 1) expect(again?.join).toBe(join)
      }),
      { numRuns: 200 },
    )
  })
})

test('the page of a question shows what it reads: every question of the shipped forms comes back as it was', () => {
  for (const { pages } of shipped)
    for (const outer of pages.flatMap(({ fields }) => fields))
      for (const field of outer.type === 'group' ? [outer, ...outer.fields] : [outer]) {
        const { field: read, errors } = readField(typedOf(field), field)
        expect(errors).toEqual([])
        expect(plain({ fields: read } as never)).toEqual(plain({ fields: field } as never))
      }
})

test('what cannot be read is said at its input, and the rest is kept', () => {
  const field = newField('number', 'so', same('Số con'))
  const values = startOfField(field)
  values.set('q.min', 'ba')
  values.set('q.label', 'Số người con')
  const { field: read, errors } = readField({ get: (name) => values.get(name) ?? '', all: (name) => values.getAll(name) }, field)
  expect(errors.map(({ path }) => path)).toEqual(['q.min'])
  expect(read.label.vi).toBe('Số người con')
})

describe('files', () => {
  test('export then import is the same form', () => {
    for (const definition of [...shipped, blank()]) {
      const read = readFormFile(formFile(definition))
      expect(read.ok && plain(read.value)).toEqual(plain(definition))
      expect(read.ok && formFile(read.value)).toBe(formFile(definition))
    }
  })

  const wrong = (text: string): string => {
    const read = readFormFile(text)
    return read.ok ? '' : read.error.map(({ message }) => message.vi).join(' ')
  }

  test('a file that is not JSON is told its line and column', () => {
    expect(wrong('{\n  "code": "a",\n  "title" "b"\n}')).toBe('Dòng 3, cột 11: Gặp “"”, ở đây phải là dấu hai chấm.')
    expect(wrong('{ "a": 1')).toContain('Tệp hết giữa chừng')
    expect(wrong('{"a": 1, "a": 2}')).toContain('hai lần')
    expect(wrong('[1,]')).toContain('Dòng 1, cột 4')
    expect(wrong('')).toContain('Dòng 1, cột 1')
  })

  test('a value that does not fit is told where it stands', () => {
    const text = formFile(blank()).replace('"type": "phone"', '"type": "telefon"')
    const line = text.split('\n').findIndex((one) => one.includes('telefon')) + 1
    expect(wrong(text)).toContain(`Dòng ${line}, cột`)
    expect(wrong(formFile(blank()).replace('"required"', '"mustBe"'))).toContain('không biết tên mustBe')
  })

  test('the reader of JSON takes and refuses what JSON.parse does', () => {
    const texts = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((text) => text.slice(0, -1)),
      fc.json().map((text) => ` ${text}\n`),
    )
    fc.assert(
      fc.property(texts, (text) => {
        let parsed: { value: unknown } | undefined
        try {
          parsed = { value: JSON.parse(text) as unknown }
        } catch {
          parsed = undefined
        }
        const read = readJsonText(text)
        if (read.ok) expect(read.value).toEqual(parsed?.value)
        else if (parsed) expect(read.message.vi).toContain('hai lần')
      }),
      { numRuns: 300 },
    )
  })
})

describe('a trial', () => {
  test('walks the steps with the rules of a real filing and stores nothing', () => {
    const form = must(blank(), { kind: 'field-add', pageId: 'nguoi-nop', type: 'file', label: same('Ảnh thẻ') })
    const [step] = form.pages
    if (!step) throw new Error('no step')
    const posted = new URLSearchParams({
      fullName: 'Trần Thị Lụa',
      personalNumber: '096190000101',
      phone: '12',
      anhThe: 'the.gif',
      _do: 'continue',
    })
    const first = stepTrial(form, step, {}, posted, today)
    expect(first.errors.map(({ path }) => path.split('.')[0])).toEqual(['phone', 'anhThe'])
    posted.set('phone', '0912345678')
    posted.set('anhThe', 'the.png')
    expect(stepTrial(form, step, first.answers, posted, today)).toMatchObject({ errors: [], stays: false })
    expect(readTrial('[1]')).toEqual({})
    expect(readTrial('không phải')).toEqual({})
  })
})

/** Random work on a form: whatever an officer may press, in any order. */
const words = fc.constantFrom('Số con', 'Lý do', 'Địa chỉ nhà', 'Phương tiện', 'Ngày đi', '😀 vui', 'Có giấy tờ không')
const step = fc.record({
  kind: fc.nat(9),
  page: fc.nat(9),
  field: fc.nat(40),
  type: fc.constantFrom(...fieldTypes),
  label: words,
  by: fc.constantFrom(-1 as const, 1 as const),
  pick: fc.nat(40),
})

function work(
  form: FormDefinition,
  one: { kind: number; page: number; field: number; type: (typeof fieldTypes)[number]; label: string; by: -1 | 1; pick: number },
): FormDefinition {
  const page = form.pages[one.page % Math.max(1, form.pages.length)]
  const paths = form.pages.flatMap(({ fields }) =>
    fields.flatMap((field) => [field.id, ...(field.type === 'group' ? field.fields.map(({ id }) => `${field.id}.${id}`) : [])]),
  )
  const path = paths[one.field % Math.max(1, paths.length)] ?? ''
  if (!page) return form
  const options = [1, 2, 3].map((n) => ({ value: `l${n}`, label: same(`Lựa chọn ${n}`) }))
  const fill = (field: Field): Field => {
    const asked = askable(form, { path }).flatMap((before) => subjectOf(before).answers)
    const about = asked[one.pick % Math.max(1, asked.length)]?.about
    const condition =
      one.pick % 3 === 0 || !about ? undefined : conditionOf({ join: 'all', rows: [{ about, not: one.pick % 2 === 0, amount: 2 }] })
    const { condition: _, ...rest } = field
    const whole =
      'options' in rest
        ? { ...rest, options }
        : rest.type === 'group' && rest.fields.length === 0
          ? { ...rest, fields: [newField('text', 'phan', same('Tên'))] }
          : rest
    return { ...whole, ...(condition ? { condition } : {}) } as Field
  }
  const edits: FormEdit[] = [
    { kind: 'page-add', title: same(one.label), after: page.id },
    { kind: 'page-move', pageId: page.id, by: one.by },
    { kind: 'page-split', pageId: page.id },
    { kind: 'page-join', pageId: page.id },
    { kind: 'page-remove', pageId: page.id },
    { kind: 'field-add', pageId: page.id, type: one.type, label: same(one.label) },
    { kind: 'field-move', path, by: one.by },
    { kind: 'field-remove', path },
    { kind: 'field-to', path, pageId: page.id },
  ]
  const found = findField(form, path)
  const edit = edits[one.kind] ?? (found ? ({ kind: 'field-save', path, field: fill(found.field) } as const) : undefined)
  const applied: Applied | undefined = edit && applyEdit(form, edit)
  return applied ? plain(applied.definition) : form
}

/** Gaps that random work leaves, filled the way an officer would. */
const filled = (form: FormDefinition): FormDefinition => ({
  ...form,
  pages: form.pages
    .filter(({ fields }) => fields.length > 0)
    .map((page) => ({
      ...page,
      fields: page.fields.map((field): Field => {
        if ('options' in field && field.options.length < 2)
          return { ...field, options: [1, 2].map((n) => ({ value: `l${n}`, label: same(`L${n}`) })) }
        if (field.type === 'group' && field.fields.length === 0)
          return { ...field, fields: [newField('text', `${field.id}Ten`, same('Tên')) as never] }
        return field
      }),
    })),
})

test('whatever is done to a form: when nothing stands in its way, it can be published, read back, filled in by its own pages and sent', () => {
  let whole = 0
  fc.assert(
    fc.property(fc.constantFrom(blank(), ...shipped.slice(0, 3)), fc.array(step, { maxLength: 14 }), fc.gen(), (start, steps, gen) => {
      const form = filled(steps.reduce(work, plain(start)))
      if (problemsOf(form).length > 0) return
      whole += 1
      const decided = decideFormPublication(form, { last: 1 }, today, today)
      expect(decided.ok).toBe(true)
      if (!decided.ok) return
      const published = formDefinitionSchema.parse(JSON.parse(formFile(decided.value)))
      const answers = gen(wholeAnswers, published)
      let given = {}
      for (const page of visiblePages(published, answers)) {
        const posted = toPostedPage(published, page, answers)
        given = { ...given, ...parsePageInput(published, page, posted, answers).answers }
      }
      expect(check(published, given, { mode: 'submit', today }).errors).toEqual([])
    }),
    { numRuns: 150 },
  )
  expect(whole).toBeGreaterThan(20)
})
