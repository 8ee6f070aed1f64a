import { Temporal } from 'temporal-polyfill'
import type { App } from '../../kernel/app.ts'
import { dayOf } from '../../kernel/clock.ts'
import { run } from '../../kernel/command.ts'
import type { JobDefinition } from '../../kernel/jobs/index.ts'
import { loadCalendar, workingDayAfter } from '../calendar/index.ts'
import { remindOpinion } from './commands/consultation.ts'
import { transferMerged } from './commands/routing-transfer-merged.ts'
import { openAnswersBefore } from './routing-store.ts'
import { reminderDue } from './rules/consultation.ts'

type Host = Pick<App, 'db' | 'clock' | 'access'> & Parameters<typeof run>[0]

/** Days ahead in which a reminder before the due time can fall: the next working day, over the longest holiday. */
const AHEAD_DAYS = 12

/** Reminds every agency whose time is nearly over, or over, of what it was asked. Returns how many questions. */
export async function remindOpinions(host: Host, province: App['province']): Promise<{ reminded: number }> {
  const now = host.clock()
  const today = dayOf(now)
  const [waiting, calendar] = await Promise.all([
    host.db.read(province, (tx) => openAnswersBefore(tx, now.add({ hours: 24 * AHEAD_DAYS }))),
    host.db.read(province, (tx) => loadCalendar(tx)),
  ])
  const days = { of: (instant: string) => dayOf(Temporal.Instant.from(instant)), next: (day: string) => workingDayAfter(day, 1, calendar) }
  const due = waiting.filter((answer) => reminderDue(answer, today, days) !== undefined)
  const byQuestion = new Map<string, string[]>()
  for (const { consultationId, agencyCode } of due) byQuestion.set(consultationId, [...(byQuestion.get(consultationId) ?? []), agencyCode])
  let reminded = 0
  for (const [consultationId, agencies] of byQuestion) {
    const done = await run(host, { province, actor: { kind: 'system', name: 'reminders' }, name: 'dossier.remind-opinion' }, (cx) =>
      remindOpinion(cx, { consultationId, agencies }),
    )
    if (done.ok) reminded += 1
  }
  return { reminded }
}

export const TRANSFER_QUEUE = 'dossier.transfer-merged'

/** Work of the routing beside requests: reminders every working morning, dossiers of merged units every night and when asked for. */
export const routingJobs = (app: App): JobDefinition[] => [
  {
    queue: 'dossier.remind-opinions',
    owner: 'dossier',
    label: { vi: 'Nhắc các cơ quan cho ý kiến', en: 'Remind agencies of opinions asked' },
    schedule: '35 7 * * *',
    timeout: 900,
    concurrency: 1,
    handler: (_payload, { province }) => remindOpinions(app, province),
  },
  {
    queue: TRANSFER_QUEUE,
    owner: 'dossier',
    label: { vi: 'Chuyển hồ sơ của đơn vị đã sáp nhập', en: 'Move dossiers of merged units' },
    schedule: '15 1 * * *',
    timeout: 3600,
    concurrency: 1,
    handler: (payload, { province }) => {
      const { agencyCode } = payload as { agencyCode?: string }
      return transferMerged(app, province, agencyCode)
    },
  },
]
