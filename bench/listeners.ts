import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { dayOf, systemClock } from '../src/kernel/clock.ts'
import { run } from '../src/kernel/command.ts'
import { record } from '../src/kernel/events.ts'
import { ok } from '../src/kernel/result.ts'
import { createCampaign, publishCampaign } from '../src/modules/campaign/index.ts'
import { foldAll } from '../src/modules/indicator/index.ts'
import { directoryOf, unitsDuring } from '../src/modules/organisation/index.ts'
import { type Answer, attend, type Heard, instant, type Seat, type Told } from './lib/audience.ts'
import { fill } from './lib/fill.ts'
import { openHouse, startServer } from './lib/house.ts'
import { quantile } from './lib/interleave.ts'
import { childrenOf, cpuOf, memoryOf, parentOf } from './lib/processes.ts'

/**
 * The live board with 500 listeners, each an officer of their own with a connection of their own from another process, while dossiers
 * arrive and the fold runs: what it costs the server, how soon a commit is at every one of them, and whether any of them misses one.
 * Without listeners and with them in turn.
 */
const LISTENERS = Number(process.env.BENCH_LISTENERS ?? 500)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60)
const COMMITS_A_SECOND = Number(process.env.BENCH_COMMITS ?? 20)
const DOSSIERS = Number(process.env.BENCH_DOSSIERS ?? 100_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 2)
/** Every so many listeners reads what it is told; the others only count. */
const READS = 10

const NATIONAL = '/dieu-hanh/toan-quoc/luong'

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What has to be closed, the latest first, however the bench ends. */
const closers: (() => unknown)[] = []

async function main(): Promise<void> {
  const opening = performance.now()
  const house = await openHouse()
  closers.push(() => house.close())
  const { app } = house.composed
  const system = { kind: 'system', name: 'bench' } as const
  const act = <T>(name: string, work: Parameters<typeof run<T>>[2]) =>
    run(app, { province: house.province, actor: system, requestId: randomUUID(), name }, work)
  const today = dayOf(systemClock())
  const directory = await directoryOf(app, house.province)
  const owner = new pg.Client({ connectionString: house.ownerUrl, options: '-c search_path=ca_mau,shared,public -c timezone=UTC' })
  await owner.connect()
  closers.push(() => owner.end())

  // Dossiers of 2022, and as many of this year over the units of today.
  const now = unitsDuring(directory, { from: today, to: today })
  const communes = now.filter(({ tier }) => tier === 'commune').map(({ code }) => code)
  const others = now.filter(({ tier, parentCode }) => tier === 'province' && parentCode !== null).map(({ code }) => code)
  await fill(house, 0, DOSSIERS, 0)
  await owner.query(
    `insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
     select ($1::text[])[1 + h % array_length($1::text[], 1)], least($2::date - (h / 7) % ($2::date - date_trunc('year', $2::date)::date + 1), $2::date),
       procedure_code, channel, concat_ws(' ', '1', ${[2, 4, 5, 8].map((id) => `case when counted & ${1 << (id - 1)} > 0 then '${id}' end`).join(', ')})
     from (select *, hashtext(reference) & 2147483647 as h from dossier where source = 'bench') made`,
    [[...communes, ...communes, ...others], today],
  )
  await owner.query(
    `insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
     select code, date '2022-01-01' + ((n * 37 + m) % 365)::int, '1.001193', 'online', '1=9 2=5 4=8 5=8 8=3' from unnest($1::text[]) with ordinality as unit (code, n), generate_series(0, 359, 30) m`,
    [
      unitsDuring(directory, { from: '2022-06-01', to: '2022-06-01' })
        .filter(({ tier, parentCode }) => tier === 'province' && parentCode !== null)
        .map(({ code }) => code),
    ],
  )
  await foldAll(house.db, house.province)
  await owner.query('vacuum (analyze) indicator_cell, indicator_delta')

  const year = today.slice(0, 4)
  const made = await act('bench.campaign', (cx) =>
    createCampaign(cx, {
      name: 'Chiến dịch đo lường',
      decision: 'Kế hoạch đo lường',
      begins: `${year}-01-01`,
      ends: `${Number(year) + 1}-12-31`,
      targets: (['province', 'commune'] as const).flatMap((tier) => [
        { aim: 'online_rate', tier, value: 0.8 },
        { aim: 'digitised_rate', tier, value: 0.7 },
      ]),
    }),
  )
  if (!made.ok) throw new Error(made.error.code)
  const campaign = made.value.id
  await act('bench.publish', (cx) => publishCampaign(cx, { campaignId: campaign }))

  // As many officers as listeners, each signed in.
  const cookies: string[] = []
  for (let n = 0; n <= LISTENERS; n += 1) {
    const [id, token] = [randomUUID(), randomBytes(32).toString('base64url')]
    await owner.query(
      `with made as (
           insert into officer (id, username, name, agency_code, password_hash, password_changed_at, search, created_at)
           values ($1, $2, 'Người xem ' || $2, 'H12', 'x', now(), $2, now())
         )
         insert into role_grant (id, officer_id, role, agency_code, subtree, valid_from, granted_at)
         values (gen_random_uuid(), $1, 'leader', 'H12', true, '2020-01-01', now())`,
      [id, `nguoixem.${n}`],
    )
    await owner.query(
      `insert into session (token_hash, subject_kind, subject_id, csrf, created_at, seen_at, expires_at)
         values ($1, 'officer', $2, 'x', now(), now(), now() + interval '10 hours')`,
      [createHash('sha256').update(token).digest(), id],
    )
    cookies.push(`cuaso_session=${token}`)
  }

  // Most look at the whole province this year; some at a tier, another rate, another period, the campaign; some in English.
  const board = (query: string): string => `/dieu-hanh/luong?${query}`
  const so = `tu=${year}-01-01&den=${today}`
  const views: [string, number][] = [
    [board(`${so}&chi-so=truc-tuyen`), 190],
    [board(`${so}&cap=xa&chi-so=truc-tuyen`), 60],
    [`/dieu-hanh/chien-dich/${campaign}/luong`, 50],
    [board(`tu=${today.slice(0, 7)}-01&den=${today}&chi-so=truc-tuyen`), 40],
    [board(`tu=${year}-07-01&den=${today}&chi-so=truc-tuyen`), 40],
    [board(`${so}&cap=tinh&chi-so=truc-tuyen`), 20],
    [board(`${so}&chi-so=dung-han`), 20],
    [board(`${so}&chi-so=so-hoa`), 20],
    [board(`tu=2022-01-01&den=${today}&chi-so=truc-tuyen`), 20],
    [board('tu=2022-01-01&den=2022-12-31&chi-so=truc-tuyen'), 20],
    [board(`${so}&chi-so=truc-tuyen&lang=en`), 5],
    [`/dieu-hanh/man-hinh/luong?${so}&chi-so=truc-tuyen`, 5],
    [NATIONAL, 10],
  ]
  const whole = views.reduce((sum, [, weight]) => sum + weight, 0)
  const turns = new Map<string, number>()
  const seats: Seat[] = Array.from({ length: LISTENERS }, (_none, n): Seat => {
    let place = (n * whole) / LISTENERS
    const path = views.find(([, weight]) => {
      place -= weight
      return place < 0
    })?.[0] as string
    const turn = turns.get(path) ?? 0
    turns.set(path, turn + 1)
    return { path, cookie: cookies[n] ?? '', reads: turn % READS === 0 }
  })

  const server = await startServer(house)
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    await server.stop()
  }
  closers.push(stop)
  const { rows } = await owner.query('select pg_backend_pid() as pid')
  const postmaster = parentOf(Number((rows[0] as { pid: number }).pid))
  const databaseCpu = (): number => childrenOf(postmaster).reduce((sum, pid) => sum + cpuOf(pid), 0)

  const audience: ChildProcess = fork(process.argv[1] ?? '', { env: { ...process.env, BENCH_AUDIENCE: '1' }, serialization: 'advanced' })
  closers.push(() => audience.kill())
  const ask = (told: Told): Promise<Answer> =>
    new Promise((resolve, reject) => {
      audience.once('message', (answer: Answer) => ('failed' in answer ? reject(new Error(answer.failed)) : resolve(answer)))
      audience.send(told)
    })

  // Dossiers: one commit after the other, so that how many were committed says which. When each was there, by its number.
  const committedAt: number[] = []
  const arrive = async (until: number): Promise<void> => {
    let next = performance.now()
    while (performance.now() < until) {
      const agencyCode = communes[committedAt.length % communes.length] ?? 'H12.101'
      await act('bench.received', async (cx) => {
        const values = [[1, 1], ...(committedAt.length % 2 ? [[2, 1]] : []), ...(committedAt.length % 3 ? [[8, 1]] : [])] as [
          number,
          number,
        ][]
        await record(cx, {
          events: [{ type: 'bench.received', subject: cx.id(), agencyCode, data: {} }],
          deltas: [{ agencyCode, day: today, procedureCode: '1.001193', channel: 'online', values }],
        })
        return ok(null)
      })
      committedAt.push(instant())
      next += 1000 / COMMITS_A_SECOND
      await sleep(Math.max(0, next - performance.now()))
    }
  }

  /** How old the oldest delta is that no fold has taken, ten times a second. */
  const watchFold = async (until: number): Promise<number[]> => {
    const born: { id: number; at: number }[] = []
    const ages: number[] = []
    while (performance.now() < until) {
      const { rows: found } = await owner.query('select min(id)::int as oldest, max(id)::int as latest from indicator_delta')
      const { oldest, latest } = found[0] as { oldest: number | null; latest: number | null }
      const at = performance.now()
      if (latest !== null && latest > (born.at(-1)?.id ?? 0)) born.push({ id: latest, at })
      ages.push(oldest === null ? 0 : at - (born.find(({ id }) => id >= oldest)?.at ?? at))
      await sleep(100)
    }
    return ages
  }

  /** Ordinary pages meanwhile, twenty a second on connections of their own. */
  const browse = async (until: number): Promise<{ path: string; ms: number }[]> => {
    const cookie = cookies.at(-1) ?? ''
    const paths = ['/', '/thu-tuc', '/thu-tuc/1.001193', '/tra-cuu', '/dieu-hanh', '/dieu-hanh/chi-so']
    const times: { path: string; ms: number }[] = []
    await Promise.all(
      paths.map(async (path, n) => {
        await sleep(n * 50)
        while (performance.now() < until) {
          const started = performance.now()
          const response = await fetch(server.origin + path, { headers: { cookie } })
          await response.arrayBuffer()
          if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
          times.push({ path, ms: performance.now() - started })
          await sleep(Math.max(0, 300 - (performance.now() - started)))
        }
      }),
    )
    return times
  }

  const phase = async (name: string, seconds: number) => {
    const until = performance.now() + seconds * 1000
    const [cpu, database, started] = [cpuOf(server.pid), databaseCpu(), performance.now()]
    const [, pages, lag] = await Promise.all([arrive(until), browse(until), watchFold(until)])
    const took = (performance.now() - started) / 1000
    const share = { server: ((cpuOf(server.pid) - cpu) / took) * 100, database: ((databaseCpu() - database) / took) * 100 }
    const plain = pages.filter(({ path }) => !path.startsWith('/dieu-hanh')).map(({ ms }) => ms)
    const boards = pages.filter(({ path }) => path.startsWith('/dieu-hanh')).map(({ ms }) => ms)
    console.log(
      `${name}: server ${share.server.toFixed(1)} % of a core, database ${share.database.toFixed(1)} %, memory ${memoryOf(server.pid).toFixed(0)} MB; ` +
        `pages p50 ${quantile(plain, 0.5).toFixed(1)}, p95 ${quantile(plain, 0.95).toFixed(1)} ms; board and score pages p50 ${quantile(boards, 0.5).toFixed(0)}, p95 ${quantile(boards, 0.95).toFixed(0)} ms; ` +
        `fold lag p50 ${quantile(lag, 0.5).toFixed(0)}, p99 ${quantile(lag, 0.99).toFixed(0)} ms`,
    )
    return share
  }

  /** What they heard: how soon, and whether everything and nothing twice. */
  const judge = (heard: readonly Heard[], first: number, fresh: readonly Heard[]): void => {
    const delays: number[] = []
    const problems = { lost: 0, twice: 0, differing: 0, ended: 0 }
    const states = new Map<string, Map<number, number>>()
    for (const { path, counts } of heard) {
      const known = states.get(path) ?? new Map<number, number>()
      states.set(path, known)
      for (const [id, count] of counts) known.set(id, count)
    }
    for (const { path, events, parts, ended, counts } of heard) {
      if (ended) problems.ended += 1
      const known = states.get(path) ?? new Map<number, number>()
      // Nothing is committed while they come in: all begin with the same figures.
      const start = Math.min(...known.values())
      let seen = 0
      let last = 0
      for (const [id, at] of events) {
        if (id <= last) problems.twice += 1
        last = id
        const count = known.get(id)
        if (count === undefined) continue
        for (; seen < count - start; seen += 1) {
          const committed = committedAt[first + seen]
          if (committed !== undefined) delays.push(at - committed)
        }
      }
      // A year that is over does not move, and of the whole country there are points, not dossiers.
      if (!path.includes('den=2022') && path !== NATIONAL && seen < committedAt.length - first) problems.lost += 1
      if (counts.length === 0) continue
      const right = fresh.find((one) => one.path === path)
      if (right && Object.entries(right.parts).some(([part, html]) => parts[part] !== html)) problems.differing += 1
    }
    const bytes = heard.reduce((sum, one) => sum + one.bytes, 0)
    const events = heard.reduce((sum, one) => sum + one.events.length, 0)
    console.log(
      `delivery, commit → last byte at the client, ${delays.length.toLocaleString('en')} deliveries of ${committedAt.length - first} commits: p50 ${quantile(delays, 0.5).toFixed(0)}, p95 ${quantile(delays, 0.95).toFixed(0)}, p99 ${quantile(delays, 0.99).toFixed(0)}, slowest ${quantile(delays, 1).toFixed(0)} ms  goal p99 < 1000: ${quantile(delays, 0.99) < 1000 ? 'reached' : 'NOT reached'}`,
    )
    console.log(
      `  listeners that missed a commit: ${problems.lost}; events twice or out of order: ${problems.twice}; readers whose screen differs from a fresh one: ${problems.differing} of ${heard.filter(({ counts }) => counts.length > 0).length}; streams that broke: ${problems.ended}`,
    )
    console.log(
      `  ${events.toLocaleString('en')} events, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / Math.max(1, events) / 1000).toFixed(1)} kB an event`,
    )
  }

  console.log(
    `${(DOSSIERS * 2).toLocaleString('en')} dossiers counted, ${unitsDuring(directory, { from: '2022-01-01', to: '2022-12-31' }).length} units in 2022 and ${now.length} today; ${COMMITS_A_SECOND} commits a second; made in ${((performance.now() - opening) / 1000).toFixed(0)} s`,
  )
  const warm = performance.now() + 5000
  await Promise.all([arrive(warm), browse(warm)])
  const shares: { without: number; with: number; database: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const without = await phase('no listener    ', SECONDS / 2)
    const openedAt = performance.now()
    const cpu = cpuOf(server.pid)
    await ask({ open: seats, origin: server.origin })
    console.log(
      `${LISTENERS} listeners opened in ${((performance.now() - openedAt) / 1000).toFixed(1)} s, ${(cpuOf(server.pid) - cpu).toFixed(1)} s of CPU`,
    )
    await sleep(1500)
    const first = committedAt.length
    const share = await phase(`${LISTENERS} listeners`, SECONDS)
    await sleep(2500)
    const { heard } = (await ask({ tell: true })) as { heard: Heard[] }
    await ask({ close: true })
    await ask({ open: views.map(([path], n) => ({ path, cookie: cookies[n] ?? '', reads: true })), origin: server.origin })
    const { heard: fresh } = (await ask({ tell: true })) as { heard: Heard[] }
    await ask({ close: true })
    judge(heard, first, fresh)
    shares.push({ without: without.server, with: share.server, database: share.database - without.database })
    await sleep(1000)
  }
  const added = shares.map((one) => one.with - one.without)
  console.log(
    `server CPU that ${LISTENERS} listeners cost: ${added.map((one) => one.toFixed(1)).join(', ')} % of a core (database: ${shares.map(({ database }) => database.toFixed(1)).join(', ')} %)  goal ≤ 50: ${Math.max(...added) <= 50 ? 'reached' : 'NOT reached'}`,
  )

  await ask({ open: seats, origin: server.origin })
  const stopping = performance.now()
  await stop()
  console.log(`stopped with ${LISTENERS} listeners in ${((performance.now() - stopping) / 1000).toFixed(2)} s  goal ≤ 5 s`)
}

try {
  await (process.env.BENCH_AUDIENCE ? attend() : main())
} finally {
  for (const close of closers.reverse()) await Promise.resolve(close()).catch(() => undefined)
}
