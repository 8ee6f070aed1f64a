import { Temporal } from 'temporal-polyfill'
import type { App } from '../../../kernel/app.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { noticeEvent } from '../../notification/index.ts'
import { loadDirectory, type OrganisationDirectory } from '../../organisation/index.ts'
import { digestOf } from '../digest.ts'
import { answerQuestion } from '../queries/answer-question.ts'
import { thoseWhoMay } from '../queries/recipients.ts'
import type { Answer } from '../rules/answer.ts'
import { answerNotice, tooWideNotice } from '../rules/answer-words.ts'
import { canonicalText } from '../rules/canonical.ts'
import { readQuestion } from '../rules/question.ts'
import { lastSlot, momentOf } from '../rules/schedule.ts'
import { insertRun, recipientsOf, type SavedReport, scheduledReports, takeSavedSlot } from '../saved-store.ts'

const READ = 'report.build'

/** Questions whose slot has come since their schedule was set and was not looked at yet. */
async function dueReports(host: Pick<App, 'db'>, province: Province, now: Temporal.Instant): Promise<{ saved: SavedReport; slot: Day }[]> {
  const all = await host.db.read(province, scheduledReports)
  return all.flatMap(({ triedSlot, ...saved }) => {
    const slot = lastSlot(saved, now, dayOf(now))
    if (slot === undefined || slot === triedSlot) return []
    return Temporal.Instant.compare(momentOf(slot, saved.time), saved.scheduledAt) < 0 ? [] : [{ saved, slot }]
  })
}

/** Keeps an answer as it was given and tells those it is sent to; one that would be too wide is told to its owner. */
async function keepAnswer(cx: Context, saved: SavedReport, slot: Day, answer: Answer | undefined): Promise<Result<{ told: number }>> {
  const nothing = ok({ told: 0 })
  if (!(await takeSavedSlot(cx.tx, saved.id, slot))) return nothing
  // Whose right to ask has ended, asks nothing.
  if ((await thoseWhoMay(cx, [saved.ownerId], READ)).length === 0) return nothing
  const events: NewEvent[] = []
  if (answer === undefined) {
    const notice = {
      ...tooWideNotice(saved.name),
      key: `saved-report-wide:${saved.id}:${slot}`,
      href: `/dieu-hanh/bao-cao/da-luu/${saved.id}`,
    }
    events.push(noticeEvent(saved.id, null, { officerIds: [saved.ownerId], ...notice }))
    await record(cx, { events, result: { told: 1 } })
    return ok({ told: 1 })
  }
  const id = cx.id()
  const body = canonicalText(answer)
  const row = { id, savedId: saved.id, ownerId: saved.ownerId, slot, name: saved.name, producedAt: cx.now, body, digest: digestOf(body) }
  if (!(await insertRun(cx.tx, row))) return nothing
  const wanted = (await recipientsOf(cx.tx, saved.id)).filter(({ stopped }) => !stopped).map(({ officerId }) => officerId)
  const officerIds = await thoseWhoMay(cx, wanted, READ)
  events.push({ type: 'reporting.answered', subject: id, data: { savedId: saved.id, slot, digest: row.digest } })
  if (officerIds.length > 0) {
    const enclosed = { source: 'saved-report', id, file: saved.file }
    const notice = {
      ...answerNotice(saved, answer),
      key: `saved-report:${saved.id}:${slot}`,
      href: `/dieu-hanh/bao-cao/ket-qua/${id}`,
      enclosed,
    }
    events.push(noticeEvent(id, null, { officerIds, ...notice }))
  }
  const view = { told: officerIds.length }
  await record(cx, { events, result: view })
  return ok(view)
}

async function answerOne(
  host: App,
  province: Province,
  directory: OrganisationDirectory,
  { saved, slot }: { saved: SavedReport; slot: Day },
): Promise<'made' | 'tooWide'> {
  const answer = await answerQuestion(host.db, province, directory, readQuestion(new URLSearchParams(saved.question)), host.clock())
  const call = {
    ...{ province, actor: { kind: 'system', name: 'reporting' } as const, name: 'reporting.answer' },
    requestId: derivedUuid('saved-report', saved.id, slot),
  }
  const done = await run(host, call, (cx) => keepAnswer(cx, saved, slot, answer.ok ? answer.value : undefined))
  if (!done.ok) throw new Error(done.error.code)
  return answer.ok ? 'made' : 'tooWide'
}

/**
 * Answers the scheduled questions whose time has come, each once a slot; a slot missed while no server ran is made up, the last one only.
 * One that fails keeps none of the others from being answered; the job then fails and is tried again.
 */
export async function answerSaved(host: App, province: Province): Promise<{ made: number; tooWide: number }> {
  const due = await dueReports(host, province, host.clock())
  const count = { made: 0, tooWide: 0 }
  if (due.length === 0) return count
  const directory = await host.db.read(province, loadDirectory)
  const failures: unknown[] = []
  for (const one of due) {
    try {
      count[await answerOne(host, province, directory, one)] += 1
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${due.length} scheduled reports failed`)
  return count
}
