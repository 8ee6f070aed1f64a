import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import { directoryOf } from '../../organisation/index.ts'
import { normaliseUsername } from '../rules/username.ts'
import { findCredentials, listOfficers, type OfficerLine } from '../store/officers.ts'

type Host = Pick<App, 'db' | 'province' | 'clock' | 'access'>

export const PAGE_SIZE = 50

/** Agencies where an officer may do something today; undefined = everywhere. */
export async function agenciesFor(host: Host, actor: Actor, action: string): Promise<readonly string[] | undefined> {
  const reach = host.access(host.province).reach(actor, action)
  if (reach === 'all') return undefined
  const directory = await directoryOf(host, host.province)
  const today = dayOf(host.clock())
  return [
    ...new Set(
      reach.flatMap(({ code, subtree }) => (subtree ? directory.list(today, { within: code }).map((agency) => agency.code) : [code])),
    ),
  ]
}

/** One page of the officers that this actor may see. */
export async function searchOfficers(
  host: Host,
  actor: Actor,
  filter: { search: string; deactivated: boolean; withoutFactor: boolean; page: number },
): Promise<{ lines: readonly OfficerLine[]; total: number }> {
  const agencyCodes = await agenciesFor(host, actor, 'identity.see-officers')
  const { search, deactivated, withoutFactor } = filter
  const lines = await host.db.read(host.province, (tx) =>
    listOfficers(
      tx,
      { search, deactivated, withoutFactor, agencyCodes, limit: PAGE_SIZE, offset: (filter.page - 1) * PAGE_SIZE },
      dayOf(host.clock()),
    ),
  )
  return { lines, total: lines[0]?.total ?? 0 }
}

/** The active officer with this user name, by id. */
export async function officerIdOf(host: Pick<Host, 'db' | 'province'>, typed: string): Promise<string | undefined> {
  const officer = await host.db.read(host.province, (tx) => findCredentials(tx, normaliseUsername(typed)))
  return officer?.deactivatedAt ? undefined : officer?.id
}
