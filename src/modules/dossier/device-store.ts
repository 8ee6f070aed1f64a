import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Tx } from '../../kernel/database/index.ts'

/** A machine an office files from for others. `name` is null when it is only known because an officer filed for somebody from it. */
export interface OfficeMachine {
  readonly id: string
  readonly agencyCode: string
  readonly name: string | null
  readonly since: Temporal.Instant
  readonly byName: string
}

const columns = sql`id, agency_code as "agencyCode", name, since, by_name as "byName"`

/** The office's machine with this mark, as long as it is one. */
export async function findMachine(tx: Tx, mark: string): Promise<OfficeMachine | undefined> {
  const { rows } = await sql<OfficeMachine>`
    select ${columns} from office_machine where mark = decode(${mark}, 'hex') and removed_at is null`.execute(tx)
  return rows[0]
}

export async function findMachineById(tx: Tx, id: string): Promise<OfficeMachine | undefined> {
  const { rows } = await sql<OfficeMachine>`select ${columns} from office_machine where id = ${id}::uuid and removed_at is null`.execute(tx)
  return rows[0]
}

/** Machines with a name, by office and name; without `agencyCodes` those of every office. */
export async function listMachines(tx: Tx, agencyCodes?: readonly string[]): Promise<OfficeMachine[]> {
  const { rows } = await sql<OfficeMachine>`
    select ${columns} from office_machine
    where removed_at is null and name is not null and (${agencyCodes === undefined}::boolean or agency_code = any (${agencyCodes ?? []}::text[]))
    order by agency_code, name, id`.execute(tx)
  return rows
}

/** Keeps a machine under its mark; one that has a name keeps it unless another is given. */
export async function putMachine(
  tx: Tx,
  machine: { id: string; mark: string; agencyCode: string; name: string | null; byName: string },
  at: Temporal.Instant,
): Promise<OfficeMachine> {
  const { rows } = await sql<OfficeMachine>`
    insert into office_machine as m (id, mark, agency_code, name, since, by_name)
    values (${machine.id}::uuid, decode(${machine.mark}, 'hex'), ${machine.agencyCode}, ${machine.name}, ${at}::timestamptz, ${machine.byName})
    on conflict (mark) where removed_at is null do update set
      name = coalesce(excluded.name, m.name),
      agency_code = case when excluded.name is null and m.name is not null then m.agency_code else excluded.agency_code end,
      by_name = case when excluded.name is null and m.name is not null then m.by_name else excluded.by_name end,
      since = case when m.name is null then excluded.since else m.since end
    returning ${columns}`.execute(tx)
  return rows[0] as OfficeMachine
}

export async function endMachine(tx: Tx, id: string, at: Temporal.Instant): Promise<void> {
  await sql`update office_machine set removed_at = ${at}::timestamptz where id = ${id}::uuid and removed_at is null`.execute(tx)
}

/** From which device a dossier was sent. */
export async function insertFilingDevice(
  tx: Tx,
  dossierId: string,
  mark: string,
  machineId: string | null,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into filing_device (dossier_id, mark, machine_id, filed_at)
    values (${dossierId}::uuid, decode(${mark}, 'hex'), ${machineId}::uuid, ${at}::timestamptz)`.execute(tx)
}

/**
 * Forgets devices of dossiers sent before a moment. Of an office's own machine it stays known that it was one; a machine nobody
 * named and nobody filed from since is forgotten as well.
 */
export async function clearMarks(tx: Tx, before: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ cleared: number }>`
    with gone as (
      delete from filing_device where filed_at < ${before}::timestamptz and machine_id is null returning 1
    ), blank as (
      update filing_device set mark = null where filed_at < ${before}::timestamptz and mark is not null and machine_id is not null returning 1
    ), machine as (
      delete from office_machine where name is null and since < ${before}::timestamptz
    )
    select (select count(*) from gone) + (select count(*) from blank) as cleared`.execute(tx)
  return rows[0]?.cleared ?? 0
}
