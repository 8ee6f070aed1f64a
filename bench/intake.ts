import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { serve } from '../src/main.ts'
import { makeReference } from '../src/modules/dossier/index.ts'
import { maritalStatus } from '../test/support/filing.ts'
import { openHouse, sendJson, signInCitizen, startServer } from './lib/house.ts'
import { compare, latencies, report, showLatency } from './lib/interleave.ts'
import { childrenOf, cpuOf, parentOf } from './lib/processes.ts'
import { recordStatements, type Sent, withNew } from './lib/recorder.ts'
import { perSecond } from './lib/stage.ts'
import { Wire } from './lib/wire.ts'

/**
 * Intake: complete online submissions over HTTP (session, permission, checks, dossier, event, delta, answer) with 16 clients, against a
 * bare `pg` client that sends the very same statements to the same server.
 */
const CLIENTS = 16
const AGENCY = 'H12.101'
const house = await openHouse()

/** A whole form, as the citizen sends it: every answer is checked by the same schema as on the pages. */
const filing = () => ({ ...maritalStatus, requestId: randomUUID(), agencyCode: AGENCY, papers: [{ name: 'Căn cước' }] })

// What one submission sends, written down while it happens in this process.
const inHouse = await serve({ ...house.composed, app: { ...house.composed.app, workers: [] } })
const origin = `http://127.0.0.1:${inHouse.port}`
const who = await signInCitizen(origin, '096190000101')
await sendJson(origin, who, '/api/v1/dossiers', filing())
const sample = filing()
let answer: Record<string, unknown> = {}
const statements = await recordStatements(async () => {
  answer = await sendJson(origin, who, '/api/v1/dossiers', sample)
})
console.log(`one submission sends ${statements.length} statements:`)
for (const { text } of statements) console.log(`  ${text.replace(/\s+/g, ' ').slice(0, 110)}`)

const again = (): Sent[] =>
  withNew(
    statements,
    new Map([
      [String(answer.id), randomUUID()],
      [String(answer.reference), makeReference(randomBytes(7))],
      [String(answer.reference).toLowerCase().replaceAll('-', ' '), randomUUID()],
      [sample.requestId, randomUUID()],
    ]),
  )

const clients = await Promise.all(
  Array.from({ length: CLIENTS }, async () => {
    const client = new pg.Client({ connectionString: house.appUrl, options: '-c search_path=ca_mau,shared,public -c timezone=UTC' })
    await client.connect()
    return client
  }),
)
const bare = async (index: number): Promise<void> => {
  const client = clients[index] as pg.Client
  for (const { text, name, values } of again()) await client.query(values ? { text, name, values: [...values] } : text)
}

const hasty = await Promise.all(
  Array.from({ length: CLIENTS }, async () => {
    const config = { connectionString: house.appUrl, options: '-c search_path=ca_mau,shared,public -c timezone=UTC', pipeline: true }
    const client = new pg.Client(config as pg.ClientConfig)
    await client.connect()
    return client
  }),
)
/** The same, none of them waiting for the answer to the one before. */
const bareTogether = async (index: number): Promise<void> => {
  const client = hasty[index] as pg.Client
  await Promise.all(again().map(({ text, name, values }) => client.query(values ? { text, name, values: [...values] } : text)))
}

const server = await startServer(house)
const citizens = await Promise.all(
  ['096190000101', '096088000202', '096195000303', '096092000707'].map((number) => signInCitizen(server.origin, number)),
)
const wires = Array.from({ length: CLIENTS }, () => new Wire(server.origin))
const overHttp = async (index: number): Promise<void> => {
  const { cookie, csrf } = citizens[index % citizens.length] ?? who
  const headers = { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' }
  const { status, body } = (await wires[index]?.post('/api/v1/dossiers', headers, JSON.stringify(filing()))) ?? { status: 0, body: '' }
  if (status !== 201) throw new Error(`${status} ${body}`)
}

/** The processes of the database: whoever serves this connection, and its parent's other children. */
async function databaseProcesses(): Promise<number[]> {
  const { rows } = (await clients[0]?.query('select pg_backend_pid() as pid')) ?? { rows: [] }
  return childrenOf(parentOf(Number(rows[0]?.pid)))
}

/** Work done per second, and what a piece of it costs in CPU by whom: that says more than speed when the machine has other things to do. */
const cost = { http: { server: 0, load: 0, database: 0, pieces: 0 }, bare: { server: 0, load: 0, database: 0, pieces: 0 } }
const watched = (side: 'http' | 'bare', work: (index: number) => Promise<void>) => async (seconds: number) => {
  const database = await databaseProcesses()
  const now = () => [server.pid, process.pid].map(cpuOf).concat(database.reduce((sum, pid) => sum + cpuOf(pid), 0))
  const before = now()
  const rate = await perSecond(CLIENTS, seconds, work)
  const [inServer = 0, load = 0, inDatabase = 0] = now().map((value, index) => value - (before[index] ?? 0))
  const sum = cost[side]
  sum.server += inServer
  sum.load += load
  sum.database += inDatabase
  sum.pieces += rate * seconds
  return rate
}
const showCost = ({ server, load, database, pieces }: (typeof cost)['http']): string =>
  [server, database, load].map((seconds) => ((seconds / pieces) * 1000).toFixed(2)).join(' + ')

try {
  report(
    'Intake: complete online submissions over HTTP / the same statements by a bare pg client, 16 clients',
    { a: 'HTTP', b: 'bare pg', unit: 'submissions/s' },
    await compare(
      { name: 'http', run: watched('http', overHttp) },
      { name: 'bare', run: watched('bare', bare) },
      { seconds: 3, rounds: 9 },
    ),
    0.5,
  )
  report(
    'Intake: the same against a bare client that does not wait between its statements',
    { a: 'HTTP', b: 'bare pg, all at once', unit: 'submissions/s' },
    await compare(
      { name: 'http', run: (seconds) => perSecond(CLIENTS, seconds, overHttp) },
      { name: 'bare', run: (seconds) => perSecond(CLIENTS, seconds, bareTogether) },
    ),
  )
  const times: number[] = []
  await Promise.all(Array.from({ length: CLIENTS }, async (_none, index) => times.push(...(await latencies(60, () => overHttp(index))))))
  console.log(
    `  CPU a submission, server + database + load: ${showCost(cost.http)} ms; bare client: ${showCost(cost.bare)} ms (the server folds and seals meanwhile)`,
  )
  console.log(`  latency with ${CLIENTS} clients: ${showLatency(times)}; alone: ${showLatency(await latencies(200, () => overHttp(0)))}`)
} finally {
  for (const wire of wires) wire.close()
  await server.stop()
  await inHouse.close(500).catch(() => undefined)
  await Promise.all([...clients, ...hasty].map((client) => client.end()))
  await house.close().catch(() => undefined)
}
