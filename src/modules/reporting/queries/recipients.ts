import { dayOf } from '../../../kernel/clock.ts'
import type { Context, Officer } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { activeOfficers, officersAt, officersWithRole } from '../../identity/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import type { RecipientRole, WeeklySettings } from '../rules/settings.ts'

type Asking = Pick<Context, 'tx' | 'now' | 'access'>

/** Of these officers, those who work here today and may do this, in the order of their names. */
export async function thoseWhoMay({ tx, now, access }: Asking, ids: readonly string[], action: string): Promise<string[]> {
  const officers = await activeOfficers(tx, [...new Set(ids)], dayOf(now))
  const actorOf = ({ id, name, grants }: (typeof officers)[number]): Officer => ({ kind: 'officer', officerId: id, name, grants })
  return officers.filter((officer) => access.can(actorOf(officer), action)).map(({ id }) => id)
}

/** Officers who hold a role for the whole province; heads of units, wherever they are one. */
async function withRole(tx: Tx, role: RecipientRole, root: string | undefined, day: string): Promise<readonly string[]> {
  if (role === 'unit_head') return officersWithRole(tx, [role], day)
  if (root === undefined) return []
  return (await officersAt(tx, { role, agencyCode: root, ancestors: [root], day })).map(({ id }) => id)
}

async function withRoles(cx: Asking, roles: readonly RecipientRole[]): Promise<string[]> {
  const day = dayOf(cx.now)
  const root = (await loadDirectory(cx.tx)).root(day)?.code
  const ids: string[] = []
  for (const role of roles) ids.push(...(await withRole(cx.tx, role, root, day)))
  return ids
}

/** Whom the weekly report is for today: by role and by name, as far as they may read it. */
export const weeklyRecipients = async (cx: Asking, { roles, officers }: Pick<WeeklySettings, 'roles' | 'officers'>): Promise<string[]> =>
  thoseWhoMay(cx, [...(await withRoles(cx, roles)), ...officers.map(({ id }) => id)], 'report.see')

/** Who must know that a report is missing: the reform office and the administrators of the province. */
export const whoLooksAfterReports = (cx: Asking): Promise<string[]> => withRoles(cx, ['reform_officer', 'administrator'])
