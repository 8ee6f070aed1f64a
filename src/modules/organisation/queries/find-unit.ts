import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { OrganisationDirectory } from '../directory.ts'
import type { Agency, Hamlet, Lineage } from '../rules/agency.ts'
import { hamletsOf } from '../store.ts'

/** One step of lineage as a page shows it: the other version, with the name it had. */
export interface Kin {
  readonly direction: 'from' | 'to'
  readonly agency: Agency | undefined
  readonly link: Lineage
}

export interface UnitView {
  readonly code: string
  readonly day: Day
  /** The version in force on the day, else the one nearest before it, else the first. */
  readonly shown: Agency
  readonly inForce: boolean
  readonly versions: readonly Agency[]
  readonly path: readonly Agency[]
  readonly children: readonly Agency[]
  readonly kin: readonly Kin[]
  readonly hamlets: readonly Hamlet[]
}

/** A unit's page: its versions, what it came from and became, what lies below it, its hamlets. One statement beside the directory. */
export async function findUnit(tx: Tx, directory: OrganisationDirectory, code: string, day: Day): Promise<UnitView | undefined> {
  const versions = directory.agencies.filter((agency) => agency.code === code).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
  const current = directory.find(code, day)
  const shown = current ?? versions.find((agency) => agency.validFrom <= day) ?? versions.at(-1)
  if (!shown) return undefined
  const at = current ? day : (shown.validTo ?? shown.validFrom)
  const versionOf = (key: { code: string; validFrom: Day }) =>
    directory.agencies.find((agency) => agency.code === key.code && agency.validFrom === key.validFrom)
  const kin = directory.lineage.flatMap((link): Kin[] => [
    ...(link.to.code === code ? [{ direction: 'from' as const, agency: versionOf(link.from), link }] : []),
    ...(link.from.code === code ? [{ direction: 'to' as const, agency: versionOf(link.to), link }] : []),
  ])
  return {
    code,
    day,
    shown,
    inForce: current !== undefined,
    versions,
    path: directory.path(code, at),
    children: directory.children(code, at),
    kin: kin.sort((a, b) => (a.link.effectiveDay < b.link.effectiveDay ? -1 : 1)),
    hamlets: shown.tier === 'commune' ? await hamletsOf(tx, code, at) : [],
  }
}
