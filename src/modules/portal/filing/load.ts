import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Citizen } from '../../../kernel/context.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { findProcedureAt, type ProcedureVersion } from '../../catalogue/index.ts'
import { type AddressBook, addressBookOf, type Draft, type FormDefinition, findOpenDraft } from '../../form/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'

/** What every filing page works with. */
export interface Filing {
  readonly citizen: Citizen
  readonly today: Day
  readonly procedure: ProcedureVersion
  readonly directory: OrganisationDirectory
}

export interface OpenFiling extends Filing {
  readonly draft: Draft
  readonly definition: FormDefinition
}

/** The signed-in citizen and the procedure named in the address. Throws `Refused` not-found. */
export async function loadFiling(c: Web): Promise<Filing> {
  const app = c.get('app')
  const actor = c.get('actor')
  if (actor.kind !== 'citizen') throw new Refused(refusals.signInNeeded)
  const today = dayOf(app.clock())
  const code = c.req.param('code') ?? ''
  const procedure = await app.db.read(c.get('province'), (tx) => findProcedureAt(tx, code, today))
  if (!procedure) throw new Refused(refusals.notFound)
  return { citizen: actor, today, procedure, directory: await directoryOf(app, c.get('province')) }
}

/** As `loadFiling`, with the person's draft when they have begun one. */
export async function findFiling(c: Web): Promise<Filing & Partial<OpenFiling>> {
  const filing = await loadFiling(c)
  const open = await c.get('app').db.read(c.get('province'), (tx) => findOpenDraft(tx, filing.citizen.personId, filing.procedure.code))
  return { ...filing, ...(open ?? {}) }
}

export const bookOf = (c: Web, filing: Filing): Promise<AddressBook> => addressBookOf(filing.directory, c.get('province'), filing.today)
