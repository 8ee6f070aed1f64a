import { RateLimiterMemory } from 'rate-limiter-flexible'
import { networkOf } from '../../../kernel/http/network.ts'
import { isProof } from '../../../kernel/phone-proof.ts'
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

// A code can be guessed (agency, day, serial), so the number of tries is what protects it: 10 from one place, 40 from anywhere.
const perPlace = new RateLimiterMemory({ points: 10, duration: 900 })
const perCode = new RateLimiterMemory({ points: 40, duration: 900 })

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
