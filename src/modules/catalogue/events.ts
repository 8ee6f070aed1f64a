import type { NewEvent } from '../../kernel/events.ts'
import type { NewVersion } from './store.ts'

/** `catalogue.version-published`: data is the whole version, so the catalogue can be rebuilt from the log. */
export const catalogueEvents = ['catalogue.version-published'] as const

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
