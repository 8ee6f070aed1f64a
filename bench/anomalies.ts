import { readFileSync } from 'node:fs'
import pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import { directoryOf } from '../src/modules/organisation/index.ts'
import {
  readAccounts,
  readAsked,
  readDevices,
  readFilings,
  readPhones,
  readTakenBack,
  readUnitDays,
} from '../src/modules/scheme/anomalies/candidates.ts'
import { findCases } from '../src/modules/scheme/anomalies/find-cases.ts'
import { fill } from './lib/fill.ts'
import { openHouse, signInOfficer, startServer } from './lib/house.ts'
import { compare, latencies, quantile, report, showLatency } from './lib/interleave.ts'
import { perSecond } from './lib/stage.ts'
import { addUnusual } from './lib/unusual.ts'
import { Wire } from './lib/wire.ts'

/**
 * Figures worth a second look at a million dossiers of a year: each rule over a quarter against a full scan of the same question, all of them
 * together, and the pages over HTTP, from the cases as they were last worked out and worked out anew.
 */
const DOSSIERS = Number(process.env.BENCH_DOSSIERS ?? 1_000_000)
const QUARTER = { from: '2022-04-01', to: '2022-06-30' }
const YEAR = { from: '2022-01-01', to: '2022-12-31' }
const NOW = Temporal.Instant.from('2023-01-15T03:00:00Z')
const GOAL_RULE = 1000
const GOAL_PAGE = 300
const house = await openHouse()

/** The same questions asked of the tables themselves, no index and no counts kept beforehand. */
const SCANS: Readonly<Record<string, string>> = {
  'unit days': `select agency_code, received_day, count(*), count(*) filter (where channel = 'online') from dossier where received_day between $1::date and $2::date group by 1, 2`,
  'with help': `select agency_code, count(*) from dossier where received_day between $1::date and $2::date and assisted and channel = 'online' group by 1`,
  'one phone': `select applicant_phone, count(distinct applicant_number) from dossier where received_day between $1::date and $2::date and channel = 'online' and applicant_phone is not null group by 1 having count(distinct applicant_number) >= 8`,
  'one account': `select submitter_id, count(distinct applicant_number) from dossier where received_day between $1::date and $2::date and channel = 'online' and submitter_id is not null group by 1 having count(distinct applicant_number) >= 8`,
  'one device': `select f.mark, count(distinct d.applicant_number) from filing_device f join dossier d on d.id = f.dossier_id where d.received_day between $1::date and $2::date group by 1 having count(distinct d.applicant_number) >= 8`,
  'opened again': `select e.subject, d.due_at from event e join dossier d on d.id = e.subject where e.type in ('dossier.recalled', 'dossier.resumed', 'dossier.undone') and e.at >= $1::date and e.at < $2::date + 1`,
  supplements: `select e.subject, d.due_at from event e join dossier d on d.id = e.subject where e.type = 'dossier.supplement-requested' and e.at >= $1::date and e.at < $2::date + 1`,
}

async function measureRules(scan: pg.Client): Promise<void> {
  const directory = await directoryOf(house.composed.app, house.province)
  const days = await house.db.read(house.province, (tx) => readUnitDays(tx, directory, QUARTER))
  const read = <T>(work: Parameters<typeof house.db.read<T>>[1]) => house.db.read(house.province, work)
  const rules: Readonly<Record<string, () => Promise<unknown>>> = {
    'unit days': () => read((tx) => readUnitDays(tx, directory, QUARTER)),
    'with help': () => read((tx) => readFilings(tx, days, QUARTER)),
    'one phone': () => read((tx) => readPhones(tx, QUARTER, 8)),
    'one account': () => read((tx) => readAccounts(tx, QUARTER, 8)),
    'one device': () => read((tx) => readDevices(tx, QUARTER, 8)),
    'opened again': () => read((tx) => readTakenBack(tx, QUARTER)),
    supplements: () => read((tx) => readAsked(tx, QUARTER)),
  }
  console.log(`\neach rule over ${QUARTER.from} – ${QUARTER.to}`)
  for (const [name, rule] of Object.entries(rules)) {
    for (let turn = 0; turn < 6; turn += 1) await rule()
    const times = await latencies(30, rule)
    const p95 = quantile(times, 0.95)
    console.log(`  ${name}: ${showLatency(times)}  goal p95 ≤ ${GOAL_RULE} ms: ${p95 <= GOAL_RULE ? 'reached' : 'NOT reached'}`)
  }
  for (const [name, rule] of Object.entries(rules)) {
    const text = SCANS[name] ?? ''
    const naive = () => scan.query({ name, text, values: [QUARTER.from, QUARTER.to] })
    report(
      `${name}: rule / full scan`,
      { a: 'rule', b: 'full scan', unit: 'a second' },
      await compare(
        { name, run: (s) => perSecond(1, s, rule) },
        { name: 'scan', run: (s) => perSecond(1, s, naive) },
        { rounds: 3, seconds: 1 },
      ),
    )
  }
  for (const [name, period, turns] of [
    ['a quarter', QUARTER, 10],
    ['a year', YEAR, 3],
  ] as const) {
    const all = () => house.db.snapshot(house.province, (tx) => findCases(tx, period, NOW))
    const { cases, online, marked } = await all()
    const counts = Object.entries(Object.groupBy(cases, ({ kind }) => kind)).map(([kind, found]) => `${kind} ${found?.length ?? 0}`)
    console.log(
      `\nall rules over ${name}: ${showLatency(await latencies(turns, all))}; ${counts.join(', ')}; devices known of ${marked} of ${online}`,
    )
  }
}

async function measurePages(): Promise<void> {
  const server = await startServer(house)
  try {
    const officer = await signInOfficer(server.origin, 'caicach')
    const wire = new Wire(server.origin)
    const headers = { cookie: officer.cookie, accept: 'text/html' }
    const ask = async (path: string): Promise<string> => {
      const { status, body } = await wire.get(path, headers)
      if (status !== 200) throw new Error(`${path}: ${status}`)
      return body.toString()
    }
    const list = '/dieu-hanh/bat-thuong?ky=2022-q2'
    const first = await ask(list)
    const keys = [...first.matchAll(/muc=([^"&]+)/g)].map((match) => decodeURIComponent((match[1] ?? '').replaceAll('+', ' ')))
    const keyOf = (kind: string): string => encodeURIComponent(keys.find((key) => key.startsWith(kind)) ?? keys[0] ?? '')
    console.log('\npages of a quarter over HTTP, cases as they were last worked out')
    const pages: readonly (readonly [string, string])[] = [
      ['list', list],
      ['case: one phone', `/dieu-hanh/bat-thuong/muc?ky=2022-q2&muc=${keyOf('one-phone')}`],
      ['case: supplements', `/dieu-hanh/bat-thuong/muc?ky=2022-q2&muc=${keyOf('stop-clock')}`],
      ['score with and without', '/dieu-hanh/bat-thuong/nop-ho?ky=2022-q2'],
      ['list of the year', '/dieu-hanh/bat-thuong?ky=2022'],
      ['score with and without, the year', '/dieu-hanh/bat-thuong/nop-ho?ky=2022'],
    ]
    for (const [name, path] of pages) {
      for (let turn = 0; turn < 6; turn += 1) await ask(path)
      const times = await latencies(40, () => ask(path))
      const p95 = quantile(times, 0.95)
      console.log(`  ${name}: ${showLatency(times)}  goal p95 ≤ ${GOAL_PAGE} ms: ${p95 <= GOAL_PAGE ? 'reached' : 'NOT reached'}`)
    }
    const anew = await latencies(8, (n) =>
      ask(`/dieu-hanh/bat-thuong?tu=2022-04-${String(n + 1).padStart(2, '0')}&den=2022-07-${String(n + 1).padStart(2, '0')}`),
    )
    console.log(`  list of a period nobody asked for before, worked out at once: ${showLatency(anew)}`)
    const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    console.log(`resident memory of the server: ${memory.toFixed(0)} MB`)
    wire.close()
  } finally {
    await server.stop()
  }
}

try {
  const started = performance.now()
  await fill(house, 0, DOSSIERS, 1000)
  const owner = new pg.Client({ connectionString: house.ownerUrl, options: '-c search_path=ca_mau,shared,public -c timezone=UTC' })
  await owner.connect()
  await addUnusual(owner)
  const { rows } = await owner.query(
    'select (select count(*) from dossier) as dossiers, (select count(*) from event) as events, (select count(*) from filing_device) as devices',
  )
  console.log(`${JSON.stringify(rows[0])}, made in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  await owner.end()
  const scan = new pg.Client({
    connectionString: house.appUrl,
    options: '-c search_path=ca_mau,shared,public -c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off',
  })
  await scan.connect()
  await measureRules(scan)
  await scan.end()
  await measurePages()
} finally {
  await house.close().catch(() => undefined)
}
