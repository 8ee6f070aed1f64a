import type { App } from '../../kernel/app.ts'
import type { Context } from '../../kernel/context.ts'
import { type Refusal, Refused } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import type { SentForm } from '../../kernel/http/form.ts'
import { ok } from '../../kernel/result.ts'
import { type Proof, proveFactor } from './commands/prove-factor.ts'
import { refusals } from './errors.ts'
import { happened } from './events.ts'
import { originOf } from './pages/ways.ts'
import type { RelyingParty } from './passkey.ts'
import { type IdentitySession, placeOf } from './sessions.ts'
import { factorsOf, freshMinutes, markProved } from './store/factors.ts'
import { findCredentialsById } from './store/officers.ts'

/** Names of the inputs that bring a proof; no form of ours uses them for anything else. */
export const PROOF_FIELDS = ['_ma', '_du-phong', '_khoa', '_thach'] as const

/** Whose pages these are, to a passkey. */
export const partyOf = (c: Web): RelyingParty => ({ origin: originOf(c), name: `Cửa Số ${c.get('app').province.name}` })

/** The proof a form brought; taken out of it, so that what follows sees only its own values. */
export function takeProof(values: URLSearchParams): Proof | undefined {
  const [code = '', recovery = '', passkey = '', challenge = ''] = PROOF_FIELDS.map((name) => values.get(name)?.trim() ?? '')
  for (const name of PROOF_FIELDS) values.delete(name)
  return code || recovery || passkey ? { code, recovery, passkey, challenge } : undefined
}

/** A form that waits for its proof: shown again with the question, nothing of it lost. */
export interface Waiting {
  readonly sent: SentForm
  /** What was wrong with the proof it brought. */
  readonly wrong?: Refusal
}

const waiting = new WeakMap<Request, Waiting>()

/** The form of this request that waits for a proof, if it does. */
export const waitingForm = (c: Web): Waiting | undefined => waiting.get(c.req.raw)

const isFresh = (c: Web, at: IdentitySession['factorAt'], minutes: number): boolean =>
  at !== null && c.get('app').clock().epochMilliseconds - at.epochMilliseconds < minutes * 60_000

/** Whether this session may do what matters without being asked: it proved a factor lately, or its officer has none. */
export async function isProvedLately(c: Web): Promise<boolean> {
  const session = c.get('session') as IdentitySession | undefined
  if (session?.actor.kind !== 'officer') return true
  const app: App = c.get('app')
  const { officerId } = session.actor
  const { factors, minutes } = await app.db.snapshot(app.province, async (tx) => ({
    factors: await factorsOf(tx, officerId),
    minutes: await freshMinutes(tx, app.clock()),
  }))
  return factors.length === 0 || isFresh(c, session.factorAt, minutes)
}

/**
 * Before an act that matters (`confirm` at its route): lets it pass when the officer has no second factor, proved it lately, or proves it
 * with this form. Otherwise the form waits: `confirmPage` shows the question with everything that was typed. ASVS 5.0 7.5.3.
 */
export async function confirmActor(c: Web, sent?: SentForm): Promise<void> {
  const session = c.get('session') as IdentitySession | undefined
  if (session?.actor.kind !== 'officer') return
  const proof = sent && takeProof(sent.values)
  if (await isProvedLately(c)) return
  const app: App = c.get('app')
  const { officerId } = session.actor
  const wait = (wrong?: Refusal): never => {
    if (sent) waiting.set(c.req.raw, { sent, ...(wrong ? { wrong } : {}) })
    throw new Refused(wrong ?? refusals.confirmNeeded)
  }
  if (!proof) return wait()
  const officer = await app.db.read(app.province, (tx) => findCredentialsById(tx, officerId))
  if (!officer) return wait()
  const place = placeOf(c)
  const proved = await proveFactor(app, { officer, proof, place, party: partyOf(c) }, async (cx, kind) => {
    await markProved(cx.tx, session.tokenHash, cx.now)
    const facts = { kind, address: place.address }
    return ok({ value: null, events: [happened('identity.factor-confirmed', officer.id, facts, officer.agencyCode)] })
  })
  if (!proved.ok) wait(proved.error)
}

/** This session has just proved a factor by setting it up. */
export async function markProvedNow(c: Web, cx: Pick<Context, 'tx' | 'now'>): Promise<void> {
  const session = c.get('session') as IdentitySession | undefined
  if (session) await markProved(cx.tx, session.tokenHash, cx.now)
}
