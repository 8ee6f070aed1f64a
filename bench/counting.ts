import { randomUUID } from 'node:crypto'
import { createAccess } from '../src/kernel/access/index.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { run } from '../src/kernel/command.ts'
import { sql } from '../src/kernel/database/index.ts'
import { type Delta, record } from '../src/kernel/events.ts'
import { ok } from '../src/kernel/result.ts'
import { compare, report } from './lib/interleave.ts'
import { openStage, perSecond } from './lib/stage.ts'

/**
 * What counting costs: the same business transaction (a dossier row, its event, its request id) with its delta row and without;
 * and whether one busy agency is slower than a hundred quiet ones.
 */
const stage = await openStage()
const access = createAccess([], { isWithin: () => false })
const host = { db: stage.db, clock: systemClock, access: () => access }
const CLIENTS = 16

const file = (agencyCode: string, counted: boolean) =>
  run(
    host,
    { province: stage.province, actor: { kind: 'system', name: 'bench' }, requestId: randomUUID(), name: 'bench.file' },
    async (cx) => {
      const id = cx.id()
      await sql`
      insert into dossier (id, reference, procedure_code, procedure_version, procedure_name, agency_code, reception_agency_code,
                           channel, status, stage, submitted_at, received_at, received_day, applicant_name, search)
      values (${id}, ${id}, '1.001193', 1, 'Khai sinh', ${agencyCode}, ${agencyCode},
              'online', 2, 'received', ${cx.now}, ${cx.now}, ${cx.now}::date, 'Nguyễn Văn A', 'nguyen van a')`.execute(cx.tx)
      const deltas: Delta[] = counted
        ? [
            {
              agencyCode,
              day: '2026-11-21',
              procedureCode: '1.001193',
              channel: 'online',
              values: [
                [1, 1],
                [2, 1],
                [6, 1],
              ],
            },
          ]
        : []
      await record(cx, { events: [{ type: 'dossier.received', subject: id, agencyCode, data: { channel: 'online' } }], deltas })
      return ok(null)
    },
  )

const spreadOver = (client: number, turn: number): string => `H12.${100 + ((client * 31 + turn) % 100)}`

try {
  report(
    'Counting: business transaction with its delta row / without',
    { a: 'with delta', b: 'without', unit: 'transactions/s' },
    await compare(
      { name: 'with', run: (seconds) => perSecond(CLIENTS, seconds, (client, turn) => file(spreadOver(client, turn), true)) },
      { name: 'without', run: (seconds) => perSecond(CLIENTS, seconds, (client, turn) => file(spreadOver(client, turn), false)) },
    ),
    0.75,
  )
  report(
    'Counting: all load on one agency / spread over a hundred',
    { a: 'one agency', b: 'a hundred', unit: 'transactions/s' },
    await compare(
      { name: 'one', run: (seconds) => perSecond(CLIENTS, seconds, () => file('H12.101', true)) },
      { name: 'hundred', run: (seconds) => perSecond(CLIENTS, seconds, (client, turn) => file(spreadOver(client, turn), true)) },
    ),
    0.9,
  )
} finally {
  await stage.close()
}
