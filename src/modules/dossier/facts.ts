import { type Day, dayOf } from '../../kernel/clock.ts'
import type { Context } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { Refused } from '../../kernel/errors.ts'
import type { TimeLimit, TimeUnit } from '../calendar/index.ts'
import { findProcedureAt, inForce, knownFee, type ProcedureVersion, type ResolverRule, returnsResult } from '../catalogue/index.ts'
import { type Answers, findForm, submissionOf } from '../form/index.ts'
import { type OfficerName, officersAt } from '../identity/index.ts'
import { loadDirectory, type OrganisationDirectory } from '../organisation/index.ts'
import { unknownForm } from './errors.ts'

export { dueAt, loadCalendar, type WorkCalendar, workingDayAfter, workingDaysBetween } from '../calendar/index.ts'
export { listVersions as findVersions, type ProcedureVersion } from '../catalogue/index.ts'
export type { Answers } from '../form/index.ts'
export { loadDirectory, type OrganisationDirectory } from '../organisation/index.ts'

/** What a dossier needs to know of its procedure: the version in force on a day. */
export interface ProcedureFacts {
  readonly code: string
  readonly version: number
  readonly name: string
  readonly resolver: ResolverRule
  readonly serviceLevel: 'full' | 'partial' | 'none'
  readonly limit: TimeLimit
  readonly feeVnd: number
  readonly returnsResult: boolean
  /** Code of the e-form that citizens file it with; null when there is none. */
  readonly form: string | null
}

const HOURS_A_DAY = 8

/** The calendar counts whole units; half a working day is four hours. */
export function wholeLimit({ amount, unit }: { amount: number; unit: TimeUnit }): TimeLimit {
  if (Number.isInteger(amount)) return { limit: amount, unit }
  return unit === 'working_day' ? { limit: Math.ceil(amount * HOURS_A_DAY), unit: 'hour' } : { limit: Math.ceil(amount), unit }
}

export function procedureFacts({ code, version, body }: ProcedureVersion): ProcedureFacts {
  return {
    code,
    version,
    name: body.name.vi,
    resolver: body.resolver,
    serviceLevel: body.serviceLevel,
    limit: wholeLimit(body.timeLimit),
    feeVnd: knownFee(body.fees),
    returnsResult: returnsResult(body),
    form: body.form,
  }
}

/** The version in force on a day, or the first one for a day before the catalogue begins; undefined when it was abolished by then. */
export function inForceOrFirst(versions: readonly ProcedureVersion[], day: Day): ProcedureVersion | undefined {
  const dated = versions.map((version) => ({ ...version, abolished: version.body.abolished }))
  const first = dated.reduce<(typeof dated)[number] | undefined>(
    (best, one) => (best && best.validFrom <= one.validFrom ? best : one),
    undefined,
  )
  return first && day < first.validFrom ? first : inForce(dated, day)
}

/** The version of a procedure in force on a civil day. */
export async function findProcedure(tx: Tx, code: string, day: Day): Promise<ProcedureFacts | undefined> {
  const version = await findProcedureAt(tx, code, day)
  return version && procedureFacts(version)
}

/**
 * Answers checked against the form they name, with the schema that every save used: only what counts is kept.
 * Throws `Refused` with each answer still to mend, or dossier.unknown-form.
 */
export async function checkedAnswers(cx: Context, form: { code: string; version: number }, answers: Answers): Promise<Answers> {
  const definition = await findForm(cx.tx, form.code, form.version)
  if (!definition) throw new Refused(unknownForm)
  const submission = submissionOf(definition, answers, dayOf(cx.now))
  if (!submission.ok) throw new Refused(submission.error)
  return submission.value.answers
}

/** The units of the province, as far as filing needs them. */
export interface Units {
  exists(code: string, day: Day): boolean
  /** Whether the agency resolves the procedure on that day, by the procedure's own rule. */
  resolves(code: string, resolver: ResolverRule, day: Day): boolean
}

export const unitsOf = (directory: OrganisationDirectory): Units => ({
  exists: (code, day) => directory.find(code, day) !== undefined,
  resolves: (code, resolver, day) => {
    const agency = directory.find(code, day)
    if (!agency) return false
    if (resolver.kind === 'agency') return code === resolver.agencyCode
    return agency.tier === resolver.tier && (resolver.kind === 'tier' || agency.kind === 'people_committee')
  },
})

export const loadUnits = async (tx: Tx): Promise<Units> => unitsOf(await loadDirectory(tx))

/** Agencies that resolve a procedure on a day, by its own rule, in the order of their codes. */
export async function competentAgencies(tx: Tx, procedureCode: string, day: Day): Promise<readonly { code: string; name: string }[]> {
  const procedure = await findProcedure(tx, procedureCode, day)
  if (!procedure) return []
  const directory = await loadDirectory(tx)
  const units = unitsOf(directory)
  return directory.agencies
    .filter(({ code }) => units.resolves(code, procedure.resolver, day))
    .map(({ code }) => ({ code, name: directory.name(code, day) }))
    .filter((one, index, all) => all.findIndex(({ code }) => code === one.code) === index)
}

/** The specialist with this id, when they process dossiers at that agency today. */
export async function findSpecialist(cx: Context, officerId: string, agencyCode: string): Promise<OfficerName | undefined> {
  const specialists = await specialistsAt(cx.tx, agencyCode, dayOf(cx.now))
  return specialists.find(({ id }) => id === officerId)
}

/** Who can be given dossiers of an agency. */
export async function specialistsAt(tx: Tx, agencyCode: string, day: Day): Promise<readonly OfficerName[]> {
  const ancestors = (await loadDirectory(tx)).path(agencyCode, day).map(({ code }) => code)
  return officersAt(tx, { role: 'specialist', agencyCode, ancestors, day })
}
