import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { type Access, createAccess } from '../../kernel/access/index.ts'
import { type CommandHost, run } from '../../kernel/command.ts'
import type { Actor, Context, Role } from '../../kernel/context.ts'
import type { Database, Province } from '../../kernel/database/index.ts'
import { sql } from '../../kernel/database/index.ts'
import type { Result } from '../../kernel/result.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { loadOrganisationData, permissionTree } from '../organisation/index.ts'
import { permissions } from './permissions.ts'

/** Where the test offices work: a commune that stands since July 2025. */
export const COMMUNE = 'H12.101'
export const OTHER_COMMUNE = 'H12.102'
/** Birth registration: resolved by a commune. */
export const BIRTH = '1.001193'
/** What citizens file it with. */
export const BIRTH_FORM = { formCode: 'khai-sinh', formVersion: 1 } as const

export interface House extends CommandHost {
  readonly db: Database
  readonly province: Province
  readonly clock: () => Temporal.Instant
  access(province: Province): Access
  /** Sets the clock. */
  at(instant: string): void
  /** Moves the clock on. */
  pass(duration: Temporal.DurationLike): void
  /** Runs one command as somebody. */
  as<T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>, requestId?: string, name?: string): Promise<Result<T>>
}

const uuid = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const officer = (
  role: Exclude<Role, 'citizen'>,
  agencyCode = COMMUNE,
  n = 1,
  name = 'Trần Văn Khánh',
): Actor & { kind: 'officer' } => ({
  kind: 'officer',
  officerId: uuid(n),
  name,
  grants: [{ role, agencyCode, subtree: false }],
})

export const clerk = officer('clerk', COMMUNE, 11, 'Lê Thị Cúc')
export const specialist = officer('specialist', COMMUNE, 12, 'Phạm Văn Hai')
export const secondSpecialist = officer('specialist', COMMUNE, 13, 'Võ Thị Ba')
export const head = officer('unit_head', COMMUNE, 14, 'Huỳnh Minh Tư')
export const citizen: Actor & { kind: 'citizen' } = {
  kind: 'citizen',
  personId: uuid(900),
  name: 'Nguyễn Thị Đào',
  personalNumber: '096190000123',
  phone: '0912345678',
}
export const neighbour: Actor & { kind: 'citizen' } = { kind: 'citizen', personId: uuid(901), name: 'Lâm Văn Sáu', phone: '0987654321' }

/** The units and the catalogue of Cà Mau, two specialists, and a clock that stands where it is set. */
export async function openHouse(db: Database, province: Province): Promise<House> {
  let now = Temporal.Instant.from('2026-03-02T08:00:00+07:00')
  const clock = () => now
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  await db.write(province, async (tx) => {
    for (const one of [specialist, secondSpecialist]) {
      await sql`
        insert into officer (id, username, name, agency_code, password_hash, password_changed_at, search, created_at)
        values (${one.officerId}::uuid, ${one.officerId}, ${one.name}, ${COMMUNE}, 'x', ${now}::timestamptz, ${one.name}, ${now}::timestamptz)`.execute(
        tx,
      )
      await sql`
        insert into role_grant (id, officer_id, role, agency_code, subtree, valid_from, granted_at)
        values (${randomUUID()}::uuid, ${one.officerId}::uuid, 'specialist', ${COMMUNE}, false, '2025-07-01', ${now}::timestamptz)`.execute(
        tx,
      )
    }
  })
  const access = createAccess(
    permissions,
    permissionTree(db, province, () => now.toString().slice(0, 10)),
  )
  const house: House = {
    db,
    province,
    clock,
    access: () => access,
    at: (instant) => {
      now = Temporal.Instant.from(instant)
    },
    pass: (duration) => {
      now = now.add(duration)
    },
    as: (actor, work, requestId, name = 'test') => run(house, { province, actor, requestId, name }, work),
  }
  return house
}

/** The value of something that must have gone well. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message.vi}`)
  return result.value
}
