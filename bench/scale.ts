import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { fill } from './lib/fill.ts'
import { openHouse, sendJson, signInOfficer, startServer } from './lib/house.ts'
import { latencies, quantile, showLatency } from './lib/interleave.ts'
import { perSecond } from './lib/stage.ts'
import { Wire } from './lib/wire.ts'

/**
 * Lists, search and steps over HTTP at 10,000 and at 1,000,000 dossiers, as the officers wait for them: one who sees the whole province
 * (nobody's list is longer) and one of a single unit. Rates are with eight clients that do nothing but read the answer.
 */
const SIZES = [10_000, Number(process.env.BENCH_DOSSIERS ?? 1_000_000)]
const UNIT = 'H12.144'
const CLIENTS = 8
const house = await openHouse()
const server = await startServer(house)

/** What is asked for, and by whom. */
const questions: readonly (readonly [name: string, who: 'caicach' | 'cainuoc.lanhdao', path: string])[] = [
  ['work list, 50 rows, page', 'caicach', '/mot-cua?pham-vi=all'],
  ['work list, overdue, page', 'caicach', '/mot-cua?han=overdue'],
  ['work list, one step and channel, page', 'caicach', '/mot-cua?buoc=signing&kenh=online'],
  ['work list of a unit, page', 'cainuoc.lanhdao', '/mot-cua?pham-vi=all'],
  ['work list, 50 rows, JSON', 'caicach', '/api/v1/dossiers?limit=50'],
  ['search by a common name, page', 'caicach', '/mot-cua?q=nguyen'],
  ['search by a full name, page', 'caicach', '/mot-cua?q=nguyen+van+hung'],
  ['search by a rare name, page', 'caicach', '/mot-cua?q=do+cong+uyen'],
  ['search by a given name, page', 'caicach', '/mot-cua?q=uyen'],
  ['search by syllables in another order, page', 'caicach', '/mot-cua?q=hung+nguyen'],
  ['search that finds nobody, page', 'caicach', '/mot-cua?q=khong+co+ai'],
  ['search by phone, page', 'caicach', '/mot-cua?q=0900003000'],
  ['search by the end of a phone, page', 'caicach', '/mot-cua?q=003000'],
  ['search by code, page', 'caicach', '/mot-cua?q=H12.31.01-220301-'],
  ['search while typing, JSON', 'caicach', '/mot-cua/tim?q=nguyen+van+hu'],
]

try {
  const people = {
    caicach: await signInOfficer(server.origin, 'caicach'),
    'cainuoc.lanhdao': await signInOfficer(server.origin, 'cainuoc.lanhdao'),
  }
  const clerk = await signInOfficer(server.origin, 'motcua.cainuoc')
  const specialist = await signInOfficer(server.origin, 'cainuoc.chuyenvien')
  const { rows } = await house.db.read(house.province, (tx) =>
    sql<{ id: string }>`select id from officer where username = 'cainuoc.chuyenvien'`.execute(tx),
  )
  const assigneeId = rows[0]?.id
  /** The life of one dossier up to a request for papers; the time of each step. */
  async function steps(times: Map<string, number[]>): Promise<void> {
    const filed = await sendJson(server.origin, clerk, '/api/v1/dossiers', {
      ...{ requestId: randomUUID(), procedureCode: '1.001193', agencyCode: UNIT, channel: 'counter', papers: [] },
      applicant: { name: 'Lâm Văn Bước', phone: '0100000777' },
    })
    const step = async (who: typeof clerk, action: string, body: object): Promise<void> => {
      const started = performance.now()
      await sendJson(server.origin, who, `/api/v1/dossiers/${filed.id}/${action}`, { requestId: randomUUID(), ...body }, 200)
      times.set(action, [...(times.get(action) ?? []), performance.now() - started])
    }
    await step(clerk, 'receive', {})
    await step(people['cainuoc.lanhdao'], 'assign', { assigneeId })
    await step(specialist, 'note', { note: 'Đã gọi cho người nộp.' })
    await step(specialist, 'request-supplement', { note: 'Thiếu giấy chứng sinh', items: ['Giấy chứng sinh'] })
  }

  const found = new Map<string, number[]>()
  let filled = 0
  for (const size of SIZES) {
    await fill(house, filled, size, 1000)
    filled = size
    // The server has closed what was idle while the dossiers were made.
    const wires = Array.from({ length: CLIENTS }, () => new Wire(server.origin))
    console.log(`\n${size.toLocaleString('en')} dossiers`)
    const keep = (name: string, times: readonly number[]): void => {
      found.set(name, [...(found.get(name) ?? []), quantile(times, 0.95)])
    }
    for (const [name, who, path] of questions) {
      const headers = { cookie: people[who].cookie, accept: 'text/html' }
      const ask = async (client: number): Promise<number> => {
        const { status, body } = await (wires[client] as Wire).get(path, headers)
        if (status !== 200) throw new Error(`${path}: ${status}`)
        return body.length
      }
      // Statements are planned anew five times, and the machine warms up.
      for (let turn = 0; turn < 10; turn += 1) await ask(0)
      const times = await latencies(60, () => ask(0))
      const rate = await perSecond(CLIENTS, 2, ask)
      keep(name, times)
      const size = ((await ask(0)) / 1024).toFixed(0)
      console.log(`  ${name}: ${showLatency(times)}; ${rate.toFixed(0)} requests/s; ${size} k characters`)
    }
    const times = new Map<string, number[]>()
    for (let turn = 0; turn < 10; turn += 1) await steps(new Map())
    for (let turn = 0; turn < 60; turn += 1) await steps(times)
    for (const [action, taken] of times) {
      keep(`step: ${action}`, taken)
      console.log(`  step: ${action}: ${showLatency(taken)}`)
    }
    for (const wire of wires) wire.close()
  }
  console.log(`\np95 at ${SIZES[1]?.toLocaleString('en')} against ${SIZES[0]?.toLocaleString('en')}`)
  for (const [name, [small = 0, large = 0]] of found)
    console.log(
      `  ${name}: ${small.toFixed(1)} → ${large.toFixed(1)} ms, × ${(large / small).toFixed(2)}${large > 50 ? '  goal ≤ 50 ms: NOT reached' : ''}`,
    )
} finally {
  await server.stop()
  await house.close().catch(() => undefined)
}
