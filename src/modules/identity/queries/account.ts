import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import { subjectOf } from '../sessions.ts'
import { delegatedBy, type GrantRow, grantsOf } from '../store/grants.ts'
import { findOfficer, type OfficerRow } from '../store/officers.ts'
import { findPerson, type PersonRow } from '../store/people.ts'
import { listSessions, type SessionLine } from '../store/sessions.ts'

type Host = Pick<App, 'db' | 'province' | 'clock'>

/** The signed-in citizen's own profile. */
export const profileOf = ({ db, province }: Host, personId: string): Promise<PersonRow | undefined> =>
  db.read(province, (tx) => findPerson(tx, personId))

/** Where somebody is signed in, last used first. */
export async function sessionsOf({ db, province, clock }: Host, actor: Actor): Promise<readonly SessionLine[]> {
  const subject = subjectOf(actor)
  return subject ? db.read(province, (tx) => listSessions(tx, subject.subjectKind, subject.subjectId, clock())) : []
}

export interface OfficerAccount {
  readonly officer: OfficerRow
  /** Roles of today and to come. */
  readonly grants: readonly GrantRow[]
  /** What this officer has handed on. */
  readonly delegated: readonly (GrantRow & { delegateName: string })[]
}

/** An officer with roles held and roles handed on. */
export async function officerAccount({ db, province, clock }: Host, officerId: string): Promise<OfficerAccount | undefined> {
  const today = dayOf(clock())
  return db.snapshot(province, async (tx) => {
    const officer = await findOfficer(tx, officerId)
    if (!officer) return undefined
    return { officer, grants: await grantsOf(tx, officerId, today), delegated: await delegatedBy(tx, officerId, today) }
  })
}
