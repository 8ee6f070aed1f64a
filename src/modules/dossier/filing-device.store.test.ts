import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { run } from '../../kernel/command.ts'
import type { Actor, Context, Officer } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import { uuidv7 } from '../../kernel/id.ts'
import type { Result } from '../../kernel/result.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { loadOrganisationData } from '../organisation/index.ts'
import { clearDevices } from './device-job.ts'
import { deviceMark, isDeviceCookie, newDeviceCookie } from './device-mark.ts'
import { findMachine, listMachines } from './device-store.ts'
import { nameMachine, permissions, removeMachine, submitDossier } from './index.ts'

const { db, province } = await testDatabase()
const START = Temporal.Instant.from('2026-11-20T02:00:00Z')
let now = START
const BIRTH = { procedureCode: '1.001193', formCode: 'khai-sinh', formVersion: 1 }
const AGENCY = 'H12.101'
const clerk: Officer = {
  kind: 'officer',
  officerId: uuidv7(START.epochMilliseconds),
  name: 'Danh Hoàng Nam',
  grants: [{ role: 'clerk', agencyCode: AGENCY, subtree: false }],
}
const citizen = (): Actor => ({ kind: 'citizen', personId: uuidv7(START.epochMilliseconds), name: 'Lý Thị Mười' })

const as = async <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
  const access = createAccess(permissions, { isWithin: (code, ancestor) => code === ancestor })
  const done = await run({ db, clock: () => now, access: () => access }, { province, actor, name: 'test' }, work)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}
const file = (actor: Actor, device?: string, channel?: 'online' | 'counter') =>
  as(actor, (cx) =>
    submitDossier(cx, {
      ...BIRTH,
      agencyCode: AGENCY,
      applicant: { name: 'Lý Thị Mười', phone: '0100000001' },
      device,
      channel,
    }),
  )
const stored = async (id: string) => {
  const { rows } = await db.read(province, (tx) =>
    sql<{ assisted: boolean; helper: string | null; mark: string | null; machine: string | null; device: string | null }>`
      select d.assisted, d.assistance_agency_code as helper, encode(f.mark, 'hex') as mark, f.machine_id as machine, f.dossier_id as device
      from dossier d left join filing_device f on f.dossier_id = d.id where d.id = ${id}::uuid`.execute(tx),
  )
  return rows[0]
}
const mark = (): string => deviceMark(newDeviceCookie(), 'a secret of this house', province.slug)

beforeAll(async () => {
  await loadOrganisationData({ db, clock: () => now }, province)
  await loadCatalogue({ db, clock: () => now }, province)
})

test('a mark is the same for a cookie in a province, and says nothing in another or about the cookie', () => {
  const cookie = newDeviceCookie()
  expect(isDeviceCookie(cookie)).toBe(true)
  for (const odd of [undefined, '', 'x', `${cookie}a`, "'; drop"]) expect(isDeviceCookie(odd)).toBe(false)
  const here = deviceMark(cookie, 'secret', 'ca-mau')
  expect(here).toMatch(/^[0-9a-f]{32}$/)
  expect(deviceMark(cookie, 'secret', 'ca-mau')).toBe(here)
  expect(deviceMark(cookie, 'secret', 'can-tho')).not.toBe(here)
  expect(deviceMark(cookie, 'another', 'ca-mau')).not.toBe(here)
})

test('an online dossier keeps its device beside it, never in the log; through the programs’ door and on paper there is none', async () => {
  const device = mark()
  const { id } = await file(citizen(), device)
  expect(await stored(id)).toMatchObject({ assisted: false, helper: null, mark: device, machine: null })
  expect((await stored((await file(citizen())).id))?.device).toBeNull()
  expect((await stored((await file(clerk, device, 'counter')).id))?.device).toBeNull()
  const { rows } = await db.read(province, (tx) =>
    sql<{ n: number }>`select count(*) as n from event where strpos(data::text || actor::text, ${device}) > 0`.execute(tx),
  )
  expect(rows[0]?.n).toBe(0)
})

test('from a machine an office named, a citizen’s own filing is recorded as helped by that office, and counts so for ever', async () => {
  const device = mark()
  await as(clerk, (cx) => nameMachine(cx, { mark: device, agencyCode: AGENCY, name: 'Máy tính bảng tổ công nghệ số ấp 3' }))
  const { id } = await file(citizen(), device)
  const row = await stored(id)
  expect(row).toMatchObject({ assisted: true, helper: AGENCY, mark: device })
  const [machine] = await db.read(province, (tx) => listMachines(tx, [AGENCY]))
  expect(machine).toMatchObject({ id: row?.machine, name: 'Máy tính bảng tổ công nghệ số ấp 3', byName: 'Danh Hoàng Nam' })
  // Taken off the list, the next filing is anybody's; what was recorded stays.
  await as(clerk, (cx) => removeMachine(cx, { id: machine?.id ?? '' }))
  expect(await stored((await file(citizen(), device)).id)).toMatchObject({ assisted: false, machine: null })
  expect(await stored(id)).toMatchObject({ assisted: true })
})

test('only an office that may help people names machines, and only its own are taken away', async () => {
  const stranger: Officer = { ...clerk, grants: [{ role: 'clerk', agencyCode: 'H12.102', subtree: false }] }
  await expect(as(stranger, (cx) => nameMachine(cx, { mark: mark(), agencyCode: AGENCY, name: 'x' }))).rejects.toThrow('access.denied')
  const { id } = await as(clerk, (cx) => nameMachine(cx, { mark: mark(), agencyCode: AGENCY, name: 'Máy quầy 1' }))
  await expect(as(stranger, (cx) => removeMachine(cx, { id }))).rejects.toThrow('machine.unknown')
  await expect(as(citizen(), (cx) => removeMachine(cx, { id }))).rejects.toThrow('access.denied')
})

test('an officer who files for somebody makes the machine known as the office’s, without a name and without helping anybody else', async () => {
  const device = mark()
  await file(clerk, device, 'online')
  const known = await db.read(province, (tx) => findMachine(tx, device))
  expect(known).toMatchObject({ agencyCode: AGENCY, name: null })
  const own = await stored((await file(citizen(), device)).id)
  expect(own).toMatchObject({ assisted: false, machine: known?.id })
  // Named later, a further filing of an officer leaves the name.
  await as(clerk, (cx) => nameMachine(cx, { mark: device, agencyCode: AGENCY, name: 'Máy quầy 2' }))
  await file(clerk, device, 'online')
  expect(await db.read(province, (tx) => findMachine(tx, device))).toMatchObject({ id: known?.id, name: 'Máy quầy 2' })
})

test('after its days a mark is gone; that it was an office’s machine stays', async () => {
  const [device, machine, unnamed] = [mark(), mark(), mark()]
  await as(clerk, (cx) => nameMachine(cx, { mark: machine, agencyCode: AGENCY, name: 'Máy quầy 3' }))
  const [old, helped] = [await file(citizen(), device), await file(citizen(), machine)]
  await file(clerk, unnamed, 'online')
  now = START.add({ hours: 24 * 180 - 1 })
  const job = clearDevices({ db, clock: () => now })
  const work = () => job.handler({}, { province } as never)
  expect(await work()).toEqual({ cleared: 0 })
  now = START.add({ hours: 24 * 180 + 1 })
  const fresh = await file(citizen(), device)
  await work()
  expect(await stored(old.id)).toMatchObject({ device: null })
  expect(await stored(helped.id)).toMatchObject({ mark: null, assisted: true, machine: expect.any(String) })
  expect(await stored(fresh.id)).toMatchObject({ mark: device })
  expect(await db.read(province, (tx) => findMachine(tx, unnamed))).toBeUndefined()
  expect(await db.read(province, (tx) => findMachine(tx, machine))).toBeDefined()
  expect(await work()).toEqual({ cleared: 0 })
  now = START
})
