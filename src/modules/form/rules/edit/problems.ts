import { fill, type Text } from '../../../../kernel/i18n/index.ts'
import { checkDefinition } from '../check-definition.ts'
import { type Condition, type Field, type FormDefinition, formDefinitionSchema, type Page, type SimpleField } from '../definition.ts'
import { isQuickPattern } from '../pattern.ts'
import { walk } from '../walk.ts'
import { conditionWords } from './conditions.ts'
import { prefillTypes } from './new-field.ts'

/** Something that stands in the way of publishing, and where to mend it. */
export interface Problem {
  readonly pageId?: string | undefined
  /** Path of the question; without one it is the step, without a page the form. */
  readonly path?: string | undefined
  readonly message: Text
}

const sentences = {
  noTitle: { vi: 'Biểu mẫu chưa có tên. Ghi tên ở mục Thông tin chung.', en: 'The form has no title. Write one under General.' },
  noPages: { vi: 'Biểu mẫu chưa có bước nào. Thêm ít nhất một bước.', en: 'The form has no step. Add one.' },
  pageTitle: { vi: 'Bước thứ {n} chưa có tên. Ghi tên bước.', en: 'Step {n} has no title. Write one.' },
  pageEmpty: {
    vi: 'Bước “{page}” chưa có câu hỏi. Thêm câu hỏi hoặc bỏ bước.',
    en: 'Step “{page}” has no question. Add one or remove the step.',
  },
  pageTwice: { vi: 'Có hai bước mang mã {id}. Đổi mã một bước.', en: 'Two steps have the code {id}. Change one.' },
  label: { vi: 'Một câu hỏi ở bước “{page}” chưa có lời. Ghi lời câu hỏi.', en: 'A question on step “{page}” has no words. Write them.' },
  labelLong: {
    vi: 'Câu “{label}…” dài quá 160 ký tự. Rút gọn lời, chuyển phần giải thích xuống gợi ý.',
    en: 'Question “{label}…” is longer than 160 characters. Shorten it; explain in the hint.',
  },
  twice: {
    vi: 'Câu “{label}” trùng mã {id} với câu khác. Đổi mã ở cuối trang của câu này.',
    en: 'Question “{label}” has the code {id} of another one. Change it at the end of its page.',
  },
  options: {
    vi: 'Câu “{label}” cần ít nhất hai lựa chọn. Thêm lựa chọn.',
    en: 'Question “{label}” needs two answers to choose from. Add some.',
  },
  optionEmpty: {
    vi: 'Câu “{label}” có lựa chọn chưa ghi chữ. Ghi chữ hoặc bỏ lựa chọn đó.',
    en: 'Question “{label}” has an answer without words. Write them or remove it.',
  },
  optionTwice: {
    vi: 'Câu “{label}” có hai lựa chọn giống nhau: “{option}”. Bỏ hoặc đổi một cái.',
    en: 'Question “{label}” has the answer “{option}” twice. Remove or change one.',
  },
  limits: {
    vi: 'Câu “{label}”: số nhỏ nhất lớn hơn số lớn nhất. Sửa lại hai số.',
    en: 'Question “{label}”: the smallest is above the largest. Mend the two numbers.',
  },
  pattern: {
    vi: 'Câu “{label}”: khuôn mẫu ký tự viết chưa đúng. Sửa hoặc bỏ trống.',
    en: 'Question “{label}”: the pattern is not a regular expression. Mend or clear it.',
  },
  patternSlow: {
    vi: 'Câu “{label}”: khuôn mẫu ký tự quá phức tạp, máy chủ phải dò rất lâu. Bỏ phần lặp nằm trong phần lặp.',
    en: 'Question “{label}”: the pattern could be tried for too long. Do not repeat a part that repeats inside.',
  },
  patternMessage: {
    vi: 'Câu “{label}”: có khuôn mẫu ký tự nhưng thiếu câu hướng dẫn khi nhập sai.',
    en: 'Question “{label}” has a pattern but no sentence that says what to do.',
  },
  birthDate: {
    vi: 'Câu “{label}” so với ngày sinh ở một câu không còn. Chọn lại hoặc bỏ.',
    en: 'Question “{label}” compares with a date of birth that is gone. Choose again.',
  },
  prefill: {
    vi: 'Câu “{label}” không thể điền sẵn từ mục đã chọn. Chọn nguồn khác hoặc bỏ.',
    en: 'Question “{label}” cannot be filled from that source. Choose another or none.',
  },
  groupEmpty: { vi: 'Nhóm “{label}” chưa có câu hỏi bên trong. Thêm ít nhất một câu.', en: 'Group “{label}” holds no question. Add one.' },
  groupFile: {
    vi: 'Câu “{label}” nằm trong nhóm lặp nên không thể là tệp. Chuyển ra ngoài nhóm.',
    en: 'Question “{label}” stands in a repeated group and cannot be an upload. Move it out.',
  },
  groupItem: { vi: 'Nhóm “{label}” chưa ghi mỗi mục gọi là gì.', en: 'Group “{label}” does not say what one item is called.' },
  conditionGone: {
    vi: '{what} chỉ hiện khi trả lời một câu không có trước nó ({field}). Chọn lại điều kiện, hoặc chuyển câu đó lên trước.',
    en: '{what} is shown depending on a question that does not come before it ({field}). Choose again, or move that question up.',
  },
  conditionDead: {
    vi: '{what} chỉ hiện khi {condition}: không câu trả lời nào được như vậy. Chọn lại điều kiện.',
    en: '{what} is shown only when {condition}: no answer is like that. Choose again.',
  },
  never: {
    vi: '{what} không bao giờ hiện ra, trả lời thế nào cũng vậy. Xem lại các điều kiện.',
    en: '{what} is never shown, whatever is answered. Look at the conditions.',
  },
  applicantName: {
    vi: 'Chưa chọn câu hỏi nào là tên người nộp. Chọn ở mục Thông tin chung (một câu kiểu chữ ngắn).',
    en: 'No question is named as the applicant’s name. Choose one under General (a short text).',
  },
  role: {
    vi: 'Mục “{role}” trỏ tới một câu không còn hoặc khác kiểu. Chọn lại ở Thông tin chung.',
    en: '“{role}” names a question that is gone or of another kind. Choose again under General.',
  },
  declaration: {
    vi: 'Biểu mẫu chưa có lời cam đoan bắt buộc. Thêm một câu kiểu cam đoan ở bước cuối.',
    en: 'The form has no required declaration. Add one on the last step.',
  },
  other: { vi: 'Chỗ này chưa dùng được: {place} ({fault}).', en: 'This cannot be used yet: {place} ({fault}).' },
} as const satisfies Record<string, Text>

type Say = (key: keyof typeof sentences, values?: Record<string, string | number>) => Text
const say: Say = (key, values = {}) => fill(sentences[key], values)

const comparisons = (condition: Condition | undefined): Extract<Condition, { field: string }>[] => {
  if (condition === undefined) return []
  if ('all' in condition) return condition.all.flatMap(comparisons)
  if ('any' in condition) return condition.any.flatMap(comparisons)
  if ('not' in condition) return comparisons(condition.not)
  return [condition]
}

function canHold(comparison: Extract<Condition, { field: string }>, field: Field): boolean {
  const known = 'options' in field ? field.options.map(({ value }) => value as unknown) : undefined
  if ('notEmpty' in comparison) return true
  if ('atLeast' in comparison)
    return (field.type === 'number' || field.type === 'money') && (field.max === undefined || comparison.atLeast <= field.max)
  if ('includes' in comparison) return field.type === 'choices' && (known?.includes(comparison.includes) ?? false)
  const wanted: readonly unknown[] = 'equals' in comparison ? [comparison.equals] : comparison.in
  if (field.type === 'yesNo' || field.type === 'declaration') return wanted.every((value) => typeof value === 'boolean')
  if (field.type === 'choices') return false
  if (field.type === 'number' || field.type === 'money') return wanted.every((value) => typeof value === 'number')
  return known === undefined || wanted.every((value) => known.includes(value))
}

function ofCondition(definition: FormDefinition, what: Text, condition: Condition | undefined, before: ReadonlyMap<string, Field>): Text[] {
  return comparisons(condition).flatMap((comparison) => {
    const field = before.get(comparison.field)
    const words = conditionWords(definition, comparison)
    if (!field) {
      const named = definition.pages.flatMap(({ fields }) => fields).find(({ id }) => id === comparison.field)
      const name = named ? { vi: `“${named.label.vi}”`, en: `“${named.label.en}”` } : { vi: comparison.field, en: comparison.field }
      return [both('conditionGone', what, { field: name })]
    }
    return canHold(comparison, field) ? [] : [both('conditionDead', what, { condition: words })]
  })
}

const both = (key: keyof typeof sentences, what: Text, more: Record<string, Text> = {}): Text => {
  const one = (locale: 'vi' | 'en') =>
    say(key, { what: what[locale], ...Object.fromEntries(Object.entries(more).map(([name, text]) => [name, text[locale]])) })[locale]
  return { vi: one('vi'), en: one('en') }
}

function ofField(page: Page, field: Field | SimpleField, all: ReadonlyMap<string, Field>): Text[] {
  const found: Text[] = []
  const label = field.label.vi.slice(0, 80)
  const add = (key: keyof typeof sentences, values: Record<string, string> = {}): void => void found.push(say(key, { label, ...values }))
  if (!field.label.vi.trim()) found.push(say('label', { page: page.title.vi }))
  if (field.label.vi.length > 160) add('labelLong')
  if (field.type === 'choice' || field.type === 'choices') {
    if (field.options.length < 2) add('options')
    if (field.options.some((option) => !option.label.vi.trim() || !option.value)) add('optionEmpty')
    const seen = new Set<string>()
    for (const option of field.options) {
      if (option.value && seen.has(option.value)) add('optionTwice', { option: option.label.vi })
      seen.add(option.value)
    }
  }
  if ((field.type === 'number' || field.type === 'money') && field.min !== undefined && field.max !== undefined && field.min > field.max)
    add('limits')
  if (field.type === 'text') {
    if (field.minLength !== undefined && field.minLength > field.maxLength) add('limits')
    if (field.pattern) {
      try {
        new RegExp(`^(?:${field.pattern})$`, 'u')
      } catch {
        add('pattern')
      }
      if (!isQuickPattern(field.pattern)) add('patternSlow')
      if (!field.patternMessage) add('patternMessage')
    }
  }
  if (field.type === 'personalNumber' && field.birthDate && all.get(field.birthDate)?.type !== 'date') add('birthDate')
  if (field.prefill && !prefillTypes[field.prefill].includes(field.type)) add('prefill')
  if (field.type === 'group') {
    if (field.fields.length === 0) add('groupEmpty')
    if (field.min > field.max) add('limits')
    if (!field.itemLabel.vi.trim()) add('groupItem')
  }
  return found
}

function ofRoles(definition: FormDefinition, all: ReadonlyMap<string, Field>): Problem[] {
  const problems: Problem[] = []
  if (all.get(definition.applicant.name)?.type !== 'text') problems.push({ message: say('applicantName') })
  const roles: [string | undefined, Field['type'], Text][] = [
    [definition.applicant.personalNumber, 'personalNumber', { vi: 'Số định danh người nộp', en: 'Applicant’s personal number' }],
    [definition.applicant.phone, 'phone', { vi: 'Điện thoại người nộp', en: 'Applicant’s phone' }],
    [definition.applicant.email, 'email', { vi: 'Thư điện tử người nộp', en: 'Applicant’s e-mail' }],
    [definition.placeField, 'address', { vi: 'Nơi quyết định cơ quan giải quyết', en: 'Place that decides who resolves' }],
  ]
  for (const [id, type, role] of roles) {
    if (id !== undefined && all.get(id)?.type !== type)
      problems.push({ message: { vi: say('role', { role: role.vi }).vi, en: say('role', { role: role.en }).en } })
  }
  const declared = [...all.values()].some((field) => field.type === 'declaration' && field.required)
  if (!declared) problems.push({ message: say('declaration') })
  return problems
}

const named = (field: Field | SimpleField): Text => ({ vi: `Câu “${field.label.vi}”`, en: `Question “${field.label.en}”` })
const stepNamed = (page: Page): Text => ({ vi: `Bước “${page.title.vi}”`, en: `Step “${page.title.en}”` })

/** Whether a form with this problem cannot even be tried out: all but what is only asked of a whole form. */
export const isBlocking = ({ message }: Problem): boolean =>
  message.vi !== sentences.declaration.vi && message.vi !== sentences.applicantName.vi

/** A form's ways are tried until this many combinations; a form with more is not judged by walking. */
const WALK_LIMIT = 4000

/** Everything that stands in the way of publishing, in the order of the form; empty: it may be published. */
export function problemsOf(definition: FormDefinition): Problem[] {
  const problems: Problem[] = []
  const all = new Map(definition.pages.flatMap(({ fields }) => fields).map((field) => [field.id, field] as const))
  const before = new Map<string, Field>()
  const pageIds = new Set<string>()
  if (!definition.title.vi.trim()) problems.push({ message: say('noTitle') })
  if (definition.pages.length === 0) problems.push({ message: say('noPages') })
  for (const [n, page] of definition.pages.entries()) {
    const here = (message: Text): void => void problems.push({ pageId: page.id, message })
    if (!page.title.vi.trim()) here(say('pageTitle', { n: n + 1 }))
    if (page.fields.length === 0) here(say('pageEmpty', { page: page.title.vi }))
    if (pageIds.has(page.id)) here(say('pageTwice', { id: page.id }))
    pageIds.add(page.id)
    for (const message of ofCondition(definition, stepNamed(page), page.condition, before)) here(message)
    for (const field of page.fields) {
      const at = (path: string) => (message: Text) => void problems.push({ pageId: page.id, path, message })
      if (before.has(field.id)) at(field.id)(say('twice', { label: field.label.vi, id: field.id }))
      for (const message of [...ofField(page, field, all), ...ofCondition(definition, named(field), field.condition, before)])
        at(field.id)(message)
      if (field.type === 'group') {
        const inside = new Map(before)
        const ids = new Set<string>()
        for (const part of field.fields) {
          const there = at(`${field.id}.${part.id}`)
          if (ids.has(part.id)) there(say('twice', { label: part.label.vi, id: part.id }))
          ids.add(part.id)
          if (part.type === 'file') there(say('groupFile', { label: part.label.vi }))
          for (const message of [...ofField(page, part, all), ...ofCondition(definition, named(part), part.condition, inside)])
            there(message)
          inside.set(part.id, part)
        }
      }
      before.set(field.id, field)
    }
  }
  problems.push(...ofRoles(definition, all))
  return problems.length > 0 ? problems : strict(definition)
}

/** What the checks of shipped forms would say: the last word, so that nothing is published that could not be read back. */
function strict(definition: FormDefinition): Problem[] {
  const read = formDefinitionSchema.safeParse(definition)
  if (!read.success) {
    return read.error.issues.slice(0, 5).map((issue) => ({ message: say('other', { place: issue.path.join('.'), fault: issue.message }) }))
  }
  const faults = checkDefinition(read.data)
  if (faults.length > 0) return faults.map(({ place, fault }) => ({ message: say('other', { place, fault }) }))
  const walked = walk(definition, WALK_LIMIT)
  if (!walked.whole) return []
  return walked.unvisited.map((place) => {
    const [pageId = '', path] = place.split('/')
    const page = definition.pages.find(({ id }) => id === pageId)
    const field = page?.fields.find(({ id }) => id === path)
    const what = field ? named(field) : page ? stepNamed(page) : { vi: place, en: place }
    return { pageId, ...(path ? { path } : {}), message: both('never', what) }
  })
}
