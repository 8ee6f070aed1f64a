import type { Temporal } from 'temporal-polyfill'
import type { Refusal } from '../../../kernel/errors.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import * as refusals from '../errors.ts'
import type { DossierEvent, Resumption } from '../events.ts'
import { type Decided, make, one, permitted, several, withLedger, withNote } from './decide.ts'
import type { Clock, Dossier } from './dossier.ts'

const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount > 0

export interface PaymentRequest {
  /** What the money is for, in words the applicant will read. */
  readonly note: string
  /** In VND, still to be paid. */
  readonly amountVnd: number
  readonly items?: readonly string[] | undefined
  /** Whether the clock stands still, by the dated rule of the agency. */
  readonly pauses: boolean
  readonly ledger?: Clock | undefined
}

/** Status 6: a fee or tax notice goes out. */
export function decideRequestPayment(dossier: Dossier, input: PaymentRequest, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'request-payment', input.note)
  if (refusal) return refuse(refusal)
  if (!isAmount(input.amountVnd)) return refuse(refusals.amountNeeded)
  return one(
    dossier,
    make('dossier.payment-requested', now, {
      note: input.note.trim(),
      amountVnd: input.amountVnd,
      items: input.items ?? [],
      pauses: input.pauses,
      ...withLedger(dossier, input.ledger),
    }),
  )
}

export interface Payment {
  readonly amountVnd: number
  readonly online: boolean
  readonly note?: string | undefined
}

function paid(dossier: Dossier, input: Payment, now: Temporal.Instant): Result<DossierEvent, Refusal> {
  const owed = dossier.feeVnd - dossier.paidVnd
  if (!isAmount(input.amountVnd) || input.amountVnd > owed) return refuse(refusals.amountNotOwed(owed))
  return { ok: true, value: make('dossier.paid', now, { amountVnd: input.amountVnd, online: input.online, ...withNote(input.note) }) }
}

/**
 * Money that came in for this dossier, in VND. When a payment notice was out and nothing more is owed, the work goes on (6 → 4):
 * `resumed` says how the clock went on.
 */
export function decidePay(
  dossier: Dossier,
  input: Payment & { resumed?: Resumption | undefined; ledger?: Clock | undefined },
  now: Temporal.Instant,
): Decided {
  const refusal = permitted(dossier, 'pay')
  if (refusal) return refuse(refusal)
  const payment = paid(dossier, input, now)
  if (!payment.ok) return payment
  const settles = dossier.stage === 'payment' && input.resumed && dossier.paidVnd + input.amountVnd >= dossier.feeVnd
  if (!settles) return one(dossier, payment.value)
  const settled = make('dossier.payment-settled', now, { ...(input.resumed as Resumption), ...withLedger(dossier, input.ledger) })
  return several(dossier, [payment.value, settled])
}

export interface PaymentSettled {
  readonly note?: string | undefined
  /** Paid to the office with this very step. */
  readonly amountVnd?: number | undefined
  readonly online?: boolean | undefined
  /** Paid to the treasury or a bank: the officer has seen the proof, and says so in the note. */
  readonly elsewhere?: boolean | undefined
  /** Nothing is asked for any more. */
  readonly cancelled?: boolean | undefined
  readonly resumed: Resumption
  readonly ledger?: Clock | undefined
}

/** Status 6 → 4: what was asked for is paid, here or elsewhere, or is asked for no more. Nobody goes on while money is owed. */
export function decideSettlePayment(dossier: Dossier, input: PaymentSettled, now: Temporal.Instant): Decided {
  const refusal = permitted(dossier, 'settle-payment')
  if (refusal) return refuse(refusal)
  if ((input.elsewhere || input.cancelled) && !input.note?.trim()) return refuse(refusals.reasonNeeded)
  const events: DossierEvent[] = []
  const owed = dossier.feeVnd - dossier.paidVnd
  const amountVnd = input.cancelled ? 0 : (input.amountVnd ?? (input.elsewhere ? owed : 0))
  if (amountVnd !== 0) {
    const payment = paid(dossier, { amountVnd, online: input.online ?? false }, now)
    if (!payment.ok) return payment
    events.push(payment.value)
  }
  if (owed - amountVnd > 0 && !input.cancelled) return refuse(refusals.stillOwed(owed - amountVnd))
  events.push(
    make('dossier.payment-settled', now, {
      ...input.resumed,
      ...(input.elsewhere ? { elsewhere: true as const } : {}),
      ...(input.cancelled ? { cancelled: true as const } : {}),
      ...withLedger(dossier, input.ledger),
      ...withNote(input.note),
    }),
  )
  return several(dossier, events)
}
