import type { NewEvent } from '../../kernel/events.ts'
import type { VersionBody } from './rules/procedure.ts'
import type { NewVersion } from './store.ts'

/**
 * `catalogue.version-published`: data is the whole version, so the catalogue can be rebuilt from the log. `catalogue.edit-…`: who wrote
 * what before it was published.
 */
export const catalogueEvents = [
  'catalogue.version-published',
  'catalogue.edit-started',
  'catalogue.edit-changed',
  'catalogue.edit-discarded',
] as const

export const versionPublished = ({
  id,
  code,
  version,
  validFrom,
  body,
}: Pick<NewVersion, 'id' | 'code' | 'version' | 'validFrom' | 'body'>): NewEvent => ({
  type: 'catalogue.version-published',
  subject: id,
  data: { code, version, validFrom, body },
})

export const editStarted = (id: string, code: string, basedOn: number | null): NewEvent => ({
  type: 'catalogue.edit-started',
  subject: id,
  data: { code, basedOn },
})

/** `section` is the part that was changed, or `undo`. */
export const editChanged = (id: string, code: string, version: number, section: string, body: VersionBody): NewEvent => ({
  type: 'catalogue.edit-changed',
  subject: id,
  data: { code, version, section, body },
})

export const editDiscarded = (id: string, code: string, body: VersionBody): NewEvent => ({
  type: 'catalogue.edit-discarded',
  subject: id,
  data: { code, body },
})
