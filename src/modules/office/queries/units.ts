import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { directoryOf } from '../../organisation/index.ts'

export interface UnitName {
  readonly code: string
  readonly name: string
}

/** Today's units whose dossiers an officer may list, in the order of the tree. */
export async function unitsWithin(app: App, province: Province, actor: Actor): Promise<readonly UnitName[]> {
  const directory = await directoryOf(app, province)
  const today = dayOf(app.clock())
  const access = app.access(province)
  return directory
    .list(today)
    .filter(({ code }) => access.can(actor, 'dossier.list', { agencyCode: code }))
    .map(({ code, name }) => ({ code, name }))
}

/** Names of units by code, as they are called today. */
export async function unitNames(app: App, province: Province, codes: readonly string[]): Promise<readonly UnitName[]> {
  const directory = await directoryOf(app, province)
  const today = dayOf(app.clock())
  return codes.map((code) => ({ code, name: directory.name(code, today) }))
}
