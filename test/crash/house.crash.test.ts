import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../src/kernel/clock.ts'
import { withFileLock } from '../../src/kernel/database/embedded/file-lock.ts'
import { type Database, sql } from '../../src/kernel/database/index.ts'
import { checkLog } from '../../src/kernel/seal/index.ts'
import { measureSources } from '../../src/measure-sources.ts'
import type { DossierEvent } from '../../src/modules/dossier/events.ts'
import { type DossierSummary, parseCode, recountWork } from '../../src/modules/dossier/index.ts'
import { dossierToJson } from '../../src/modules/dossier/rules/dossier.ts'
import { foldEvents } from '../../src/modules/dossier/rules/fold.ts'
import * as store from '../../src/modules/dossier/store.ts'
import { recount } from '../../src/modules/indicator/index.ts'
import { type CrashHouse, crashHouse, until } from '../support/crash-house.ts'
import { maritalStatus } from '../support/filing.ts'
import { type Credentials, jsonHeaders, signInCitizen, signInOfficer } from '../support/house.ts'

/**
 * The same seed gives the same moments and the same victims: CUASO_CRASH_SEED=… npx vitest run --project crash house.crash
 * How the processes meet at those moments is the machine's own.
 */
const SEED = Number(process.env.CUASO_CRASH_SEED ?? randomInt(2 ** 31))
const CLIENTS = 8
const KILLS = 6

/** Chance that can be repeated (mulberry32): a number from 0 up to 1. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The people of one commune's office. */
interface Office {
  readonly agencyCode: string
  readonly clerk: Credentials
  readonly head: Credentials
  readonly specialist: Credentials
  readonly specialistId: string
}

const signIn = async (origin: string) => ({
  offices: [
    {
      agencyCode: 'H12.101',
      clerk: await signInOfficer(origin, 'motcua.baclieu'),
      head: await signInOfficer(origin, 'baclieu.lanhdao'),
      specialist: await signInOfficer(origin, 'baclieu.chuyenvien'),
      specialistId: '01930000-0000-7000-8000-000000000008',
    },
    {
      agencyCode: 'H12.144',
      clerk: await signInOfficer(origin, 'motcua.cainuoc'),
      head: await signInOfficer(origin, 'cainuoc.lanhdao'),
      specialist: await signInOfficer(origin, 'cainuoc.chuyenvien'),
      specialistId: '01930000-0000-7000-8000-000000000007',
    },
  ] as readonly Office[],
  citizens: [
    await signInCitizen(origin, '096190000101'),
    await signInCitizen(origin, '096088000202'),
    await signInCitizen(origin, '096195000303'),
    await signInCitizen(origin, '096092000707'),
  ],
})

let house: CrashHouse
let people: Awaited<ReturnType<typeof signIn>>

/** What somebody was told was done: from then on it must be there. */
interface Acknowledged {
  readonly requestId: string
  readonly path: string
  readonly answer: DossierSummary
}
const acknowledged: Acknowledged[] = []
/** Every other answer that came: nothing but "busy, try again" is allowed. */
const refused: { status: number; code: string; retryAfter: string | null; path: string }[] = []

const post = (who: Credentials, path: string, body: object): Promise<Response> =>
  fetch(house.origin + path, { method: 'POST', headers: jsonHeaders(who), body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) })

/** One try. Nothing when there was no answer, or one that says to try again. */
async function attempt(who: Credentials, path: string, body: object): Promise<DossierSummary | undefined> {
  try {
    const response = await post(who, path, body)
    const answer = (await response.json()) as DossierSummary & { code: string }
    if (response.ok) return answer
    refused.push({ status: response.status, code: answer.code, retryAfter: response.headers.get('retry-after'), path })
  } catch {
    // Cut off: whether it was done, only the same request id will tell.
  }
  return undefined
}

/** Asks until there is an answer, always with the same request id; now and then twice at once, as an impatient hand does. */
async function insist(who: Credentials, path: string, input: object, twice = false): Promise<DossierSummary> {
  const body = { ...input, requestId: randomUUID() }
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) {
    const answers = await Promise.all(Array.from({ length: twice ? 2 : 1 }, () => attempt(who, path, body)))
    const [answer, other] = answers.filter((one) => one !== undefined)
    if (!answer) continue
    if (other) expect(other, `seed ${SEED}: the same request answered in two ways`).toEqual(answer)
    acknowledged.push({ requestId: body.requestId, path, answer })
    return answer
  }
  throw new Error(`seed ${SEED}: no answer for a minute on ${path}: ${JSON.stringify(refused.at(-1))}`)
}

const filing = (agencyCode: string) => ({
  ...maritalStatus,
  agencyCode,
  papers: [{ name: 'Căn cước' }, { name: 'Giấy xác nhận cư trú' }],
})

/** Files one dossier and takes it some of the way to its result. */
async function oneDossier(client: number, dice: () => number): Promise<void> {
  const office = people.offices[client % people.offices.length] as Office
  const citizen = people.citizens[client % people.citizens.length] as Credentials
  const twice = () => dice() < 0.1
  const atCounter = dice() < 0.3
  const { id } = atCounter
    ? await insist(office.clerk, '/api/v1/dossiers', { ...filing(office.agencyCode), channel: 'counter', receive: true }, twice())
    : await insist(citizen, '/api/v1/dossiers', filing(office.agencyCode), twice())
  const step = (who: Credentials, action: string, input: object = {}) => insist(who, `/api/v1/dossiers/${id}/${action}`, input, twice())
  const goesOn = () => dice() < 0.85
  if (!atCounter) {
    if (!goesOn()) return
    await step(office.clerk, 'receive')
  }
  if (!goesOn()) return
  await step(office.head, 'assign', { assigneeId: office.specialistId })
  if (!goesOn()) return
  await step(office.specialist, 'submit-for-signature')
  if (!goesOn()) return
  await step(office.head, 'issue', { results: [{ name: 'Giấy khai sinh' }], electronic: false })
  if (goesOn()) await step(office.clerk, 'return')
}

beforeAll(async () => {
  const made = await crashHouse(signIn)
  house = made.house
  people = made.people
  await house.open()
}, 180_000)
afterAll(async () => house?.remove())

test('while the database is away the server lives, says that it is busy, loses nothing, and is ready again by itself', async () => {
  const [citizen] = people.citizens as [Credentials]
  const requestId = randomUUID()
  const file = () => post(citizen, '/api/v1/dossiers', { ...filing('H12.101'), requestId })
  await withFileLock(house.databaseLock, async () => {
    await house.killDatabase()
    await until('/readyz says so', async () => (await fetch(`${house.origin}/readyz`)).status === 503)
    expect((await fetch(`${house.origin}/healthz`)).status).toBe(200)
    const answer = await file()
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toMatchObject([503, '5', { code: 'service.busy' }])
    const page = await fetch(`${house.origin}/ho-so`, { headers: { cookie: citizen.cookie, accept: 'text/html' } })
    expect([page.status, page.headers.get('retry-after'), page.headers.get('content-type')]).toEqual([
      503,
      '5',
      expect.stringContaining('text/html'),
    ])
  })
  await until('it is ready again', async () => (await fetch(`${house.origin}/readyz`)).ok)
  const filed = await file()
  expect(filed.status).toBe(201)
  const answer = (await filed.json()) as DossierSummary
  expect(await (await file()).json()).toEqual(answer)
  acknowledged.push({ requestId, path: '/api/v1/dossiers', answer })
})

test('server and database killed at random under load: nothing acknowledged is lost, nothing is doubled', async () => {
  console.log(`CUASO_CRASH_SEED=${SEED}`)
  let working = true
  const clients = Promise.all(
    Array.from({ length: CLIENTS }, async (_none, client) => {
      const dice = chance(SEED + client + 1)
      while (working) await oneDossier(client, dice)
    }),
  )
  clients.catch(() => undefined)
  const kill = async (): Promise<void> => {
    const dice = chance(SEED)
    for (let number = 0; number < KILLS; number += 1) {
      const before = acknowledged.length
      await until('work goes on', async () => acknowledged.length > before + 10)
      await sleep(50 + dice() * 1000)
      if (number % 2 === 1) await house.killDatabase()
      else {
        // Sometimes the database falls in the same moment.
        if (dice() < 0.3) await house.killDatabase()
        await house.killServer()
        await house.open()
      }
    }
    const before = acknowledged.length
    await until('work goes on', async () => acknowledged.length > before + 10)
  }
  await Promise.race([kill(), clients]).finally(() => {
    working = false
  })
  await clients
  console.log(`${acknowledged.length} answers, ${refused.length} times busy`)

  const wrong = refused.filter(({ status, code, retryAfter }) => status !== 503 || code !== 'service.busy' || retryAfter === null)
  expect(wrong, `seed ${SEED}`).toEqual([])
  const { province } = house
  await house.withDatabase(async (db) => {
    await until('the log is sealed', async () => (await checkLog(db, province)).unsealed === 0)
    await everyAnswerIsThereOnce(db)
    await codesAreWhole(db)
    await statesFollowFromEvents(db)
    await jobsAreThereOnce(db)
    expect(await recount({ db, clock: systemClock }, province, measureSources)).toMatchObject({ difference: 0, differing: [] })
    expect(await recountWork(db, province)).toMatchObject({ difference: 0, differing: [] })
    expect(await checkLog(db, province)).toMatchObject({ ok: true, unsealed: 0 })
  })
  // Half a minute on two idle cores; a machine that is busy with other things gets its time.
}, 300_000)

const rows = async <T>(db: Database, statement: ReturnType<typeof sql<T>>): Promise<T[]> =>
  db.read(house.province, async (tx) => (await statement.execute(tx)).rows)

async function everyAnswerIsThereOnce(db: Database): Promise<void> {
  const logged = await rows(
    db,
    sql<{ id: string; result: DossierSummary; events: number }>`
      select l.request_id as id, l.result, (select count(*)::int from event e where e.request_id = l.request_id) as events
      from request_log l where l.command like 'dossier.%'`,
  )
  const kept = new Map(logged.map((row) => [row.id, row]))
  for (const { requestId, path, answer } of acknowledged) {
    const row = kept.get(requestId)
    expect(row?.result, `seed ${SEED}: ${path} ${requestId}`).toEqual(answer)
    // Taken in at the counter, a dossier is filed and received in one go.
    expect(row?.events, `seed ${SEED}: ${path} ${requestId}`).toBe(path.endsWith('/dossiers') && answer.code !== null ? 2 : 1)
  }
  // Everybody asked until they were answered, so there is nothing that nobody was told of.
  expect(logged).toHaveLength(acknowledged.length)
  const filed = acknowledged.filter(({ path }) => path === '/api/v1/dossiers').map(({ answer }) => answer.reference)
  const stored = await rows(db, sql<{ reference: string }>`select reference from dossier order by reference`)
  expect(stored.map(({ reference }) => reference)).toEqual(filed.sort())
  const events = await rows(db, sql<{ count: number }>`select count(*)::int as count from event where type like 'dossier.%'`)
  expect(events[0]?.count).toBe(logged.reduce((sum, row) => sum + row.events, 0))
}

async function codesAreWhole(db: Database): Promise<void> {
  const given = await rows(db, sql<{ code: string; day: string }>`select code, received_day as day from dossier where code is not null`)
  const serials = new Map<string, number[]>()
  for (const { code, day } of given) {
    const parsed = parseCode(code)
    const key = `${parsed?.agencyCode} ${day}`
    serials.set(key, [...(serials.get(key) ?? []), Number(parsed?.serial)])
  }
  const last = await rows(db, sql<{ key: string; last: number }>`select agency_code || ' ' || day as key, last from dossier_serial`)
  expect([...serials.keys()].sort()).toEqual(last.map(({ key }) => key).sort())
  for (const { key, last: end } of last) {
    const all = (serials.get(key) ?? []).sort((a, b) => a - b)
    expect(all, `seed ${SEED}: serials of ${key}`).toEqual(Array.from({ length: end }, (_none, index) => index + 1))
  }
}

async function statesFollowFromEvents(db: Database): Promise<void> {
  for (const { id } of await rows(db, sql<{ id: string }>`select id from dossier`)) {
    const [dossier, events] = await db.read(house.province, async (tx) => [await store.find(tx, id), await store.history(tx, id)] as const)
    const rebuilt = foldEvents(events as unknown as DossierEvent[])
    expect(rebuilt && dossierToJson(rebuilt), `seed ${SEED}: dossier ${id}`).toEqual(dossier && dossierToJson(dossier))
  }
}

async function jobsAreThereOnce(db: Database): Promise<void> {
  const doubled = await rows(
    db,
    sql`select name, data from pgboss.job where name not like '\\_\\_pgboss%' group by name, data having count(*) > 1`,
  )
  expect(doubled, `seed ${SEED}`).toEqual([])
}

test('everything killed at once: the next start comes up and serves what was there', async () => {
  const [citizen] = people.citizens as [Credentials]
  const [office] = people.offices as [Office]
  const { id, reference } = await insist(citizen, '/api/v1/dossiers', filing(office.agencyCode))
  await Promise.all([house.killDatabase(), house.killServer()])
  await house.open('launcher')
  expect((await fetch(house.origin)).status).toBe(200)
  const seen = await fetch(`${house.origin}/api/v1/dossiers/${id}`, { headers: jsonHeaders(citizen) })
  expect(await seen.json()).toMatchObject({ reference })
  expect(await insist(office.clerk, `/api/v1/dossiers/${id}/receive`, {})).toMatchObject({ reference, stage: 'received' })
  await house.stopServer()
  expect(await house.databasePid()).toBe(0)
})
