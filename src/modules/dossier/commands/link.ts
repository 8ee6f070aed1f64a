import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { LinkedProcedure, VersionBody } from '../../catalogue/index.ts'
import { unknown } from '../errors.ts'
import { findProcedure, loadUnits } from '../facts.ts'
import { linkRefusals } from '../routing-errors.ts'
import * as routing from '../routing-store.ts'
import { type Dossier, newDossier, type Paper, paperCounts } from '../rules/dossier.ts'
import { decideSubmit } from '../rules/lifecycle.ts'
import { makeReference } from '../rules/reference.ts'
import * as store from '../store.ts'
import { type Followed, isoOf } from './routing-follow.ts'

const linkOf = (parentId: string, at: number, linked: LinkedProcedure): routing.Link => ({
  parentId,
  number: at + 1,
  procedureCode: linked.code,
  start: linked.start,
  afterCode: linked.after ?? null,
  namedAgency: linked.agencyCode ?? null,
  withPapers: linked.papers,
  childId: null,
  startedAt: null,
  trouble: null,
  fedBackAt: null,
})

/** Papers that go along: what was handed in when the link says so, and results that it waits for. All of them the office already has. */
const passedOn = (papers: readonly Paper[], cx: Context): Paper[] =>
  papers
    .filter(({ voided }) => !voided)
    .map((paper, at) => ({ ...paper, number: at + 1, kind: 'component', componentCode: null, reused: true, addedAt: cx.now }))

const handedIn = (dossier: Dossier): readonly Paper[] => dossier.papers.filter(({ kind }) => kind !== 'result')
const results = (dossier: Dossier): readonly Paper[] => dossier.papers.filter(({ kind }) => kind === 'result')

interface Started {
  readonly link: routing.Link
  readonly events: readonly NewEvent[]
}

/** Why a linked dossier did not begin by itself; a person chooses the agency then. */
type Trouble = 'not-in-force' | 'no-agency'

/** Begins a linked dossier: filed for the same person, at its own agency, which receives it with its own code and clock. */
async function begin(cx: Context, parent: Dossier, link: routing.Link, source: Dossier): Promise<Started> {
  const today = dayOf(cx.now)
  const procedure = await findProcedure(cx.tx, link.procedureCode, today)
  const named = {
    parentId: parent.id,
    number: link.number,
    procedureCode: link.procedureCode,
    procedureName: procedure?.name ?? link.procedureCode,
  }
  const failed = (trouble: Trouble): Started => ({
    link: { ...link, trouble },
    events: [{ type: 'routing.link-failed', subject: parent.id, agencyCode: parent.agencyCode, data: { ...named, trouble } }],
  })
  if (!procedure) return failed('not-in-force')
  const { resolver } = procedure
  const units = await loadUnits(cx.tx)
  const choices = [resolver.kind === 'agency' ? resolver.agencyCode : link.namedAgency, parent.agencyCode, parent.receptionAgencyCode]
  const agencyCode = choices.find((code) => code !== null && units.resolves(code, resolver, today))
  if (!agencyCode) return failed('no-agency')
  const fromResult = link.start === 'result' ? results(source) : []
  const papers = passedOn([...fromResult, ...(link.withPapers ? handedIn(parent) : [])], cx)
  const child = newDossier({
    id: cx.id(),
    reference: makeReference(cx.random(7)),
    procedureCode: procedure.code,
    procedureVersion: procedure.version,
    procedureName: procedure.name,
    agencyCode,
    receptionAgencyCode: agencyCode,
    assistanceAgencyCode: parent.receptionAgencyCode,
    channel: parent.channel,
    submitterId: parent.submitterId,
    submittedAt: cx.now,
    applicant: parent.applicant,
    formCode: parent.formCode,
    formVersion: parent.formVersion,
    answers: parent.answers,
    feeVnd: procedure.feeVnd,
    returnsResult: procedure.returnsResult,
    source: parent.source,
    papers,
    ...paperCounts(papers),
  })
  const submitted = decideSubmit(child, cx.now)
  if (!submitted.ok) throw new Refused(submitted.error)
  const { next, events } = submitted.value
  await store.insert(cx.tx, next)
  return {
    link: { ...link, childId: next.id, startedAt: isoOf(cx.now), trouble: null },
    events: [
      ...events.map(({ type, data }) => ({ type, subject: next.id, agencyCode: next.agencyCode, data })),
      {
        type: 'routing.linked',
        subject: parent.id,
        agencyCode: parent.agencyCode,
        data: { ...named, childId: next.id, reference: next.reference, agencyCode },
      },
    ],
  }
}

async function beginAll(cx: Context, parent: Dossier, links: readonly routing.Link[], source: Dossier): Promise<NewEvent[]> {
  const events: NewEvent[] = []
  for (const link of links) {
    const started = await begin(cx, parent, link, source)
    await routing.saveLink(cx.tx, started.link)
    events.push(...started.events)
  }
  return events
}

/** At reception: the links that its procedure names are written down, those that begin with the filing begin. */
async function received(cx: Context, parent: Dossier, body: VersionBody | undefined): Promise<NewEvent[]> {
  if (!body?.linked?.length) return []
  // Received a second time after a reception was taken back: what has begun goes on.
  if ((await routing.findLinks(cx.tx, parent.id)).length > 0) return []
  const links = body.linked.map((linked, at) => linkOf(parent.id, at, linked))
  for (const link of links) await routing.saveLink(cx.tx, link)
  return beginAll(
    cx,
    parent,
    links.filter(({ start }) => start === 'filing'),
    parent,
  )
}

/** A result is there: what waited for it begins, and the dossier it was started from hears of it. */
async function issued(cx: Context, dossier: Dossier): Promise<NewEvent[]> {
  const family = await routing.findFamily(cx.tx, dossier.id)
  const own = family
    .filter(({ parentId }) => parentId === dossier.id)
    .filter(
      ({ start, afterCode, childId }) =>
        start === 'result' && childId === null && (afterCode === null || afterCode === dossier.procedureCode),
    )
  const events = await beginAll(cx, dossier, own, dossier)
  const up = family.find(({ childId }) => childId === dossier.id)
  const parent = up && (await store.find(cx.tx, up.parentId))
  if (!up || !parent) return events
  await routing.saveLink(cx.tx, { ...up, fedBackAt: isoOf(cx.now) })
  events.push({
    type: 'routing.result-came',
    subject: parent.id,
    agencyCode: parent.agencyCode,
    data: { childId: dossier.id, procedureCode: dossier.procedureCode, procedureName: dossier.procedureName },
  })
  const waiting = (await routing.findLinks(cx.tx, parent.id)).filter(
    ({ start, afterCode, childId }) => start === 'result' && childId === null && afterCode === dossier.procedureCode,
  )
  return [...events, ...(await beginAll(cx, parent, waiting, dossier))]
}

/** Takes the dossiers that belong together along with what was decided about one of them; the events to record with it. */
export async function followLinks(cx: Context, { decision: { events, next }, body }: Followed): Promise<NewEvent[]> {
  if (events.some(({ type }) => type === 'dossier.received')) return received(cx, next, body)
  return events.some(({ type }) => type === 'dossier.issued') ? issued(cx, next) : []
}

export interface StartLinked {
  readonly parentId: string
  readonly number: number
  readonly agencyCode: string
}

/** A person begins a linked dossier that could not begin by itself, at the agency they choose. */
export async function startLinked(cx: Context, input: StartLinked): Promise<Result<{ childId: string }>> {
  allow(cx, 'dossier.link')
  const locked = await store.lock(cx.tx, input.parentId)
  if (!locked) throw new Refused(unknown)
  const { dossier } = locked
  allow(cx, 'dossier.link', { agencyCodes: [dossier.agencyCode, dossier.receptionAgencyCode] })
  const link = (await routing.findLinks(cx.tx, dossier.id)).find(({ number }) => number === input.number)
  if (!link || link.childId !== null) return refuse(linkRefusals.notWaiting)
  const started = await begin(cx, dossier, { ...link, namedAgency: input.agencyCode }, dossier)
  const { childId } = started.link
  if (childId === null) return refuse(linkRefusals.wrongAgency)
  await routing.saveLink(cx.tx, started.link)
  const view = { childId }
  await record(cx, { events: started.events, result: view })
  return ok(view)
}
