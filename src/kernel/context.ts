import type { Temporal } from 'temporal-polyfill'
import type { Access } from './access/index.ts'
import type { Province, Tx } from './database/index.ts'
import type { Locale } from './i18n/index.ts'

export type Role = 'citizen' | 'clerk' | 'specialist' | 'unit_head' | 'reform_officer' | 'leader' | 'administrator'

/** Roles an officer can be given at an agency. A citizen is one by signing in as one. */
export const officerRoles: readonly Exclude<Role, 'citizen'>[] = [
  'clerk',
  'specialist',
  'unit_head',
  'reform_officer',
  'leader',
  'administrator',
]

/** A role held at an agency; with `subtree`, also at everything below it. */
export interface Grant {
  readonly role: Exclude<Role, 'citizen'>
  readonly agencyCode: string
  readonly subtree: boolean
  /** The role is another officer's, handed on while they are away: what waits for them may be done in their place. */
  readonly onBehalfOf?: { readonly officerId: string; readonly name: string } | undefined
}

export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'citizen'
      readonly personId: string
      readonly name: string
      readonly personalNumber?: string | undefined
      readonly phone?: string | undefined
    }
  | {
      readonly kind: 'officer'
      readonly officerId: string
      readonly name: string
      readonly grants: readonly Grant[]
      /** Set by a command that this officer may do only in somebody's place; the log says so. */
      readonly actingFor?: { readonly officerId: string; readonly name: string } | undefined
    }
  | { readonly kind: 'system'; readonly name: string }

export type Officer = Extract<Actor, { kind: 'officer' }>
export type Citizen = Extract<Actor, { kind: 'citizen' }>

/** Names an actor for the event log and the request log: never a personal number, never a secret. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'citizen':
      return `citizen:${actor.personId}`
    case 'officer':
      return `officer:${actor.officerId}`
    case 'system':
      return `system:${actor.name}`
    default:
      return 'anonymous'
  }
}

/** What a command works with: its transaction, who asks, and every source of the unpredictable (time, ids, chance). */
export interface Context {
  readonly tx: Tx
  readonly now: Temporal.Instant
  readonly actor: Actor
  readonly requestId: string
  readonly command: string
  readonly province: Province
  readonly locale: Locale
  readonly access: Access
  /** A new UUID, ordered by time. */
  id(): string
  random(bytes: number): Uint8Array
}
