import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { App } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import type { Context } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { record } from '../../kernel/events.ts'
import { uuidv7 } from '../../kernel/id.ts'
import type { LoggedEvent, Subscriber } from '../../kernel/relay/index.ts'
import { changeMark } from './commands/step.ts'
import { feedbackSettings } from './files.ts'
import { deltasOf } from './rules/facts.ts'
import { openUntil } from './rules/rating.ts'
import { versionOn } from './rules/settings.ts'
import * as store from './store.ts'

/** A returned dossier: its applicant is asked how it went. */
export async function inviteFor(tx: Tx, dossierId: string): Promise<void> {
  const dossier = await store.readDossier(tx, dossierId)
  if (!dossier?.returnedAt) return
  const { surveys } = await feedbackSettings()
  const survey = versionOn(surveys, dayOf(Temporal.Instant.from(dossier.returnedAt)))
  await store.invite(tx, dossier, dossier.returnedAt, openUntil(dossier.returnedAt, survey))
}

/** A dossier that counts somewhere else now: what it has against it counts there too. */
async function followPlace(app: App, event: LoggedEvent, tx: Tx): Promise<void> {
  if (!(await store.findMark(tx, event.subject))) return
  const cx: Context = {
    tx,
    now: app.clock(),
    actor: { kind: 'system', name: 'feedback.relay' },
    requestId: randomUUID(),
    command: 'feedback.follow-place',
    province: app.province,
    locale: 'vi',
    access: app.access(app.province),
    id: () => uuidv7(app.clock().epochMilliseconds),
    random: () => new Uint8Array(),
  }
  const marked = await changeMark(cx, event.subject, () => ({}))
  if (marked) await record(cx, { events: [marked.event], deltas: deltasOf([marked.count]) })
}

/** What feedback hears of dossiers, after they are committed. */
export const dossierNews = (app: App): Subscriber => ({
  name: 'feedback.dossiers',
  types: ['dossier.received', 'dossier.returned', 'dossier.transferred', 'dossier.corrected'],
  handle: (event, tx) => (event.type === 'dossier.returned' ? inviteFor(tx, event.subject) : followPlace(app, event, tx)),
})
