import { createHash, timingSafeEqual } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { networkOf } from '../../../kernel/http/network.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import { notTracked, trackedTooOften } from '../errors.ts'
import { parseCode } from '../rules/code.ts'
import { parseReference } from '../rules/reference.ts'
import * as store from '../store.ts'
import { type CitizenView, dossierForTracking } from './dossier-view.ts'
import type { Asker, QueryHost } from './reader.ts'

export interface TrackDossier {
  /** Tracking reference or official code, as typed. */
  readonly code: string
  /** The last digits of the phone number given at filing, or the whole number. */
  readonly phone?: string | undefined
  /** Where the question comes from, for the rate limit. */
  readonly address: string
}

/** How many last digits of the phone number are enough. */
export const PROOF_DIGITS = 6

// A code can be guessed (agency, day, serial), so the number of tries is what protects it: 10 from one place, 40 from anywhere.
const perPlace = new RateLimiterMemory({ points: 10, duration: 900 })
const perCode = new RateLimiterMemory({ points: 40, duration: 900 })

const digitsOf = (text: string | null | undefined): string => (text ?? '').replace(/\D/g, '').replace(/^84(?=\d{9}$)/, '0')

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether the phone digits prove who asks; takes the same time whatever is wrong. */
export function isProof(given: string | undefined, phone: string | null): boolean {
  const typed = digitsOf(given)
  const known = digitsOf(phone)
  const wanted = typed.length > PROOF_DIGITS ? known : known.slice(-PROOF_DIGITS)
  const same = timingSafeEqual(digest(typed), digest(wanted))
  return same && typed.length >= PROOF_DIGITS && known.length >= PROOF_DIGITS
}

/**
 * Where a dossier stands, for whoever knows its code and the applicant's phone digits, or is signed in as the applicant. A wrong code
 * and a wrong proof get the same answer after the same work: one exact look-up and one comparison.
 * Refusals: dossier.not-tracked, dossier.tracked-too-often.
 */
export async function trackDossier(host: QueryHost, asker: Asker, input: TrackDossier): Promise<Result<CitizenView>> {
  const reference = parseReference(input.code) ?? null
  const code = parseCode(input.code)?.text ?? null
  const key = reference ?? code ?? ''
  const found = await host.db.read(asker.province, (tx) => store.findByKey(tx, { reference, code }))
  const own = asker.actor.kind === 'citizen' && found !== undefined && found.submitterId === asker.actor.personId
  const proven = isProof(input.phone, found?.phone ?? null)
  if (!own) {
    const place = `${asker.province.slug} ${networkOf(input.address)}`
    const dossier = `${asker.province.slug} ${key}`
    try {
      // One after the other: whoever has used up their own tries does not use up those of the code, and keeps nobody else out.
      await perPlace.consume(place)
      await perCode.consume(dossier)
    } catch {
      return refuse(trackedTooOften)
    }
    if (!found || !proven) return refuse(notTracked)
    // A right answer is no guess: it does not use up the tries of the next person at the same counter.
    await perPlace.reward(place)
    await perCode.reward(dossier)
  }
  return dossierForTracking(host, asker, found.id, own)
}
