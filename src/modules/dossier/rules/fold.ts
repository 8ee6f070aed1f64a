import { Temporal } from 'temporal-polyfill'
import type { DossierEvent, PaperRecord } from '../events.ts'
import { type Dossier, dossierFromJson, type Paper, paperCounts } from './dossier.ts'
import { transitionOf } from './transitions.ts'

/** An event that cannot follow this state: the log is damaged, or a bug wrote it. */
export class BrokenHistory extends Error {}

const addPapers = (
  dossier: Dossier,
  records: readonly PaperRecord[] | undefined,
  addedAt: Temporal.Instant,
): Pick<Dossier, 'papers'> & Partial<Dossier> => {
  if (!records?.length) return { papers: dossier.papers }
  const papers: Paper[] = [...dossier.papers, ...records.map((record) => ({ ...record, addedAt }))]
  // By difference, because an imported dossier has counts without a list of papers.
  const before = paperCounts(dossier.papers)
  const after = paperCounts(papers)
  return {
    papers,
    papersTotal: dossier.papersTotal + after.papersTotal - before.papersTotal,
    papersDigitised: dossier.papersDigitised + after.papersDigitised - before.papersDigitised,
    papersReused: dossier.papersReused + after.papersReused - before.papersReused,
  }
}

/** What an event changes beside stage, status and version. */
function changesOf(dossier: Dossier, event: Exclude<DossierEvent, { data: { dossier: unknown } }>): Partial<Dossier> {
  const { at } = event
  switch (event.type) {
    case 'dossier.received': {
      const due = Temporal.Instant.from(event.data.dueAt)
      return {
        code: event.data.code,
        receivedAt: at,
        receivedDay: event.data.day,
        originalDueAt: due,
        dueAt: due,
        dueExplanation: event.data.dueExplanation,
        feeVnd: event.data.feeVnd,
        procedureVersion: event.data.procedureVersion,
      }
    }
    case 'dossier.assigned':
      return { assigneeId: event.data.assigneeId, assigneeName: event.data.assigneeName }
    case 'dossier.noted':
      return addPapers(dossier, event.data.papers, at)
    case 'dossier.supplement-requested':
      return { pausedAt: at, supplementRequests: dossier.supplementRequests + 1 }
    case 'dossier.supplement-answered':
      return {
        ...addPapers(dossier, event.data.papers, at),
        // Nobody held it when the supplement was asked for: it waits again for a specialist.
        ...(dossier.assigneeId === null ? { stage: 'received' as const, status: 2 as const } : {}),
        pausedAt: null,
        pausedWorkingMs: dossier.pausedWorkingMs + event.data.pausedWorkingMs,
        supplementWorkingDays: dossier.supplementWorkingDays + event.data.pausedWorkingDays,
        dueAt: event.data.dueAt === null ? null : Temporal.Instant.from(event.data.dueAt),
        dueExplanation: event.data.dueExplanation,
      }
    case 'dossier.issued':
      return {
        ...addPapers(dossier, event.data.papers, at),
        completedAt: at,
        workedDays: event.data.workedDays,
        resultElectronic: event.data.electronic,
      }
    case 'dossier.returned':
      return { returnedAt: at, closedAt: at }
    case 'dossier.refused':
    case 'dossier.withdrawn':
      return { closedAt: at }
    case 'dossier.stopped':
      // A withdrawn dossier ended when the applicant withdrew it, not when the notice was written.
      return { closedAt: dossier.closedAt ?? at }
    case 'dossier.paid':
      return { paidVnd: dossier.paidVnd + event.data.amountVnd, paidOnline: dossier.paidOnline || event.data.online }
    case 'dossier.paper-digitised': {
      const { number, sha256, size, mediaType } = event.data
      const papers = dossier.papers.map((paper) =>
        paper.number === number ? { ...paper, sha256, size, mediaType, digitised: true } : paper,
      )
      const before = paperCounts(dossier.papers).papersDigitised
      return { papers, papersDigitised: dossier.papersDigitised + paperCounts(papers).papersDigitised - before }
    }
    default:
      return {}
  }
}

/** The state after an event. Commands use it to make the next state, a rebuild uses it to make the same state again. */
export function applyEvent(dossier: Dossier | null, event: DossierEvent): Dossier {
  switch (event.type) {
    case 'dossier.submitted':
    case 'dossier.imported':
      if (dossier) throw new BrokenHistory(`${event.type} on dossier ${dossier.id}, which already exists`)
      return dossierFromJson(event.data.dossier)
    case 'dossier.corrected':
      if (!dossier) throw new BrokenHistory('dossier.corrected before anything was there to correct')
      return { ...dossierFromJson(event.data.dossier), version: dossier.version + 1 }
    default: {
      if (!dossier) throw new BrokenHistory(`${event.type} before the dossier was submitted`)
      const transition = transitionOf(event.type)
      if (!transition?.from.includes(dossier.stage))
        throw new BrokenHistory(`${event.type} on dossier ${dossier.id} at stage ${dossier.stage}`)
      return { ...dossier, ...transition.to, ...changesOf(dossier, event), version: dossier.version + 1 }
    }
  }
}

/** The state that a history leads to. */
export function foldEvents(events: Iterable<DossierEvent>): Dossier | null {
  let dossier: Dossier | null = null
  for (const event of events) dossier = applyEvent(dossier, event)
  return dossier
}
