import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import { type FieldError, withFields } from '../../../kernel/errors.ts'
import { fill } from '../../../kernel/i18n/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import type { Answer, Answers, FileAnswer, GroupItem } from './answers.ts'
import type { Field, FormDefinition, Page } from './definition.ts'
import { pageOf } from './definition.ts'
import type { PageAction } from './input.ts'
import { clashesOf } from './merge.ts'
import { check } from './schema.ts'
import { answerLines } from './summary.ts'

/** What a person has filled in so far for one procedure. */
export interface Draft {
  readonly id: string
  readonly personId: string
  readonly procedureCode: string
  readonly formCode: string
  readonly formVersion: number
  /** Counts every save. */
  readonly version: number
  readonly answers: Answers
  /** Page id → version of the draft in which the page was last saved. */
  readonly savedPages: Readonly<Record<string, number>>
  /** Fields filled from the profile or an earlier dossier whose page was not saved yet. */
  readonly prefilled: readonly string[]
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

export interface PageSave {
  readonly pageId: string
  /** The version of the draft that the page was shown with. */
  readonly seenVersion: number
  /** Answers of this page as read by `parsePageInput`, addresses labelled. */
  readonly answers: Answers
  /** Uploads that came with the page, by field. */
  readonly files?: Readonly<Record<string, readonly FileAnswer[]>>
  readonly action: PageAction
}

export interface SaveDecision {
  readonly version: number
  readonly answers: Answers
  readonly savedPages: Readonly<Record<string, number>>
  readonly prefilled: readonly string[]
  /** What has to be mended before going on; the rest of the page is saved all the same. */
  readonly errors: readonly FieldError[]
}

/** The page's answers after the button that was pressed: a new empty item, an item gone, an upload gone. */
function afterAction(page: Page, answers: Answers, action: PageAction): Answers {
  if (!('fieldId' in action)) return answers
  const field = page.fields.find(({ id }) => id === action.fieldId)
  if (field?.type === 'group' && action.kind === 'add') {
    const items = (answers[field.id] ?? []) as readonly GroupItem[]
    return { ...answers, [field.id]: items.length < field.max ? [...items, {}] : items }
  }
  if (field?.type === 'group' && action.kind === 'remove') {
    return { ...answers, [field.id]: ((answers[field.id] ?? []) as readonly GroupItem[]).filter((_, place) => place !== action.place) }
  }
  if (field?.type === 'file' && action.kind === 'drop-file') {
    return { ...answers, [field.id]: ((answers[field.id] ?? []) as readonly FileAnswer[]).filter(({ sha256 }) => sha256 !== action.sha256) }
  }
  return answers
}

/** Uploads join what is there already; the same file twice is one. */
function withFiles(page: Page, answers: Answers, stored: Answers, files: PageSave['files'] = {}): Answers {
  const joined: Record<string, Answer | undefined> = { ...answers }
  for (const field of page.fields) {
    if (field.type !== 'file') continue
    const before = (stored[field.id] ?? []) as readonly FileAnswer[]
    const added = files[field.id] ?? []
    joined[field.id] = [...before, ...added.filter(({ sha256 }) => !before.some((one) => one.sha256 === sha256))]
  }
  return joined
}

const lines = (field: Field | undefined, value: Answer | undefined, locale: 'vi' | 'en'): string => {
  if (!field || value === undefined) return ''
  if (field.type === 'group') return String((value as readonly GroupItem[]).length)
  return answerLines(field, value, locale).join(', ')
}

/** A sentence at each field that another window answered differently, with the other answer in it. */
function clashErrors(page: Page, here: Answers, stored: Answers): FieldError[] {
  return clashesOf(page, here, stored).map(({ fieldId, there }) => {
    const field = page.fields.find(({ id }) => id === fieldId)
    const [vi, en] = [lines(field, there, 'vi'), lines(field, there, 'en')]
    return {
      path: fieldId,
      message: {
        vi: fill(
          { vi: 'Ở cửa sổ khác bạn đã ghi: {there}. Giữ câu trả lời dưới đây hoặc sửa lại, rồi lưu.', en: '' },
          { there: vi || '(để trống)' },
        ).vi,
        en: fill(
          { vi: '', en: 'In another window you wrote: {there}. Keep the answer below or change it, then save.' },
          { there: en || '(empty)' },
        ).en,
      },
    }
  })
}

/**
 * Decides what saving a page does. Good answers are always kept, also beside a wrong one, and also when the person only wants to
 * come back later. Refuses only when another window changed this page since it was shown, and only where the answers differ.
 */
export function decideSave(
  definition: FormDefinition,
  draft: Pick<Draft, 'version' | 'answers' | 'savedPages' | 'prefilled'>,
  save: PageSave,
  today: Day,
): Result<SaveDecision> {
  const page = pageOf(definition, save.pageId)
  if (!page) return refuse(refusals.pageNotFound)
  const given = afterAction(page, withFiles(page, save.answers, draft.answers, save.files), save.action)

  if ((draft.savedPages[page.id] ?? 0) > save.seenVersion) {
    const clashes = clashErrors(page, given, draft.answers)
    if (clashes.length > 0) return refuse(withFields(refusals.changedElsewhere, clashes))
  }

  const merged = { ...draft.answers, ...given }
  const saved = check(definition, merged, { mode: 'save', today }, page)
  const wrong = new Set(saved.errors.map(({ path }) => path.split('.')[0] ?? ''))
  const answers: Record<string, Answer | undefined> = { ...draft.answers }
  for (const field of page.fields) {
    // An empty item of a group is kept while it is being filled in.
    if (!wrong.has(field.id)) answers[field.id] = field.type === 'group' ? given[field.id] : saved.answers[field.id]
    if (answers[field.id] === undefined) delete answers[field.id]
  }
  const complete = save.action.kind === 'continue' ? check(definition, merged, { mode: 'submit', today }, page).errors : saved.errors
  const version = draft.version + 1
  const onPage = new Set(page.fields.map(({ id }) => id))
  return ok({
    version,
    answers,
    savedPages: { ...draft.savedPages, [page.id]: version },
    prefilled: draft.prefilled.filter((id) => !onPage.has(id)),
    errors: complete,
  })
}

/** Answers carried to another version of the form: those whose question still exists with the same kind of answer. */
export function carryOver(from: FormDefinition, to: FormDefinition, answers: Answers): Answers {
  const kinds = (definition: FormDefinition) =>
    new Map(definition.pages.flatMap(({ fields }) => fields.map(({ id, type }) => [id, type] as const)))
  const [before, after] = [kinds(from), kinds(to)]
  return Object.fromEntries(Object.entries(answers).filter(([id]) => after.has(id) && before.get(id) === after.get(id)))
}
