import { allowAtRoot } from '../../../kernel/access/index.ts'
import type { App } from '../../../kernel/app.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { queueWaiting } from '../deliver.ts'
import { chooseMail, reopenLetters } from '../letter-store.ts'
import { noticeEvent } from '../notices.ts'

/** Sends letters that came to nothing once more: one, or (null) all of them. Only with a mail server do they go at once. */
export async function resendLetters(
  cx: Context,
  app: App,
  { id, connected }: { id: string | null; connected: boolean },
): Promise<Result<{ count: number }>> {
  allowAtRoot(cx, 'ops.jobs')
  const view = { count: await reopenLetters(cx.tx, id) }
  if (connected && view.count > 0) await queueWaiting(app, cx.tx, cx.province)
  await record(cx, { events: [{ type: 'notice.letters-resent', subject: id ?? cx.id(), data: view }], result: view })
  return ok(view)
}

/** Sends whoever asks a notice that says that mail works: the whole way, as every other. */
export async function sendTestLetter(cx: Context): Promise<Result<{ asked: true }>> {
  const actor = allowAtRoot(cx, 'ops.jobs')
  if (actor.kind !== 'officer') throw new Refused(refusals.denied)
  const subject = cx.id()
  const notice = noticeEvent(subject, null, {
    officerIds: [actor.officerId],
    key: `mail-test:${subject}`,
    title: 'Thư thử của Cửa Số',
    body: 'Bạn đọc được thư này trong hộp thư của mình thì máy chủ thư đã hoạt động.',
    href: '/quan-tri/thu',
  })
  await record(cx, { events: [notice], result: { asked: true } })
  return ok({ asked: true })
}

/** An officer says whether notices come by mail as well. No business of the province: it leaves no event. */
export const choose = (app: Pick<App, 'db' | 'clock' | 'province'>, officerId: string, byMail: boolean): Promise<void> =>
  app.db.write(app.province, (tx) => chooseMail(tx, officerId, byMail, app.clock()))
