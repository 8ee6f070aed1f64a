import { type Day, dayOf } from '../../../../kernel/clock.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { type Text, t } from '../../../../kernel/i18n/index.ts'
import type { Flash } from '../../../../ui/index.ts'
import { type EditedForm, getEdit } from '../../queries/edited-forms.ts'
import type { FormDefinition } from '../../rules/definition.ts'
import { findField } from '../../rules/edit/apply.ts'
import type { Problem } from '../../rules/edit/problems.ts'
import { texts } from './texts.ts'

/** Where the forms stand in administration. */
export const FORMS = '/quan-tri/bieu-mau'
export const formHref = (code: string): string => `${FORMS}/${code}`
export const draftHref = (code: string, rest = ''): string => `${FORMS}/${code}/sua${rest}`
export const stepHref = (code: string, pageId: string): string => draftHref(code, `/buoc/${pageId}`)
export const questionHref = (code: string, path: string): string => draftHref(code, `/cau/${path}`)

/** Where a problem is mended. */
export const problemHref = (code: string, { pageId, path }: Problem): string =>
  path ? questionHref(code, path) : pageId ? stepHref(code, pageId) : draftHref(code, '/chung')

/** An address that brings the focus back to the part just worked on, and says what was done. */
export const landing = (href: string, at: string, done?: string): string =>
  `${href}?${new URLSearchParams({ o: at, ...(done ? { da: done } : {}) })}`

export const openDraft = (c: Web): Promise<EditedForm> =>
  c.get('app').db.read(c.get('province'), (tx) => getEdit(tx, c.req.param('code') ?? ''))

export const todayOf = (c: Web): Day => dayOf(c.get('app').clock())

/** The part in the address that the focus belongs to: `field:fullName`, `page:nguoi-nop`. */
export const partOf = (c: Web): string => c.req.query('o') ?? ''

function nameOfPart(definition: FormDefinition, part: string): Text | undefined {
  const [kind, ...rest] = part.split(':')
  const name = rest.join(':')
  return kind === 'page' ? definition.pages.find(({ id }) => id === name)?.title : findField(definition, name)?.field.label
}

/** What was just done, said once at the top. */
export function doneFlash(c: Web, definition: FormDefinition): { flash?: Flash } {
  const done = c.req.query('da')
  const name = nameOfPart(definition, partOf(c))
  const text: Text | undefined =
    done === 'luu'
      ? texts.saved
      : done === 'bo'
        ? texts.removed
        : done === 'lui'
          ? texts.undone
          : done === 'chuyen' && name
            ? { vi: t('vi', texts.moved, { what: name.vi }), en: t('en', texts.moved, { what: name.en }) }
            : undefined
  // `info` leaves the focus at the part that was worked on.
  return text ? { flash: { kind: 'info', text } } : {}
}
