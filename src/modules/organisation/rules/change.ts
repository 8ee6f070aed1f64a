import { addDays, type Day } from '../../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { about, impossible, refusals } from '../errors.ts'
import { type Agency, type AgencyKey, dayBefore, type Hamlet, inForce, keyText, type Lineage, sameKey } from './agency.ts'
import { validate } from './validate.ts'

/** Everything one change does to the tree. The event log keeps it whole, so that the tree can be rebuilt from changes alone. */
export interface OrganisationChange {
  /** Versions that get a last day. */
  readonly close: readonly (AgencyKey & { readonly validTo: Day })[]
  /** New versions; one with the key of an existing version replaces it (imports only). */
  readonly put: readonly Agency[]
  readonly lineage: readonly Lineage[]
  readonly closeHamlets: readonly { readonly code: string; readonly validFrom: Day; readonly validTo: Day; readonly note: string }[]
  readonly putHamlets: readonly Hamlet[]
}

export const noChange: OrganisationChange = { close: [], put: [], lineage: [], closeHamlets: [], putHamlets: [] }

export interface Organisation {
  readonly agencies: readonly Agency[]
  readonly lineage: readonly Lineage[]
  readonly hamlets: readonly Hamlet[]
}

/** What a person types about a version. */
export interface AgencyFields {
  readonly name: string
  readonly shortName: string
  readonly tier: Agency['tier']
  readonly kind: Agency['kind']
  readonly parentCode: string | null
  readonly areaCode: string | null
}

/** Why and from when: every change names its document. */
export interface Basis {
  readonly day: Day
  readonly source: string
  readonly note: string
}

type Decision = Result<OrganisationChange>

const keyIn = (items: readonly AgencyKey[], item: AgencyKey): boolean => items.some((other) => sameKey(other, item))

/** The organisation after a change. Applying the changes of the log in order gives the stored state. */
export function applyChange(organisation: Organisation, change: OrganisationChange): Organisation {
  const closing = new Map(change.close.map((item) => [keyText(item), item.validTo]))
  const closingHamlets = new Map(change.closeHamlets.map((item) => [keyText(item), item]))
  return {
    agencies: [
      ...organisation.agencies
        .filter((agency) => !keyIn(change.put, agency))
        .map((agency) => ({ ...agency, validTo: closing.get(keyText(agency)) ?? agency.validTo })),
      ...change.put,
    ],
    lineage: [
      ...organisation.lineage.filter(
        (link) => !change.lineage.some((other) => sameKey(other.from, link.from) && sameKey(other.to, link.to)),
      ),
      ...change.lineage,
    ],
    hamlets: [
      ...organisation.hamlets
        .filter((hamlet) => !keyIn(change.putHamlets, hamlet))
        .map((hamlet) => {
          const closed = closingHamlets.get(keyText(hamlet))
          return closed ? { ...hamlet, validTo: closed.validTo, note: closed.note || hamlet.note } : hamlet
        }),
      ...change.putHamlets,
    ],
  }
}

const newVersion = (code: string, fields: AgencyFields, { day, source, note }: Basis): Agency => ({
  code,
  validFrom: day,
  validTo: null,
  ...fields,
  certainty: 'local',
  source,
  note,
})

const link = (from: AgencyKey, to: AgencyKey, share: Lineage['share'], { day, source, note }: Basis): Lineage => ({
  from: { code: from.code, validFrom: from.validFrom },
  to: { code: to.code, validFrom: to.validFrom },
  effectiveDay: day,
  share,
  certainty: 'local',
  source,
  note,
})

const end = (agency: Agency, day: Day): OrganisationChange['close'][number] => ({
  code: agency.code,
  validFrom: agency.validFrom,
  validTo: dayBefore(day),
})

/** Begun before a day and still in force on it: what a change of that day may end. */
const endsBy = (item: { validFrom: Day; validTo: Day | null }, day: Day): boolean => item.validFrom < day && inForce(item, day)

/** The version that a change of `day` may end; refused when there is none or a later one exists. */
function endable({ agencies }: Organisation, code: string, day: Day): Result<Agency> {
  const versions = agencies.filter((agency) => agency.code === code)
  const current = versions.find((agency) => endsBy(agency, day))
  if (!current) {
    return refuse(about(versions.some((agency) => agency.validFrom >= day) ? refusals.laterVersion : refusals.agencyNotFound, code))
  }
  if (versions.some((agency) => agency.validFrom >= day)) return refuse(about(refusals.laterVersion, code))
  return ok(current)
}

const childrenAfter = ({ agencies }: Organisation, code: string, day: Day): readonly Agency[] =>
  agencies.filter((agency) => agency.parentCode === code && (agency.validTo === null || agency.validTo >= day))

/** Refuses a change whose result could not stand: overlaps, a missing or lower parent, a cycle, children left behind. */
function sound(organisation: Organisation, change: OrganisationChange): Decision {
  const before = applyChange(organisation, { ...change, put: [] }).agencies
  const faults = validate(before, change.put)
  if (faults.length > 0) {
    const path = {
      code: 'code',
      parent_code: 'fields.parentCode',
      tier: 'fields.tier',
      valid_from: 'basis.day',
      valid_to: 'basis.day',
    } as const
    return refuse(impossible(faults.map(({ column, reason }) => ({ path: path[column], message: reason }))))
  }
  return ok(change)
}

/** A new agency with a code that nobody has at that time. */
export function openAgency(organisation: Organisation, input: { code: string; fields: AgencyFields; basis: Basis }): Decision {
  const { code, fields, basis } = input
  const taken = organisation.agencies.some((agency) => agency.code === code && (agency.validTo === null || agency.validTo >= basis.day))
  if (taken) return refuse(about(refusals.codeInUse, code))
  return sound(organisation, { ...noChange, put: [newVersion(code, fields, basis)] })
}

/** A new version of an agency: another name, parent or kind from a day on. The whole of it goes on. */
export function reviseAgency(organisation: Organisation, input: { code: string; fields: AgencyFields; basis: Basis }): Decision {
  const { code, fields, basis } = input
  const current = endable(organisation, code, basis.day)
  if (!current.ok) return current
  const old = current.value
  if (Object.entries(fields).every(([key, value]) => old[key as keyof AgencyFields] === value)) return refuse(refusals.nothingChanges)
  const version = newVersion(code, fields, basis)
  return sound(organisation, { ...noChange, close: [end(old, basis.day)], put: [version], lineage: [link(old, version, 'whole', basis)] })
}

/** The end of an agency without a successor. `lastDay` is its last day of work. */
export function closeAgency(organisation: Organisation, input: { code: string; lastDay: Day; note: string }): Decision {
  const current = endable(organisation, input.code, addDays(input.lastDay, 1))
  if (!current.ok) return current
  if (childrenAfter(organisation, input.code, addDays(input.lastDay, 1)).length > 0) return refuse(about(refusals.hasChildren, input.code))
  return ok({
    ...noChange,
    close: [{ code: input.code, validFrom: current.value.validFrom, validTo: input.lastDay }],
    closeHamlets: endHamlets(organisation, input.code, addDays(input.lastDay, 1), input.note),
  })
}

const hamletsOf = ({ hamlets }: Organisation, commune: string, day: Day): readonly Hamlet[] =>
  hamlets.filter((hamlet) => hamlet.communeCode === commune && endsBy(hamlet, day))

const endHamlets = (organisation: Organisation, commune: string, day: Day, note: string): OrganisationChange['closeHamlets'] =>
  hamletsOf(organisation, commune, day).map(({ code, validFrom }) => ({ code, validFrom, validTo: dayBefore(day), note }))

/**
 * Several agencies become one. `into` may be the code of one of them, which then goes on with a new version, or a new code.
 * Their hamlets move with them; agencies below them must be moved before.
 */
export function mergeAgencies(
  organisation: Organisation,
  input: { codes: readonly string[]; into: string; fields: AgencyFields; basis: Basis },
): Decision {
  const { into, fields, basis } = input
  const inForceInto = organisation.agencies.some((agency) => agency.code === into && endsBy(agency, basis.day))
  const codes = [...new Set([...input.codes, ...(inForceInto ? [into] : [])])]
  if (codes.length < 2) {
    const message = { vi: 'Chọn ít nhất hai cơ quan để nhập.', en: 'Choose at least two agencies to merge.' }
    return refuse(impossible([{ path: 'codes', message }]))
  }
  const old: Agency[] = []
  for (const code of codes) {
    const current = endable(organisation, code, basis.day)
    if (!current.ok) return current
    if (code !== into && childrenAfter(organisation, code, basis.day).length > 0) return refuse(about(refusals.hasChildren, code))
    old.push(current.value)
  }
  if (organisation.agencies.some((agency) => agency.code === into && agency.validFrom >= basis.day))
    return refuse(about(refusals.laterVersion, into))
  const version = newVersion(into, fields, basis)
  const moving = old.filter((agency) => agency.code !== into).flatMap((agency) => hamletsOf(organisation, agency.code, basis.day))
  return sound(organisation, {
    close: old.map((agency) => end(agency, basis.day)),
    put: [version],
    lineage: old.map((agency) => link(agency, version, 'whole', basis)),
    closeHamlets: moving.map(({ code, validFrom }) => ({ code, validFrom, validTo: dayBefore(basis.day), note: '' })),
    putHamlets: moving.map((hamlet) => ({ ...hamlet, validFrom: basis.day, validTo: null, communeCode: into, note: '' })),
  })
}

/**
 * One agency becomes parts of several: new codes, or its own code going on smaller. Its past figures cannot be given to them,
 * and its hamlets end without a commune until someone says where each lies.
 */
export function splitAgency(
  organisation: Organisation,
  input: { code: string; into: readonly { code: string; fields: AgencyFields }[]; basis: Basis },
): Decision {
  const { code, into, basis } = input
  const targets = new Set(into.map((target) => target.code))
  if (targets.size < 2 || targets.size !== into.length) {
    const message = { vi: 'Cần ít nhất hai mã khác nhau.', en: 'At least two different codes are needed.' }
    return refuse(impossible([{ path: 'into', message }]))
  }
  const current = endable(organisation, code, basis.day)
  if (!current.ok) return current
  if (!targets.has(code) && childrenAfter(organisation, code, basis.day).length > 0) return refuse(about(refusals.hasChildren, code))
  const taken = into.find(
    (target) =>
      target.code !== code &&
      organisation.agencies.some((agency) => agency.code === target.code && (agency.validTo === null || agency.validTo >= basis.day)),
  )
  if (taken) return refuse(about(refusals.codeInUse, taken.code))
  const versions = into.map((target) => newVersion(target.code, target.fields, basis))
  const note = 'Đơn vị cũ bị chia: chưa biết ấp, khóm này thuộc đơn vị mới nào'
  return sound(organisation, {
    ...noChange,
    close: [end(current.value, basis.day)],
    put: versions,
    lineage: versions.map((version) => link(current.value, version, 'part', basis)),
    closeHamlets: endHamlets(organisation, code, basis.day, note),
  })
}
