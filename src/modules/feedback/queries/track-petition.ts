import { RateLimiterMemory } from 'rate-limiter-flexible'
import { networkOf } from '../../../kernel/http/network.ts'
import { isProof } from '../../../kernel/phone-proof.ts'
import { parseReference } from '../../../kernel/reference.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { filedTooOften, notTracked, trackedTooOften } from '../errors.ts'
import * as store from '../store.ts'
import { type OwnPetition, ownView } from './petition-view.ts'
import { type Asker, type QueryHost, readerOf } from './reader.ts'

export interface TrackPetition {
  /** As typed, with or without PA. */
  readonly reference: string
  readonly phone: string
  /** Where the question comes from, for the rate limit. */
  readonly address: string
}

// The reference cannot be guessed and the phone's end has a million values: the number of tries keeps it so.
const perPlace = new RateLimiterMemory({ points: 10, duration: 900 })
const perReference = new RateLimiterMemory({ points: 40, duration: 900 })
const filings = new RateLimiterMemory({ points: 10, duration: 3600 })

/** A reference as people type it; undefined when its check character says no. */
export function parsePetitionReference(typed: string): string | undefined {
  const plain = parseReference(typed.trim().replace(/^PA[\s\-–—.]*/i, ''))
  return plain && `PA-${plain}`
}

/**
 * A petition, for whoever knows its reference and the end of the phone number. A wrong reference and a wrong proof get the same answer
 * after the same work. Refusals: petition.not-tracked, petition.tracked-too-often.
 */
export async function trackPetition(host: QueryHost, asker: Asker, input: TrackPetition): Promise<Result<OwnPetition>> {
  const reader = await readerOf(host, asker)
  const reference = parsePetitionReference(input.reference) ?? ''
  const found = await reader.read((tx) => store.findPetitionByReference(tx, reference))
  const proven = isProof(input.phone, found?.phone ?? null)
  const place = `${asker.province.slug} ${networkOf(input.address)}`
  const key = `${asker.province.slug} ${reference}`
  try {
    await perPlace.consume(place)
    await perReference.consume(key)
  } catch {
    return refuse(trackedTooOften)
  }
  if (!found || !proven) return refuse(notTracked)
  await perPlace.reward(place)
  await perReference.reward(key)
  return ok(await ownView(reader, found))
}

/** Ten petitions an hour from one place: a shared counter computer never sends more, a machine soon does. */
export async function mayFileFrom(asker: Asker, address: string): Promise<Result<true>> {
  try {
    await filings.consume(`${asker.province.slug} ${networkOf(address)}`)
    return ok(true)
  } catch {
    return refuse(filedTooOften)
  }
}
