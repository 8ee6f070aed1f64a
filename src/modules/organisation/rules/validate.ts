import type { Text } from '../../../kernel/i18n/index.ts'
import { type Agency, type AgencyKey, dayBefore, keyText, overlap, tiers } from './agency.ts'

/** What is wrong with one agency, at the column where it shows. */
export interface AgencyFault {
  readonly agency: Agency
  readonly column: 'code' | 'parent_code' | 'tier' | 'valid_from' | 'valid_to'
  readonly reason: Text
}

const fault = (agency: Agency, column: AgencyFault['column'], vi: string, en: string): AgencyFault => ({
  agency,
  column,
  reason: { vi, en },
})

/** Versions of one code that touch: when one says it ends on the day the next begins, it ends the day before. */
export function handOver<T extends AgencyKey & { validTo: string | null }>(versions: readonly T[]): T[] {
  const starts = new Set(versions.map(keyText))
  return versions.map((version) =>
    version.validTo !== null &&
    version.validTo > version.validFrom &&
    starts.has(keyText({ code: version.code, validFrom: version.validTo }))
      ? { ...version, validTo: dayBefore(version.validTo) }
      : version,
  )
}

const add = (map: Map<string, Agency[]>, agency: Agency): void => {
  const known = map.get(agency.code)
  if (known) known.push(agency)
  else map.set(agency.code, [agency])
}

const byCode = (agencies: readonly Agency[]): Map<string, Agency[]> => {
  const map = new Map<string, Agency[]>()
  for (const agency of agencies) add(map, agency)
  return map
}

/** Parents that a version has at some time of its life. */
const parentsOf = (agency: Agency, all: ReadonlyMap<string, readonly Agency[]>): readonly Agency[] =>
  agency.parentCode === null ? [] : (all.get(agency.parentCode) ?? []).filter((parent) => overlap(parent, agency))

function checkPlace(agency: Agency, all: ReadonlyMap<string, readonly Agency[]>): AgencyFault | undefined {
  if (agency.parentCode === null) return undefined
  if (!all.has(agency.parentCode)) {
    return fault(
      agency,
      'parent_code',
      `Không có cơ quan nào mã ${agency.parentCode}.`,
      `There is no agency with the code ${agency.parentCode}.`,
    )
  }
  const parents = parentsOf(agency, all)
  if (parents.length === 0) {
    return fault(
      agency,
      'parent_code',
      `Cơ quan cấp trên ${agency.parentCode} không hoạt động trong thời gian này.`,
      `The parent ${agency.parentCode} was not in force at that time.`,
    )
  }
  const rank = tiers.indexOf(agency.tier)
  const wrong = parents.find((parent) => {
    const above = tiers.indexOf(parent.tier)
    const bothCommittees = agency.kind === 'people_committee' && parent.kind === 'people_committee'
    return bothCommittees ? rank <= above : rank < above
  })
  if (wrong) {
    return fault(
      agency,
      'tier',
      `Cấp ${agency.tier} không thể nằm dưới ${wrong.code} (cấp ${wrong.tier}).`,
      `Tier ${agency.tier} cannot lie below ${wrong.code} (tier ${wrong.tier}).`,
    )
  }
  const seen = new Set([agency.code])
  const queue = [...parents]
  for (let at = queue.pop(); at; at = queue.pop()) {
    if (at.code === agency.code)
      return fault(agency, 'parent_code', `${agency.code} nằm dưới chính nó.`, `${agency.code} lies below itself.`)
    if (seen.has(at.code)) continue
    seen.add(at.code)
    queue.push(...parentsOf(at, all).filter((parent) => overlap(parent, agency)))
  }
  return undefined
}

/**
 * Checks incoming versions against those that are there. An incoming version replaces the one with the same key. Returns a fault for
 * each that cannot be: overlapping versions of a code, missing or lower parent, a cycle. Those that stand on a refused one fall too.
 */
export function validate(existing: readonly Agency[], incoming: readonly Agency[]): readonly AgencyFault[] {
  const faults = new Map<string, AgencyFault>()
  const replaced = new Set(incoming.map(keyText))
  const kept = existing.filter((agency) => !replaced.has(keyText(agency)))
  const original = existing.filter((agency) => replaced.has(keyText(agency)))

  const taken = byCode(kept)
  for (const agency of incoming) {
    const rival = (taken.get(agency.code) ?? []).find((other) => overlap(agency, other))
    if (rival) {
      const until = rival.validTo ?? '…'
      const words = [
        `Trùng thời gian với phiên bản ${rival.validFrom} – ${until} của ${agency.code}.`,
        `Overlaps the version ${rival.validFrom} – ${until} of ${agency.code}.`,
      ] as const
      faults.set(keyText(agency), fault(agency, 'valid_from', ...words))
    } else add(taken, agency)
  }
  // A refused row may have been the parent of others: look again until nothing more falls.
  for (let before = -1; before !== faults.size; ) {
    before = faults.size
    const standing = incoming.filter((agency) => !faults.has(keyText(agency)))
    // Where a refused row would have replaced a version, that version still stands.
    const back = original.filter((agency) => faults.has(keyText(agency)))
    const all = byCode([...kept, ...back, ...standing])
    for (const agency of standing) {
      const found = checkPlace(agency, all)
      if (found) faults.set(keyText(agency), found)
    }
  }
  return [...faults.values()]
}
