import type { Day } from '../../kernel/clock.ts'
import type { Grant, Role } from '../../kernel/context.ts'
import type { FactorLevel } from './rules/factor-policy.ts'
import type { FactorKind } from './store/factors.ts'

/**
 * What this module tells the event log. The subject is the officer, or the person who signed in. No event holds a password, a token, a code,
 * a key or a personal number.
 */
export interface IdentityEvents {
  'identity.officer-created': { username: string; name: string; position: string; agencyCode: string }
  'identity.officer-deactivated': { username: string; reason: string }
  'identity.officer-reactivated': { username: string }
  'identity.officer-contact-changed': { changed: string[] }
  'identity.password-changed': Record<never, never>
  'identity.password-reset': { temporaryUntil: string }
  'identity.role-granted': GrantedFacts
  'identity.role-delegated': GrantedFacts & { delegatedFrom: string }
  'identity.role-revoked': { grantId: string; role: Grant['role']; agencyCode: string; reason: string }
  'identity.permission-changed': { role: Role; action: string; from: string; to: string }
  'identity.session-policy-changed': { subjectKind: 'citizen' | 'officer'; idleMinutes: number; absoluteMinutes: number }
  'identity.signed-in': { way: 'password' | 'electronic-identity'; factor?: ProofKind | undefined; address: string; device: string }
  'identity.factor-added': { kind: FactorKind; name: string }
  'identity.factor-removed': { kind: FactorKind; name: string }
  'identity.factor-reset': { removed: number; reason: string }
  'identity.factor-confirmed': { kind: ProofKind; address: string }
  'identity.factor-refused': { kind: ProofKind; used: boolean; address: string }
  'identity.factor-locked': { address: string }
  'identity.recovery-codes-made': { count: number }
  'identity.recovery-code-used': { left: number }
  'identity.factor-policy-changed': { role: Grant['role']; level: FactorLevel; validFrom: Day }
  'identity.factor-setting-changed': { freshMinutes: number }
  'identity.locked-out': { address: string }
  'identity.person-first-seen': { issuer: string; name: string }
  'identity.profile-changed': { changed: string[] }
}

/** What was shown to prove who one is, besides the password. */
export type ProofKind = FactorKind | 'recovery'

interface GrantedFacts {
  grantId: string
  role: Grant['role']
  agencyCode: string
  subtree: boolean
  validFrom: Day
  validTo: Day | null
  reason: string
}

/** A typed event of this module, ready for `record`. */
export const happened = <Type extends keyof IdentityEvents>(
  type: Type,
  subject: string,
  data: IdentityEvents[Type],
  agencyCode?: string,
): { type: Type; subject: string; data: IdentityEvents[Type]; agencyCode?: string } => ({
  type,
  subject,
  data,
  ...(agencyCode === undefined ? {} : { agencyCode }),
})
