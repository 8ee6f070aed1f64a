import type { Text } from '../../../../kernel/i18n/index.ts'
import type { Condition, Field, FieldType, FormDefinition, GroupField, Page, SimpleField } from '../definition.ts'
import { codeFrom, fieldIdFrom, usedIds } from './names.ts'
import { newField } from './new-field.ts'

/** A question by its path: `fullName`, or `children.name` inside a repeated group. */
export type FieldPath = string

/** One change to a form that is being written. Whatever it leads to is kept; whether it may be published is asked later. */
export type FormEdit =
  | { readonly kind: 'form'; readonly form: Pick<FormDefinition, 'title' | 'legalBasis' | 'sourceNote' | 'placeField' | 'applicant'> }
  | { readonly kind: 'page-add'; readonly title: Text; readonly after?: string | undefined }
  | { readonly kind: 'page-save'; readonly pageId: string; readonly page: Pick<Page, 'title' | 'hint' | 'condition'> }
  | { readonly kind: 'page-move'; readonly pageId: string; readonly by: -1 | 1 }
  | { readonly kind: 'page-remove'; readonly pageId: string }
  /** Every question of the step gets a step of its own. */
  | { readonly kind: 'page-split'; readonly pageId: string }
  /** The questions of the next step join this one. */
  | { readonly kind: 'page-join'; readonly pageId: string }
  | {
      readonly kind: 'field-add'
      readonly pageId: string
      readonly group?: string | undefined
      readonly type: FieldType
      readonly label: Text
    }
  /** `field.id` may differ from the path's: conditions and roles follow. `pageId` brings a question back that another window removed. */
  | { readonly kind: 'field-save'; readonly path: FieldPath; readonly field: Field; readonly pageId?: string | undefined }
  | { readonly kind: 'field-move'; readonly path: FieldPath; readonly by: -1 | 1 }
  | { readonly kind: 'field-to'; readonly path: FieldPath; readonly pageId: string }
  | { readonly kind: 'field-remove'; readonly path: FieldPath }

export interface Applied {
  readonly definition: FormDefinition
  /** Parts that were changed: `form`, `page:<id>`, `field:<path>`. The first is where the work goes on. */
  readonly touched: readonly [string, ...string[]]
}

const moved = <T>(list: readonly T[], from: number, by: -1 | 1): T[] => {
  const to = from + by
  const next = [...list]
  if (from < 0 || to < 0 || to >= next.length) return next
  const [one] = next.splice(from, 1)
  next.splice(to, 0, one as T)
  return next
}

export interface FieldPlace {
  readonly page: Page
  readonly pageAt: number
  readonly field: Field
  readonly at: number
  /** The repeated group it stands in. */
  readonly group?: GroupField | undefined
}

/** Where a question stands; `undefined` when there is none with this path. */
export function findField(definition: FormDefinition, path: FieldPath): FieldPlace | undefined {
  const [outer = '', inner] = path.split('.')
  for (const [pageAt, page] of definition.pages.entries()) {
    const at = page.fields.findIndex(({ id }) => id === outer)
    const field = page.fields[at]
    if (!field) continue
    if (inner === undefined) return { page, pageAt, field, at }
    if (field.type !== 'group') return undefined
    const partAt = field.fields.findIndex(({ id }) => id === inner)
    const part = field.fields[partAt]
    return part && { page, pageAt, field: part, at: partAt, group: field }
  }
  return undefined
}

const withPage = (definition: FormDefinition, pageId: string, change: (page: Page) => Page): FormDefinition => ({
  ...definition,
  pages: definition.pages.map((page) => (page.id === pageId ? change(page) : page)),
})

/** Gives a page or a group other fields. */
function withFields(
  definition: FormDefinition,
  pageId: string,
  group: string | undefined,
  change: (fields: readonly Field[]) => Field[],
): FormDefinition {
  return withPage(definition, pageId, (page) => ({
    ...page,
    fields:
      group === undefined
        ? change(page.fields)
        : page.fields.map((field) =>
            field.id === group && field.type === 'group' ? { ...field, fields: change(field.fields) as SimpleField[] } : field,
          ),
  }))
}

function conditionRenamed(condition: Condition | undefined, from: string, to: string): Condition | undefined {
  if (condition === undefined) return undefined
  if ('all' in condition) return { all: condition.all.map((part) => conditionRenamed(part, from, to) as Condition) }
  if ('any' in condition) return { any: condition.any.map((part) => conditionRenamed(part, from, to) as Condition) }
  if ('not' in condition) return { not: conditionRenamed(condition.not, from, to) as Condition }
  return condition.field === from ? { ...condition, field: to } : condition
}

const follow = <T extends { readonly condition?: Condition | undefined }>(one: T, from: string, to: string): T =>
  one.condition === undefined ? one : { ...one, condition: conditionRenamed(one.condition, from, to) }

/** A question under another id: everything that spoke of it speaks of it still. */
function renamed(definition: FormDefinition, from: string, to: string): FormDefinition {
  if (from === to) return definition
  const role = (id: string | undefined) => (id === from ? to : id)
  const one = (field: SimpleField): SimpleField => {
    const next = follow(field, from, to)
    return next.type === 'personalNumber' && next.birthDate === from ? { ...next, birthDate: to } : next
  }
  const { name, personalNumber, phone, email } = definition.applicant
  return {
    ...definition,
    ...(definition.placeField ? { placeField: role(definition.placeField) } : {}),
    applicant: {
      name: role(name) ?? '',
      ...(personalNumber ? { personalNumber: role(personalNumber) } : {}),
      ...(phone ? { phone: role(phone) } : {}),
      ...(email ? { email: role(email) } : {}),
    },
    pages: definition.pages.map((page) => ({
      ...follow(page, from, to),
      fields: page.fields.map((field) =>
        field.type === 'group' ? { ...follow(field, from, to), fields: field.fields.map(one) } : one(field),
      ),
    })),
  }
}

function saveField(definition: FormDefinition, edit: Extract<FormEdit, { kind: 'field-save' }>): Applied | undefined {
  const place = findField(definition, edit.path)
  const [outer = '', inner] = edit.path.split('.')
  if (!place) {
    if (edit.pageId === undefined) return undefined
    const group = inner === undefined ? undefined : outer
    if (!definition.pages.some(({ id }) => id === edit.pageId)) return undefined
    return { definition: withFields(definition, edit.pageId, group, (fields) => [...fields, edit.field]), touched: [`field:${edit.path}`] }
  }
  const group = place.group?.id
  const saved = withFields(definition, place.page.id, group, (fields) => fields.map((field, at) => (at === place.at ? edit.field : field)))
  const path = group === undefined ? edit.field.id : `${group}.${edit.field.id}`
  return { definition: renamed(saved, place.field.id, edit.field.id), touched: [`field:${path}`] }
}

function moveField(definition: FormDefinition, path: FieldPath, by: -1 | 1): Applied | undefined {
  const place = findField(definition, path)
  if (!place) return undefined
  const { page, pageAt, at, group, field } = place
  const length = group ? group.fields.length : page.fields.length
  const inside = at + by >= 0 && at + by < length
  if (inside)
    return { definition: withFields(definition, page.id, group?.id, (fields) => moved(fields, at, by)), touched: [`field:${path}`] }
  // Past the end of a step it goes on into the next one.
  const neighbour = group ? undefined : definition.pages[pageAt + by]
  if (!neighbour) return { definition, touched: [`field:${path}`] }
  const without = withFields(definition, page.id, undefined, (fields) => fields.filter(({ id }) => id !== field.id))
  return {
    definition: withFields(without, neighbour.id, undefined, (fields) => (by === 1 ? [field, ...fields] : [...fields, field])),
    touched: [`field:${path}`],
  }
}

function splitPage(definition: FormDefinition, page: Page): FormDefinition {
  const ids = new Set(definition.pages.map(({ id }) => id))
  const [first, ...rest] = page.fields
  const own = rest.map((field): Page => {
    const id = codeFrom(field.called?.vi ?? field.label.vi, ids)
    ids.add(id)
    return { id, title: field.label, ...(page.condition ? { condition: page.condition } : {}), fields: [field] }
  })
  return {
    ...definition,
    pages: definition.pages.flatMap((one) => (one.id === page.id ? [{ ...page, fields: first ? [first] : [] }, ...own] : [one])),
  }
}

function joinNext(definition: FormDefinition, at: number): FormDefinition {
  const [page, next] = [definition.pages[at], definition.pages[at + 1]]
  if (!page || !next) return definition
  // A condition of the whole step that is gone becomes one of each of its questions.
  const brought = next.fields.map((field): Field => {
    if (!next.condition) return field
    return { ...field, condition: field.condition ? { all: [next.condition, field.condition] } : next.condition }
  })
  return {
    ...definition,
    pages: definition.pages.flatMap((one, place) =>
      place === at ? [{ ...page, fields: [...page.fields, ...brought] }] : place === at + 1 ? [] : [one],
    ),
  }
}

/** A form whose optional roles (number, phone, e-mail, place) no longer name a question that is gone. Who applies must be chosen anew. */
function withoutRole(definition: FormDefinition, id: string): FormDefinition {
  const { placeField, ...rest } = definition
  const { name, ...roles } = definition.applicant
  const kept = Object.fromEntries(Object.entries(roles).filter(([, role]) => role !== id))
  return { ...rest, ...(placeField && placeField !== id ? { placeField } : {}), applicant: { name, ...kept } }
}

/** What a form is after one change; `undefined` when the part it speaks of is not there any more. */
export function applyEdit(definition: FormDefinition, edit: FormEdit): Applied | undefined {
  if (edit.kind === 'form') return { definition: { ...definition, ...edit.form }, touched: ['form'] }
  if (edit.kind === 'page-add') {
    const id = codeFrom(edit.title.vi, new Set(definition.pages.map((page) => page.id)))
    const page: Page = { id, title: edit.title, fields: [] }
    const after = definition.pages.findIndex((one) => one.id === edit.after)
    const at = after === -1 ? definition.pages.length : after + 1
    return { definition: { ...definition, pages: definition.pages.toSpliced(at, 0, page) }, touched: [`page:${id}`] }
  }
  if (edit.kind === 'field-save') return saveField(definition, edit)
  if (edit.kind === 'field-move') return moveField(definition, edit.path, edit.by)
  if (edit.kind === 'field-remove' || edit.kind === 'field-to') {
    const place = findField(definition, edit.path)
    if (!place) return undefined
    const { page, group, field } = place
    const without = withFields(definition, page.id, group?.id, (fields) => fields.filter(({ id }) => id !== field.id))
    if (edit.kind === 'field-remove') {
      const settled = group ? without : withoutRole(without, field.id)
      return { definition: settled, touched: [`page:${page.id}`, `field:${edit.path}`] }
    }
    if (group || !definition.pages.some(({ id }) => id === edit.pageId)) return undefined
    return { definition: withFields(without, edit.pageId, undefined, (fields) => [...fields, field]), touched: [`field:${edit.path}`] }
  }
  const at = definition.pages.findIndex(({ id }) => id === edit.pageId)
  const page = definition.pages[at]
  if (!page) return undefined
  switch (edit.kind) {
    case 'page-save':
      return {
        definition: withPage(definition, page.id, ({ id, fields }) => ({ id, ...edit.page, fields })),
        touched: [`page:${page.id}`],
      }
    case 'page-move':
      return { definition: { ...definition, pages: moved(definition.pages, at, edit.by) }, touched: [`page:${page.id}`] }
    case 'page-remove':
      return {
        definition: { ...definition, pages: definition.pages.filter((one) => one !== page) },
        touched: [`page:${(definition.pages[at - 1] ?? definition.pages[at + 1])?.id ?? ''}`, `page:${page.id}`],
      }
    case 'page-split':
      return { definition: splitPage(definition, page), touched: [`page:${page.id}`] }
    case 'page-join':
      return { definition: joinNext(definition, at), touched: [`page:${page.id}`] }
    case 'field-add': {
      const group = page.fields.find(({ id }) => id === edit.group)
      if (edit.group !== undefined && group?.type !== 'group') return undefined
      const id = fieldIdFrom(edit.label.vi, usedIds(definition))
      const field = newField(edit.type, id, edit.label)
      return {
        definition: withFields(definition, page.id, edit.group, (fields) => [...fields, field]),
        touched: [`field:${edit.group === undefined ? id : `${edit.group}.${id}`}`],
      }
    }
  }
}
