import pg from 'pg'
import { byAgency, readCounts, readLines } from '../../src/modules/indicator/index.ts'
import { BIG, bigUnits, fillBig } from './fill-big.ts'
import type { House } from './house.ts'
import { compare, latencies, report, showLatency } from './interleave.ts'
import { perSecond } from './stage.ts'

const quarters = [
  { from: '2022-01-01', to: '2022-03-31' },
  { from: '2022-04-01', to: '2022-06-30' },
  { from: '2022-07-01', to: '2022-09-30' },
  { from: '2022-10-01', to: '2022-12-31' },
]

/** A large province: every unit for any quarter, and one unit, exact, against a full scan of the dossiers. */
export async function measureBig(house: House): Promise<void> {
  const started = performance.now()
  await fillBig(house)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(
    `${BIG.dossiers.toLocaleString('en')} dossiers, ${BIG.units} units, ${BIG.pending.toLocaleString('en')} pending deltas, made in ${seconds} s`,
  )
  const units = bigUnits()
  const quarter = (n: number) => quarters[n % 4] ?? { from: '2022-01-01', to: '2022-03-31' }
  const all = (n: number) => {
    const period = quarter(n)
    return house.db.read(house.province, (tx) => readLines(tx, { period, groups: byAgency(units, period) }))
  }
  const one = (n: number) => {
    const period = quarter(n)
    const [group] = byAgency(
      [units[(n * 37) % units.length] ?? units[0]].flatMap((unit) => unit ?? []),
      period,
    )
    return house.db.read(house.province, (tx) => readCounts(tx, period, group))
  }
  const client = new pg.Client({ connectionString: house.appUrl, options: '-c search_path=ca_mau,shared,public' })
  await client.connect()
  const scan = async () =>
    (
      await client.query({
        name: 'scan',
        text: `select agency_code, count(*)::int as received, count(*) filter (where channel = 'online')::int as online,
                 count(*) filter (where completed_at is not null)::int as finished, count(*) filter (where completed_at <= due_at)::int as on_time
               from dossier where received_day between $1::date and $2::date group by agency_code`,
        values: [quarter(0).from, quarter(0).to],
      })
    ).rows as { agency_code: string; received: number; online: number; finished: number; on_time: number }[]
  const lines = new Map((await all(0)).map(({ group, counts }) => [group?.key, counts]))
  const differing = (await scan()).filter((row) => {
    const counts = lines.get(row.agency_code)
    return (
      counts?.received !== row.received ||
      counts.online !== row.online ||
      counts.finished !== row.finished ||
      counts.on_time !== row.on_time
    )
  })
  console.log(`units whose counts differ from a count of the dossiers: ${differing.length} of ${lines.size}`)
  report(
    'Board, large: exact read of every unit for a quarter / full scan of the dossiers',
    { a: 'exact read', b: 'full scan', unit: 'reads/s' },
    await compare(
      { name: 'exact', run: (s) => perSecond(1, s, (_client, turn) => all(turn)) },
      { name: 'scan', run: (s) => perSecond(1, s, scan) },
    ),
    200,
  )
  console.log(`\nevery unit, any quarter: ${showLatency(await latencies(200, all))}  goal p95 ≤ 30 ms`)
  console.log(`one unit, any quarter: ${showLatency(await latencies(200, one))}  goal ≤ 10 ms`)
  await client.end()
}
