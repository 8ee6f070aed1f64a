import { dayOf } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { refusals } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { type Agency, type OrganisationDirectory, soleSuccessor, successors } from '../../organisation/index.ts'
import { type Holder, heldBy, holdersAt, listOpenAt, type OpenLine, openAt } from '../routing-store.ts'
import { type Asker, type QueryHost, reachedCodes, readerOf } from './reader.ts'

/** A unit that is gone with open dossiers in it. */
export interface GoneUnit {
  readonly code: string
  readonly name: string
  readonly lastDay: string
  readonly open: number
  /** The one unit that took all of it over: its dossiers move there by themselves. */
  readonly heir: { readonly code: string; readonly name: string } | null
  /** Units it was divided among, when there is no such one: a person chooses for each dossier. */
  readonly choices: readonly { readonly code: string; readonly name: string }[]
}

/** Units that no longer stand, the last version of each code. */
function gone(directory: OrganisationDirectory, today: string): readonly Agency[] {
  const last = new Map<string, Agency>()
  for (const agency of directory.agencies) {
    const known = last.get(agency.code)
    if (agency.validFrom <= today && (!known || known.validFrom < agency.validFrom)) last.set(agency.code, agency)
  }
  return [...last.values()].filter(({ validTo }) => validTo !== null && validTo < today)
}

/** Units gone with open dossiers, and who took them over. */
export async function goneUnits(tx: Tx, directory: OrganisationDirectory, today: string): Promise<readonly GoneUnit[]> {
  const units = gone(directory, today)
  const open = await openAt(
    tx,
    units.map(({ code }) => code),
  )
  return units
    .filter(({ code }) => open.has(code))
    .map((unit): GoneUnit => {
      const sole = soleSuccessor(unit, directory.lineage, today)
      const heir = sole && sole.code !== unit.code && directory.find(sole.code, today) ? sole.code : null
      const others = successors(unit, directory.lineage, today)
        .map(({ key }) => key.code)
        .filter((code) => directory.find(code, today) !== undefined)
      return {
        code: unit.code,
        name: directory.name(unit.code, unit.validTo ?? today),
        lastDay: unit.validTo ?? today,
        open: open.get(unit.code) ?? 0,
        heir: heir === null ? null : { code: heir, name: directory.name(heir, today) },
        choices: heir === null ? others.map((code) => ({ code, name: directory.name(code, today) })) : [],
      }
    })
    .sort((a, b) => b.open - a.open)
}

export interface TransferPreview {
  readonly units: readonly GoneUnit[]
  /** Dossiers of divided units, each to be given to one of the successors. */
  readonly undecided: readonly OpenLine[]
}

const LIMIT = 100

/** What would move when units are gone, before anything moves. Entry: whoever may transfer for the whole province. */
export async function previewTransfers(host: QueryHost, asker: Asker): Promise<Result<TransferPreview>> {
  const reader = await readerOf(host, asker)
  if (!reader.access.canAtRoot(reader.actor, 'dossier.transfer')) return refuse(refusals.denied)
  const units = await reader.read((tx) => goneUnits(tx, reader.directory, dayOf(reader.now)))
  const divided = units.filter(({ heir }) => heir === null).map(({ code }) => code)
  const undecided = divided.length === 0 ? [] : await reader.read((tx) => listOpenAt(tx, divided, LIMIT))
  return ok({ units, undecided })
}

/** Who holds how much in the units of a head, and what one of them holds. */
export interface Holdings {
  readonly holders: readonly (Holder & { readonly agencyName: string })[]
  readonly dossiers: readonly OpenLine[]
}

/** Officers with open dossiers within reach, also those who are gone; with the dossiers of one of them. Entry: whoever may assign. */
export async function holdings(host: QueryHost, asker: Asker, officerId: string | undefined): Promise<Result<Holdings>> {
  const reader = await readerOf(host, asker)
  if (!reader.access.can(reader.actor, 'dossier.reassign')) return refuse(refusals.denied)
  const codes = reachedCodes(reader, 'dossier.reassign')
  const holders = await reader.read((tx) => holdersAt(tx, codes, reader.now))
  const dossiers = officerId ? await reader.read((tx) => heldBy(tx, officerId, codes, LIMIT)) : []
  const today = dayOf(reader.now)
  return ok({ holders: holders.map((one) => ({ ...one, agencyName: reader.directory.name(one.agencyCode, today) })), dossiers })
}
