import { dayOf } from '../../../kernel/clock.ts'
import { type CommandHost, run } from '../../../kernel/command.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { record } from '../../../kernel/events.ts'
import { ok } from '../../../kernel/result.ts'
import { decideTicket } from '../rules/ticket.ts'
import * as store from '../store.ts'
import { forgetUploads } from '../upload-store.ts'
import { ticketEvent } from './call-next.ts'

const AT_ONCE = 200

/** Ends what days gone by left waiting, and forgets pictures of intakes that never came to anything. Returns how many tickets. */
export async function expireTickets(host: CommandHost, province: Province): Promise<number> {
  for (let total = 0; ; ) {
    const done = await run(host, { province, actor: { kind: 'system', name: 'queue' }, name: 'queue.expire' }, async (cx) => {
      await forgetUploads(cx.tx, cx.now)
      const left = await store.lockLeftOver(cx.tx, dayOf(cx.now), AT_ONCE)
      const events = []
      for (const ticket of left) {
        const decided = decideTicket(ticket, 'expired', {}, cx.now)
        if (!decided.ok) continue
        await store.saveTicket(cx.tx, ticket, decided.value.next)
        events.push(ticketEvent(decided.value))
      }
      if (events.length > 0) await record(cx, { events, result: events.length })
      return ok(left.length)
    })
    if (!done.ok) throw new Error(done.error.code)
    total += done.value
    if (done.value < AT_ONCE) return total
  }
}
