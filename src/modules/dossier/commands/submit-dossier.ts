import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Actor, Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Channel } from '../../../kernel/events.ts'
import type { Result } from '../../../kernel/result.ts'
import { findMachine, insertFilingDevice, type OfficeMachine, putMachine } from '../device-store.ts'
import { notOnline, unknownProcedure, wrongAgency, wrongForm } from '../errors.ts'
import { findProcedure, loadUnits, type ProcedureFacts } from '../facts.ts'
import { type Applicant, type Dossier, newDossier, paperCounts } from '../rules/dossier.ts'
import { type Decision, decidePay, decideReceive, decideSubmit, type PaperInput, recordPapers } from '../rules/lifecycle.ts'
import { makeReference } from '../rules/reference.ts'
import type { Representation } from '../rules/representation-rule.ts'
import type { DossierSummary } from '../view.ts'
import { dueOf, nextSerial } from './receive-dossier.ts'
import { create, papersFrom } from './step.ts'

export interface SubmitDossier {
  readonly procedureCode: string
  /** The agency that resolves it. */
  readonly agencyCode: string
  /** The counter that takes it in; the resolving agency's own when absent. */
  readonly receptionAgencyCode?: string | undefined
  /** A citizen's own filing is always `online`; a clerk says `counter`, `post`, or `online` when filing for somebody (assisted). */
  readonly channel?: Channel | undefined
  readonly applicant: {
    readonly name: string
    readonly number?: string | null
    readonly phone?: string | null
    readonly email?: string | null
  }
  /** The account the dossier belongs to, when a clerk files for a known person. */
  readonly submitterId?: string | null | undefined
  /** Who files it in the applicant's name, by what right; the papers of proof are among the papers. */
  readonly representation?: Representation | null | undefined
  readonly formCode?: string | null | undefined
  readonly formVersion?: number | null | undefined
  readonly answers?: Readonly<Record<string, unknown>> | undefined
  readonly papers?: readonly PaperInput[] | undefined
  /** At the counter: receive it at once, code and due date on the receipt. */
  readonly receive?: boolean | undefined
  /** What was paid on the spot, in VND. */
  readonly paid?: { readonly amountVnd: number; readonly online: boolean } | undefined
  /** The mark of the browser's device (see device-mark.ts), for online filings through the pages. Kept beside the dossier, never in its events. */
  readonly device?: string | undefined
}

interface Filing {
  channel: Channel
  assisted: boolean
  submitterId: string | null
  assistanceAgencyCode: string | null
}

/**
 * Step 1: who files, and how that is recorded. A clerk who files online for somebody is recorded as helping. Receiving and taking money
 * are steps of the office: whoever asks for them with the filing needs the right to them, also when it is their own dossier.
 */
function filingOf(cx: Context, input: SubmitDossier, reception: string): Filing {
  const actor: Actor = cx.actor
  const agencies = { agencyCodes: [reception, input.agencyCode] }
  if (input.receive) allow(cx, 'dossier.receive', agencies)
  if (input.paid) allow(cx, 'dossier.pay', agencies)
  if (actor.kind === 'citizen') {
    allow(cx, 'dossier.submit', { personId: actor.personId })
    return { channel: 'online', assisted: false, submitterId: actor.personId, assistanceAgencyCode: null }
  }
  const channel = input.channel ?? 'counter'
  const assisted = channel === 'online' && actor.kind === 'officer'
  allow(cx, assisted ? 'dossier.assist' : 'dossier.submit', agencies)
  return { channel, assisted, submitterId: input.submitterId ?? null, assistanceAgencyCode: assisted ? reception : null }
}

/**
 * A form sent along is the procedure's own; a citizen sends it whenever there is one. Offices also take in what came on paper, without.
 */
function hasRightForm(actor: Actor, procedure: ProcedureFacts, { formCode, formVersion }: SubmitDossier): boolean {
  if (formCode && formVersion) return formCode === procedure.form
  return actor.kind !== 'citizen' || procedure.form === null
}

/** As people write it, with +84 or spaces → as it is stored and searched: 0 and nine digits. */
const plainPhone = (phone: string | null | undefined): string | null =>
  phone?.replace(/[\s.-]/g, '').replace(/^\+?84(?=\d{9}$)/, '0') || null

/** Whoever files for themselves and gives no number has their own; in somebody else's name it is never the filer's. */
const applicantOf = (cx: Context, { applicant: given, representation }: SubmitDossier): Applicant => ({
  name: given.name.trim(),
  number: given.number ?? (cx.actor.kind === 'citizen' && !representation ? (cx.actor.personalNumber ?? null) : null),
  phone: plainPhone(given.phone ?? (cx.actor.kind === 'citizen' ? cx.actor.phone : null)),
  email: given.email ?? null,
})

function compose(cx: Context, input: SubmitDossier, filing: Filing, procedure: ProcedureFacts, reception: string): Dossier {
  const papers = recordPapers(papersFrom(cx.actor, input.papers), 'component', 0).map((record) => ({ ...record, addedAt: cx.now }))
  return newDossier({
    id: cx.id(),
    reference: makeReference(cx.random(7)),
    procedureCode: procedure.code,
    procedureVersion: procedure.version,
    procedureName: procedure.name,
    agencyCode: input.agencyCode,
    receptionAgencyCode: reception,
    ...filing,
    submittedAt: cx.now,
    applicant: applicantOf(cx, input),
    representation: input.representation ?? null,
    formCode: input.formCode ?? null,
    formVersion: input.formVersion ?? null,
    answers: input.answers ?? {},
    feeVnd: procedure.feeVnd,
    returnsResult: procedure.returnsResult,
    papers,
    ...paperCounts(papers),
  })
}

/**
 * What was sent from a machine an office named for helping people is recorded as sent with that office's help, also under the
 * citizen's own account. An officer who files for somebody makes the machine known as an office's.
 */
async function machineOf(cx: Context, { device }: SubmitDossier, filing: Filing): Promise<OfficeMachine | undefined> {
  if (!device || filing.channel !== 'online') return undefined
  if (!filing.assisted || !filing.assistanceAgencyCode) return findMachine(cx.tx, device)
  const byName = cx.actor.kind === 'officer' ? cx.actor.name : cx.actor.kind
  return putMachine(cx.tx, { id: cx.id(), mark: device, agencyCode: filing.assistanceAgencyCode, name: null, byName }, cx.now)
}

const join = (first: Decision, second: Decision): Decision => ({ events: [...first.events, ...second.events], next: second.next })

/**
 * Files a dossier: online by a citizen, at the counter or by post by a clerk, or online by a clerk for somebody who needs help
 * (recorded as assisted). Gives an unguessable tracking reference; with `receive` also the official code and the due date.
 * Refusals: dossier.unknown-procedure, dossier.not-online, dossier.wrong-form, dossier.wrong-agency.
 */
export async function submitDossier(cx: Context, input: SubmitDossier): Promise<Result<DossierSummary>> {
  const reception = input.receptionAgencyCode ?? input.agencyCode
  const filing = filingOf(cx, input, reception)

  const today = dayOf(cx.now)
  const [procedure, units] = await Promise.all([findProcedure(cx.tx, input.procedureCode, today), loadUnits(cx.tx)])
  if (!procedure) throw new Refused(unknownProcedure)
  if (filing.channel === 'online' && procedure.serviceLevel === 'none') throw new Refused(notOnline)
  if (!hasRightForm(cx.actor, procedure, input)) throw new Refused(wrongForm)
  if (!units.resolves(input.agencyCode, procedure.resolver, today) || !units.exists(reception, today)) throw new Refused(wrongAgency)

  const machine = await machineOf(cx, input, filing)
  const helped = machine?.name && !filing.assisted && units.exists(machine.agencyCode, today)
  const recorded = helped ? { ...filing, assisted: true, assistanceAgencyCode: machine.agencyCode } : filing
  const submitted = decideSubmit(compose(cx, input, recorded, procedure, reception), cx.now)
  if (!submitted.ok) return submitted
  let decision = submitted.value
  if (input.paid) {
    const paid = decidePay(decision.next, input.paid, cx.now)
    if (!paid.ok) return paid
    decision = join(decision, paid.value)
  }
  if (input.receive) {
    const due = await dueOf(cx, decision.next, procedure)
    const received = decideReceive(
      decision.next,
      { ...due, feeVnd: procedure.feeVnd, procedureVersion: procedure.version, serial: await nextSerial(cx, decision.next) },
      cx.now,
    )
    if (!received.ok) return received
    decision = join(decision, received.value)
  }
  if (input.device && filing.channel === 'online')
    await insertFilingDevice(cx.tx, decision.next.id, input.device, machine?.id ?? null, cx.now)
  return create(cx, decision)
}
