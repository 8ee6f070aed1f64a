import { Temporal } from 'temporal-polyfill'
import type { Actor } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { loadCalendar, type WorkCalendar } from '../calendar/index.ts'
import { amountDue, listVersions, processOf, skippedSteps, type VersionBody } from '../catalogue/index.ts'
import { heldByReceiver, isoOf, stepClock } from './commands/routing-follow.ts'
import type { DecidedEvent } from './events.ts'
import type { History } from './histories.ts'
import type { Dossier } from './rules/dossier.ts'
import { type By, changedSteps, finishStep, followLife, type HeldStep, othersBeforeSigning, planSteps } from './rules/routing-steps.ts'

interface World {
  readonly bodies: ReadonlyMap<string, VersionBody>
  readonly calendars: ReadonlyMap<string, WorkCalendar>
}

const keyOf = ({ procedureCode, procedureVersion }: Dossier): string => `${procedureCode} ${procedureVersion}`

async function worldOf(tx: Tx, histories: readonly History[]): Promise<World> {
  const bodies = new Map<string, VersionBody>()
  const calendars = new Map<string, WorkCalendar>()
  const codes = new Set<string>()
  for (const dossier of histories.flatMap(({ steps }) => steps.at(-1)?.decision.next ?? [])) {
    if (!calendars.has(dossier.agencyCode)) calendars.set(dossier.agencyCode, await loadCalendar(tx, dossier.agencyCode))
    if (codes.has(dossier.procedureCode)) continue
    codes.add(dossier.procedureCode)
    for (const { code, version, body } of await listVersions(tx, dossier.procedureCode)) bodies.set(`${code} ${version}`, body)
  }
  return { bodies, calendars }
}

const byOf = (actor: Actor): By => ({ id: actor.kind === 'officer' ? actor.officerId : null, name: 'name' in actor ? actor.name : '' })

function plan(dossier: Dossier, body: VersionBody, calendar: WorkCalendar): readonly HeldStep[] {
  const process = processOf(body)
  const { receivedAt } = dossier
  if (!process || !receivedAt) return []
  const places = { resolving: dossier.agencyCode, reception: dossier.receptionAgencyCode, child: () => dossier.agencyCode }
  return planSteps(
    process,
    places,
    skippedSteps(process, dossier.answers),
    stepClock(receivedAt, dossier, body.timeLimit, calendar),
    (amount) => isoOf(amountDue(receivedAt, amount, body.timeLimit, calendar)),
  )
}

function walk(history: History, world: World): { history: History; steps: readonly HeldStep[] } {
  let rows: readonly HeldStep[] = []
  let before: Dossier | undefined
  const steps = history.steps.map(({ actor, decision }) => {
    const { next } = decision
    const body = world.bodies.get(keyOf(next))
    const calendar = world.calendars.get(next.agencyCode)
    const known = rows
    if (body && calendar) {
      for (const event of decision.events) {
        if (event.type === 'dossier.received') rows = heldByReceiver(plan(next, body, calendar), byOf(actor))
        else if (rows.length > 0) {
          const assignee = before?.assigneeId ? { id: before.assigneeId, name: before.assigneeName ?? '' } : null
          const clock = stepClock(Temporal.Instant.fromEpochMilliseconds(event.at.epochMilliseconds), next, body.timeLimit, calendar)
          const agencies = [next.agencyCode, next.receptionAgencyCode]
          // Nobody could have signed before the other agencies were done.
          if (event.type === 'dossier.submitted-for-signature')
            for (const other of othersBeforeSigning(rows, agencies)) rows = finishStep(rows, other.number, clock)
          rows = followLife(
            rows,
            { type: event.type, data: event.data as unknown as Record<string, unknown> },
            { agencies, clock, by: byOf(actor), assignee },
          )
        }
      }
    }
    before = next
    const changed = changedSteps(known, rows)
    if (changed.length === 0) return { actor, decision }
    const events = decision.events.map((event, at) =>
      at === decision.events.length - 1 ? ({ ...event, data: { ...event.data, steps: changed } } as unknown as DecidedEvent) : event,
    )
    return { actor, decision: { ...decision, events } }
  })
  return { history: { steps }, steps: rows }
}

/** Whole lives with the steps of their internal processes: every event keeps what it moved, as if commands had written it. */
export async function withSteps(
  tx: Tx,
  histories: readonly History[],
): Promise<{ histories: readonly History[]; steps: readonly { readonly dossierId: string; readonly steps: readonly HeldStep[] }[] }> {
  const world = await worldOf(tx, histories)
  const walked = histories.map((history) => walk(history, world))
  return {
    histories: walked.map(({ history }) => history),
    steps: walked.map(({ history, steps }) => ({ dossierId: history.steps.at(-1)?.decision.next.id ?? '', steps })),
  }
}
