import type { Issuer } from './facts.ts'
import { areaOfName, placeName } from './words.ts'

/** An agency as the head of a document needs it, from the top of the tree down to itself. */
export interface HeadAgency {
  readonly code: string
  readonly name: string
  readonly kind: string
}

/**
 * How an agency heads a document: the level above it stands first, except for a people's committee, which has none; the place is that
 * of the nearest people's committee (NĐ 30/2020/NĐ-CP, Annex I, part II). `path` ends with the agency.
 */
export function issuerOf(path: readonly HeadAgency[], province: string): Issuer {
  const agency = path.at(-1)
  const committees = path.filter(({ kind }) => kind === 'people_committee')
  const committee = committees.at(-1)
  const above = agency && agency !== committee ? (path.at(-2)?.name ?? null) : null
  const area = committee && areaOfName(committee.name)
  return { code: agency?.code ?? '', superior: above, name: agency?.name ?? '', place: placeName(area ?? province) }
}
