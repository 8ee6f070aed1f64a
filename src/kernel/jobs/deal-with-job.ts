import { allowAtRoot } from '../access/index.ts'
import type { Context } from '../context.ts'
import { type Refusal, refusals, withFields } from '../errors.ts'
import { record } from '../events.ts'
import { ok, type Result, refuse } from '../result.ts'
import { queueOfDead } from './definition.ts'
import type { Jobs } from './jobs.ts'
import { closeDead, lockJob, startNow } from './store.ts'

export const jobRefusals = {
  dealtWith: {
    code: 'job.dealt-with',
    status: 409,
    message: { vi: 'Việc này không còn chờ xử lý.', en: 'This job no longer waits for anyone.' },
    next: { vi: 'Tải lại danh sách để xem nó đang ở đâu.', en: 'Reload the list to see where it is now.' },
  },
} as const satisfies Record<string, Refusal>

/**
 * Tries a job again now: one that gave up becomes a new job of its queue, one that waits for its next try no longer waits.
 * Returns the id under which it runs.
 */
export async function retryJob(cx: Context, jobs: Jobs, id: string): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'ops.jobs')
  const job = await lockJob(cx.tx, cx.province.slug, id)
  if (!job) return refuse(jobRefusals.dealtWith)
  const view = { id }
  if (job.view === 'stuck') {
    view.id = await jobs.send(cx.tx, cx.province, queueOfDead(job.queue), job.data.payload, { id: cx.id() })
    await closeDead(cx.tx, id, { ...job.output, retriedAs: view.id }, cx.now)
  } else await startNow(cx.tx, id)
  const event = { type: 'job.retried', subject: id, data: { queue: job.queue, payload: job.data.payload, retriedAs: view.id } }
  await record(cx, { events: [event], result: view })
  return ok(view)
}

/** Longest note, in characters. */
export const NOTE_LENGTH = 2000

/** Closes a job that gave up because a person has done its work another way. The note says what was done. */
export async function settleJob(cx: Context, input: { id: string; note: string }): Promise<Result<{ id: string }>> {
  allowAtRoot(cx, 'ops.jobs')
  const note = input.note.trim()
  if (note === '' || note.length > NOTE_LENGTH) {
    const message = {
      vi: `Ghi đã xử lý thế nào, không quá ${NOTE_LENGTH} ký tự.`,
      en: `Say what was done, in at most ${NOTE_LENGTH} characters.`,
    }
    return refuse(withFields(refusals.invalid, [{ path: 'note', message }]))
  }
  const job = await lockJob(cx.tx, cx.province.slug, input.id)
  if (job?.view !== 'stuck') return refuse(jobRefusals.dealtWith)
  const view = { id: input.id }
  await closeDead(cx.tx, input.id, { ...job.output, settled: note }, cx.now)
  const event = { type: 'job.settled', subject: input.id, data: { queue: job.queue, payload: job.data.payload, note } }
  await record(cx, { events: [event], result: view })
  return ok(view)
}
