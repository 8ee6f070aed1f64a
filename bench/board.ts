import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { readBoard } from '../src/modules/board/index.ts'
import { byAgency, pendingDeltas, readLines } from '../src/modules/indicator/index.ts'
import { directoryOf, unitsDuring } from '../src/modules/organisation/index.ts'
import { measureBig } from './lib/board-big.ts'
import { fill } from './lib/fill.ts'
import { openHouse } from './lib/house.ts'
import { compare, latencies, report, showLatency } from './lib/interleave.ts'
import { perSecond } from './lib/stage.ts'

/**
 * The board's exact read of every unit over a year, with pending deltas, against counting the dossiers themselves. With `--big`:
 * ten million dossiers of 700 units instead, some minutes to make.
 */
const DOSSIERS = Number(process.env.BENCH_DOSSIERS ?? 1_000_000)
const PENDING = Number(process.env.BENCH_PENDING ?? 20_000)
const YEAR = { from: '2022-01-01', to: '2022-12-31' }
const house = await openHouse()

async function measure(): Promise<void> {
  const started = performance.now()
  await fill(house, 0, DOSSIERS, PENDING)
  console.log(
    `${DOSSIERS.toLocaleString('en')} dossiers, ${(await pendingDeltas(house.db, house.province)).toLocaleString('en')} pending deltas, made in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  )
  const directory = await directoryOf(house.composed.app, house.province)
  const groups = byAgency(unitsDuring(directory, YEAR), YEAR)
  const exact = () => house.db.read(house.province, (tx) => readLines(tx, { period: YEAR, groups }))

  const client = new pg.Client({ connectionString: house.appUrl, options: '-c search_path=ca_mau,shared,public -c timezone=UTC' })
  await client.connect()
  const scan = () =>
    client.query({
      name: 'scan',
      text: `select agency_code, count(*) as received, count(*) filter (where channel = 'online') as online,
               count(*) filter (where completed_at is not null) as finished, count(*) filter (where completed_at <= due_at) as on_time,
               count(*) filter (where papers_total > 0 and papers_digitised = papers_total) as digitised
             from dossier where received_day between $1::date and $2::date group by agency_code`,
      values: [YEAR.from, YEAR.to],
    })

  const lines = await exact()
  const rows = (await scan()).rows as { agency_code: string; received: string; online: string; digitised: string }[]
  const differing = rows.filter((row) => {
    const line = lines.find((one) => one.group?.key === row.agency_code)
    return (
      !line ||
      line.counts.received !== Number(row.received) ||
      line.counts.online !== Number(row.online) ||
      line.counts.digitised !== Number(row.digitised)
    )
  })
  console.log(`${lines.length} units read; units whose counts differ from a count of the dossiers: ${differing.length}`)

  report(
    `Board: exact read of ${groups.length} units × a year / full scan of the dossiers (PostgreSQL)`,
    { a: 'exact read', b: 'full scan', unit: 'reads/s' },
    await compare({ name: 'exact', run: (s) => perSecond(1, s, exact) }, { name: 'scan', run: (s) => perSecond(1, s, scan) }),
    50,
  )

  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  await duck.run(
    'create table dossier (agency_code varchar, received_day date, channel varchar, completed_at timestamp, due_at timestamp, papers_total int, papers_digitised int)',
  )
  const appender = await duck.createAppender('dossier')
  const all = await client.query({
    text: `select agency_code, received_day::text as day, channel, completed_at::timestamp::text as completed, due_at::timestamp::text as due, papers_total, papers_digitised from dossier where source = 'bench'`,
    rowMode: 'array',
  })
  appender.closeSync()
  const values = all.rows as (string | number | null)[][]
  const quote = (value: string | number | null): string =>
    value === null ? 'null' : typeof value === 'number' ? String(value) : `'${value}'`
  for (let at = 0; at < values.length; at += 5000) {
    await duck.run(
      `insert into dossier values ${values
        .slice(at, at + 5000)
        .map((row) => `(${row.map(quote).join(',')})`)
        .join(',')}`,
    )
  }
  const inDuck = async () =>
    (
      await duck.runAndReadAll(`select agency_code, count(*), count(*) filter (where channel = 'online'), count(*) filter (where completed_at is not null),
        count(*) filter (where completed_at <= due_at), count(*) filter (where papers_total > 0 and papers_digitised = papers_total)
      from dossier where received_day between '2022-01-01' and '2022-12-31' group by agency_code`)
    ).getRows()
  report(
    'Board: exact read (PostgreSQL, pending included) / DuckDB in memory over the same rows',
    { a: 'exact read', b: 'DuckDB', unit: 'reads/s' },
    await compare({ name: 'exact', run: (s) => perSecond(1, s, exact) }, { name: 'duck', run: (s) => perSecond(1, s, inDuck) }),
  )
  const board = () =>
    house.db.read(house.province, (tx) => readBoard(tx, directory, { ...YEAR, tier: null, rate: 'online_rate' }, '2026-11-21'))
  console.log(
    `\nexact read: ${showLatency(await latencies(200, exact))}; the whole board (five reads): ${showLatency(await latencies(60, board))}`,
  )
  await client.end()
}

try {
  await (process.argv.includes('--big') ? measureBig(house) : measure())
} finally {
  await house.close().catch(() => undefined)
}
