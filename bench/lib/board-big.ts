import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import { byAgency, type Period } from '../../src/modules/indicator/index.ts'
import { NATIONAL, type ScoredLine, type ScoredUnit, scoreUnits } from '../../src/modules/scheme/index.ts'
import { BIG, bigUnits, fillBig, type Size } from './fill-big.ts'
import { type House, signInOfficer, startServer } from './house.ts'
import { compare, latencies, quantile, report, showLatency } from './interleave.ts'
import { perSecond } from './stage.ts'
import { Wire } from './wire.ts'

const NOW = Temporal.Instant.from('2025-01-01T00:00:00+07:00')
const WRITES_A_SECOND = 20

const quarters: readonly Period[] = [2022, 2023, 2024].flatMap((year) => [
  { from: `${year}-01-01`, to: `${year}-03-31` },
  { from: `${year}-04-01`, to: `${year}-06-30` },
  { from: `${year}-07-01`, to: `${year}-09-30` },
  { from: `${year}-10-01`, to: `${year}-12-31` },
])
const quarter = (n: number): Period => quarters[n % quarters.length] ?? { from: '2024-10-01', to: '2024-12-31' }
const LAST = quarters.length - 1

/** What a score is made of, counted from the dossiers themselves: PostgreSQL's words and DuckDB's are the same. */
const scanText = (period: Period, rows: string): string => `
  select agency_code, count(*) as received, count(*) filter (where channel = 'online') as online,
    count(*) filter (where completed_at is not null) as finished, count(*) filter (where completed_at <= due_at) as on_time,
    count(*) filter (where completed_at is null and due_at < timestamp '${period.to} 16:59:59.999') as open_late,
    count(*) filter (where counted & 32 > 0) as fee_due, count(*) filter (where counted & 64 > 0) as paid_online,
    count(*) filter (where papers_total > 0 and papers_digitised = papers_total) as digitised,
    count(distinct case when channel = 'online' then procedure_code end) as procedures_online,
    count(distinct case when counted & 64 > 0 then procedure_code end) as procedures_paid
  from ${rows} where received_day between date '${period.from}' and date '${period.to}' group by agency_code`

const unitsIn = (period: Period): ScoredUnit[] => byAgency(bigUnits(), period).map((group) => ({ group, level: 'commune' as const }))

/** Writes as many deltas a second as offices of a large province do, until told to stop. */
function startLoad(client: pg.Client): () => Promise<number> {
  let written = 0
  let stopped = false
  const loop = (async () => {
    const started = performance.now()
    while (!stopped) {
      await client.query({
        name: 'load',
        text: `insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
               values ('H12.' || 200 + $1::int % ${BIG.units}, date '2024-12-31', '1.00' || lpad(($1::int % 1974)::text, 4, '0'), 'online', '1 2')`,
        values: [written],
      })
      written += 1
      const due = started + (written * 1000) / WRITES_A_SECOND
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    }
  })()
  return async () => {
    stopped = true
    await loop
    return written
  }
}

/** The dossiers as lines of CSV, a hundred thousand at a time. */
async function lines(client: pg.Client): Promise<AsyncIterable<string>> {
  await client.query('begin')
  await client.query(`declare rows no scroll cursor for select concat(agency_code, ',', received_day, ',', channel, ',', completed_at::timestamp, ',',
    due_at::timestamp, ',', counted, ',', papers_total, ',', papers_digitised, ',', procedure_code, chr(10)) as line from dossier`)
  return (async function* () {
    for (;;) {
      const { rows } = await client.query('fetch 100000 from rows')
      if (rows.length === 0) break
      yield (rows as { line: string }[]).map(({ line }) => line).join('')
    }
    await client.query('commit')
  })()
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`

async function fillAndSay(house: House, size: Size): Promise<void> {
  const started = performance.now()
  await fillBig(house, size)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(
    `\n${size.dossiers.toLocaleString('en')} dossiers over three years, ${size.units} units, ${size.pending.toLocaleString('en')} pending deltas, made in ${seconds} s`,
  )
}

/** A large province: the score of every unit and of one unit for any quarter, exact, against full scans; and how it grows. */
export async function measureBig(house: House): Promise<void> {
  const read = (period: Period, units: readonly ScoredUnit[]): Promise<ScoredLine[]> =>
    house.db.snapshot(house.province, async (tx) => (await scoreUnits(tx, { period, scheme: NATIONAL }, units, NOW)).lines)
  const all = (n: number) => read(quarter(n), unitsIn(quarter(n)))
  const one = (n: number) =>
    read(
      quarter(n),
      [unitsIn(quarter(n))[(n * 37) % BIG.units]].flatMap((unit) => unit ?? []),
    )
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: house.appUrl, options: '-c search_path=ca_mau,shared,public -c timezone=UTC' })
    await client.connect()
    return client
  }
  const client = await connect()
  const writer = await connect()
  /** As a fold would: whatever a process remembers of what it read no longer holds. */
  const forget = () => client.query('update indicator_procedure set place = place where false')
  /** Latencies with the load running. */
  const underLoad = async (calls: number, call: (n: number) => Promise<unknown>, before?: () => Promise<unknown>): Promise<number[]> => {
    await latencies(24, call, before)
    const stop = startLoad(writer)
    const times = await latencies(calls, call, before)
    await stop()
    return times
  }

  await fillAndSay(house, { ...BIG, dossiers: 10_000 + BIG.pending })
  const small = { all: await underLoad(150, all), one: await underLoad(300, one) }
  await fillAndSay(house, BIG)

  const scan = async (period: Period) => (await client.query(scanText(period, 'dossier'))).rows as Record<string, string>[]
  let differing = 0
  for (const n of [0, 5, LAST]) {
    const scored = new Map((await all(n)).map((line) => [line.unit.group.key, line.amounts]))
    for (const row of await scan(quarter(n))) {
      const amounts = scored.get(row.agency_code ?? '')
      const open = Number(row.received) - Number(row.finished) - Number(row.open_late)
      const right =
        amounts?.received === Number(row.received) &&
        amounts.online === Number(row.online) &&
        amounts.on_time === Number(row.on_time) &&
        amounts.late === Number(row.finished) - Number(row.on_time) + Number(row.open_late) &&
        amounts.open_in_time === open &&
        amounts.fee_due === Number(row.fee_due) &&
        amounts.paid_online === Number(row.paid_online) &&
        amounts.procedures_online_filed === Number(row.procedures_online) &&
        amounts.procedures_paid_online === Number(row.procedures_paid)
      if (!right) differing += 1
    }
  }
  console.log(`units whose amounts differ from a count of the dossiers, in three quarters: ${differing}`)

  const big = { all: await underLoad(240, all), one: await underLoad(480, one) }
  const first = { all: await underLoad(120, all, forget), inLast: await underLoad(60, () => all(LAST), forget) }
  const inLast = await underLoad(120, () => all(LAST))
  const year = await underLoad(60, (n) => {
    const period = { from: `${2022 + (n % 3)}-01-01`, to: `${2022 + (n % 3)}-12-31` }
    return read(period, unitsIn(period))
  })
  console.log(`\nscore of every unit, any quarter: ${showLatency(big.all)}  goal p95 ≤ 30 ms`)
  console.log(`score of every unit, the quarter that runs: ${showLatency(inLast)}; a whole year: ${showLatency(year)}`)
  console.log(`first read after a fold: any quarter ${showLatency(first.all)}; the quarter that runs: ${showLatency(first.inLast)}`)
  console.log(`score of one unit, any quarter: ${showLatency(big.one)}  goal ≤ 10 ms`)
  for (const [name, few, many] of [
    ['every unit', small.all, big.all],
    ['one unit', small.one, big.one],
  ] as const) {
    console.log(
      `${name}, 10,000 dossiers: ${showLatency(few)}; growth to ${BIG.dossiers.toLocaleString('en')}: × ${(quantile(many, 0.5) / quantile(few, 0.5)).toFixed(2)} (p50), × ${(quantile(many, 0.95) / quantile(few, 0.95)).toFixed(2)} (p95)  goal ≤ 2`,
    )
  }

  const server = await startServer(house, { fold: false })
  try {
    const officer = await signInOfficer(server.origin, 'caicach')
    const wire = new Wire(server.origin)
    const page = async (path: string): Promise<void> => {
      const { status } = await wire.get(path, { cookie: officer.cookie })
      if (status !== 200) throw new Error(`${path}: ${status}`)
    }
    const pages: readonly (readonly [string, (n: number) => string])[] = [
      ["one unit's page", (n) => `/dieu-hanh/chi-so?don-vi=H12.${200 + ((n * 37) % BIG.units)}&tu=${quarter(n).from}&den=${quarter(n).to}`],
      ['ranking page', (n) => `/dieu-hanh/chi-so/xep-hang?tu=${quarter(n).from}&den=${quarter(n).to}`],
    ]
    for (const [name, path] of pages) console.log(`${name} over HTTP: ${showLatency(await underLoad(120, (n) => page(path(n))))}`)
    wire.close()
  } finally {
    await server.stop()
  }

  const scanning = { name: 'scan', run: (s: number) => perSecond(1, s, (_client, turn) => scan(quarter(turn))) }
  const stop = startLoad(writer)
  report(
    'Ranking: exact score of every unit for a quarter, writes going on / full scan of the dossiers (PostgreSQL)',
    { a: 'exact score', b: 'full scan', unit: 'reads/s' },
    await compare({ name: 'exact', run: (s) => perSecond(1, s, (_client, turn) => all(turn)) }, scanning),
    200,
  )
  const afterFold = async (turn: number): Promise<void> => {
    await forget()
    await all(turn)
  }
  report(
    'The same, each the first read after a fold / full scan',
    { a: 'first score', b: 'full scan', unit: 'reads/s' },
    await compare({ name: 'first', run: (s) => perSecond(1, s, (_client, turn) => afterFold(turn)) }, scanning),
  )
  await stop()

  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  const folder = await mkdtemp(join(tmpdir(), 'cuaso-duck-'))
  try {
    const file = join(folder, 'dossiers.csv')
    await writeFile(file, await lines(client))
    await duck.run(`create table dossier as select * from read_csv('${file}', header = false, columns = {
      'agency_code': 'varchar', 'received_day': 'date', 'channel': 'varchar', 'completed_at': 'timestamp', 'due_at': 'timestamp', 'counted': 'integer',
      'papers_total': 'integer', 'papers_digitised': 'integer', 'procedure_code': 'varchar'})`)
  } finally {
    await rm(folder, { recursive: true })
  }
  report(
    'Ranking: exact score of every unit for a quarter (pending included) / DuckDB in memory over the same rows',
    { a: 'exact score', b: 'DuckDB', unit: 'reads/s' },
    await compare(
      { name: 'exact', run: (s) => perSecond(1, s, (_client, turn) => all(turn)) },
      {
        name: 'duck',
        run: (s) => perSecond(1, s, async (_client, turn) => (await duck.runAndReadAll(scanText(quarter(turn), 'dossier'))).getRows()),
      },
    ),
  )
  console.log(`\nmemory of this process (it holds DuckDB's rows too): ${megabytes(process.memoryUsage.rss())}`)
  await writer.end()
  await client.end()
}
