import { createHash } from 'node:crypto'
import type { NewEvent } from '../../kernel/events.ts'
import { noChange, type OrganisationChange } from './rules/change.ts'

/** Every event of this module carries an `OrganisationChange`; applying them in order rebuilds the tree. */
export const organisationEvents = [
  'organisation.opened',
  'organisation.revised',
  'organisation.closed',
  'organisation.merged',
  'organisation.split',
  'organisation.imported',
] as const
export type OrganisationEventType = (typeof organisationEvents)[number]

/** The subject of an agency's events: a UUID made from its code, the same on every machine (RFC 9562, version 5 layout). */
export function agencySubject(code: string): string {
  const hash = createHash('sha1').update(`cuaso:agency:${code}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex').slice(0, 32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const changeEvent = (type: OrganisationEventType, code: string, change: OrganisationChange): NewEvent => ({
  type,
  subject: agencySubject(code),
  agencyCode: code,
  data: change,
})

const PIECE = 400

const pieces = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / PIECE) }, (_, at) => items.slice(at * PIECE, (at + 1) * PIECE))

/** A large change as several events of readable size: agencies, then their links, then their hamlets. */
export const importEvents = (code: string, change: OrganisationChange): NewEvent[] =>
  [
    ...pieces(change.put).map((put) => ({ ...noChange, put })),
    ...pieces(change.lineage).map((lineage) => ({ ...noChange, lineage })),
    ...pieces(change.putHamlets).map((putHamlets) => ({ ...noChange, putHamlets })),
  ].map((piece) => changeEvent('organisation.imported', code, piece))
