import { hash } from 'node:crypto'

/**
 * One row of the event log as PostgreSQL prints it: every value as text, so that what is hashed is what is stored, digit for digit.
 * (`jsonb` keeps numbers as decimals of any length; reading them as JavaScript numbers would hide a change in the 17th digit.)
 */
export interface EventText {
  readonly position: string
  readonly tx: string
  /** ISO 8601 in UTC with six decimals. */
  readonly at: string
  readonly type: string
  readonly subject: string
  readonly agency_code: string | null
  readonly actor: string
  readonly request_id: string | null
  readonly data: string
}

/** The columns of {@link EventText}; `jsonb` text has one spelling for one value (keys ordered, no spaces to choose). */
export const eventTextColumns = `position::text as position, tx::text as tx,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  type, subject::text as subject, agency_code, actor::text as actor, request_id::text as request_id, data::text as data`

/** An event as bytes: a JSON array of strings and nulls, which is its own RFC 8785 canonical form. */
export const canonicalEvent = (event: EventText): string =>
  JSON.stringify([
    'cuaso-event-1',
    event.position,
    event.tx,
    event.at,
    event.type,
    event.subject,
    event.agency_code,
    event.actor,
    event.request_id,
    event.data,
  ])

/** Leaf hash of RFC 6962 §2.1: SHA-256(0x00 ‖ event). */
export const leafHash = (event: EventText): Buffer => hash('sha256', `\x00${canonicalEvent(event)}`, 'buffer')
