import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { type CommandHost, run } from '../../../kernel/command.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { dueNow } from '../rules/petition.ts'
import { decide } from '../rules/petition-life.ts'
import * as store from '../store.ts'
import { settle } from './step.ts'

const BATCH = 200
const WATCH = { kind: 'system', name: 'feedback.watch' } as const

/**
 * Counts petitions late whose limit passed while nobody did anything: so that the index sees them before somebody answers. Each in its
 * own transaction; one that moved meanwhile is left alone. Returns how many.
 */
export async function markLate(host: CommandHost, province: Province): Promise<number> {
  const ids = await host.db.read(province, (tx) => store.passedLimits(tx, host.clock(), BATCH))
  let marked = 0
  for (const id of ids) {
    const done = await run(host, { province, actor: WATCH, requestId: randomUUID(), name: 'feedback.mark-late' }, async (cx) => {
      const petition = await store.lockPetition(cx.tx, id)
      const due = petition && dueNow(petition)
      if (!petition || !due || petition.late || Temporal.Instant.compare(cx.now, Temporal.Instant.from(due.indexAt)) <= 0)
        return { ok: true as const, value: false }
      const settled = await settle(cx, petition, decide(petition, 'fall-late', { dueAt: due.indexAt }, cx.now))
      return settled.ok ? { ok: true as const, value: true } : settled
    })
    if (done.ok && done.value) marked += 1
  }
  return marked
}
