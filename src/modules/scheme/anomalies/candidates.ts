import { sql } from 'kysely'
import type { Tx } from '../../../kernel/database/index.ts'
import { masked } from '../../dossier/index.ts'
import { byAgency, type Period, readLines } from '../../indicator/index.ts'
import { type OrganisationDirectory, unitsDuring } from '../../organisation/index.ts'
import { type Asked, type DueMove, dueAsOf, type Filer, type TakenBack, type UnitDay, type UnitFilings } from '../rules/anomalies.ts'

/** A filer is looked at with at most so many dossiers and the page with so many filers of a kind. */
const MOST_FILERS = 200

/** Received dossiers by unit and day, and how many of them online: the figures of the boards, exact at this moment. */
export async function readUnitDays(
  tx: Tx,
  directory: OrganisationDirectory,
  period: Period,
): Promise<(UnitDay & { readonly online: number })[]> {
  const groups = byAgency(unitsDuring(directory, period), period)
  const lines = await readLines(tx, { period, groups, by: { series: 'day' } })
  return lines.flatMap(({ group, day, counts }) =>
    group && day && counts.received > 0 ? [{ agencyCode: group.key, day, received: counts.received, online: counts.online }] : [],
  )
}

/** Dossiers filed online by unit, and how many of those with help. */
export async function readFilings(
  tx: Tx,
  days: readonly { readonly agencyCode: string; readonly online: number }[],
  { from, to }: Period,
): Promise<UnitFilings[]> {
  const { rows } = await sql<{ agencyCode: string; assisted: number }>`
    select agency_code as "agencyCode", count(*) as assisted from dossier
    where counted & 6 = 6 and received_day between ${from}::date and ${to}::date group by 1`.execute(tx)
  const assisted = new Map(rows.map((row) => [row.agencyCode, row.assisted]))
  return [...Map.groupBy(days, ({ agencyCode }) => agencyCode)].map(([agencyCode, own]) => ({
    agencyCode,
    online: own.reduce((sum, { online }) => sum + online, 0),
    assisted: assisted.get(agencyCode) ?? 0,
  }))
}

interface FilerRow {
  readonly who: string
  readonly persons: number
  readonly assisted: number
  readonly agencyCode: string
  readonly dossiers: readonly string[]
}

/** What a filer filed, put together from its dossiers. A case is named after its first dossier: a digest of a phone number is soon read back. */
const together = sql`
  count(distinct d.applicant_number) as persons, count(*) filter (where d.assisted) as assisted,
  mode() within group (order by d.agency_code) as "agencyCode", array_agg(d.id order by d.received_day, d.id) as dossiers`

const filer = (kind: Filer['kind'], { who: _who, ...row }: FilerRow, shown: string): Filer => ({
  ...row,
  kind,
  about: row.dossiers[0] ?? '',
  masked: shown,
})

/** Telephone numbers under which online dossiers came in for at least so many different people. */
export async function readPhones(tx: Tx, { from, to }: Period, least: number): Promise<Filer[]> {
  const { rows } = await sql<FilerRow>`
    with busy as materialized (
      select applicant_phone as who from dossier
      where received_day between ${from}::date and ${to}::date and channel = 'online' and applicant_phone is not null
      group by 1 having count(*) >= ${least}
    )
    select d.applicant_phone as who, ${together}
    from dossier d
    where d.received_day between ${from}::date and ${to}::date and d.channel = 'online' and d.applicant_phone = any (array(select who from busy))
    group by 1 having count(distinct d.applicant_number) >= ${least} order by persons desc, who limit ${MOST_FILERS}`.execute(tx)
  return rows.map((row) => filer('one-phone', row, masked(row.who, 3) ?? ''))
}

/** The same for the accounts they were filed with. */
export async function readAccounts(tx: Tx, { from, to }: Period, least: number): Promise<Filer[]> {
  const { rows } = await sql<FilerRow>`
    with busy as materialized (
      select submitter_id as who from dossier
      where received_day between ${from}::date and ${to}::date and channel = 'online' and submitter_id is not null
      group by 1 having count(*) >= ${least}
    )
    select d.submitter_id as who, ${together}
    from dossier d
    where d.received_day between ${from}::date and ${to}::date and d.channel = 'online' and d.submitter_id = any (array(select who from busy))
    group by 1 having count(distinct d.applicant_number) >= ${least} order by persons desc, who limit ${MOST_FILERS}`.execute(tx)
  return rows.map((row) => filer('one-account', row, row.who.slice(-4)))
}

/**
 * The same for the devices they were sent from, as far as their marks are still kept. An office's own machine is told by its name, or
 * by the office whose officers file from it. Old marks and the programs' door leave nothing to count: unknown is not one device.
 */
export async function readDevices(tx: Tx, { from, to }: Period, least: number): Promise<Filer[]> {
  const { rows } = await sql<FilerRow & { machineAgency: string | null; machineName: string | null }>`
    with busy as materialized (
      select mark from filing_device where mark is not null group by 1 having count(*) >= ${least}
    ), many as (
      select f.mark, ${together}
      from filing_device f join dossier d on d.id = f.dossier_id
      where f.mark = any (array(select mark from busy)) and d.received_day between ${from}::date and ${to}::date and d.channel = 'online'
      group by 1 having count(distinct d.applicant_number) >= ${least}
      order by persons desc, 1 limit ${MOST_FILERS}
    )
    select encode(many.mark, 'hex') as who, persons, assisted, many."agencyCode", dossiers, m.agency_code as "machineAgency", m.name as "machineName"
    from many left join office_machine m on m.mark = many.mark and m.removed_at is null
    order by persons desc, who`.execute(tx)
  return rows.map(({ machineAgency, machineName, ...row }) => ({
    ...filer('one-device', row, (row.dossiers[0] ?? '').slice(-4)),
    ...(machineAgency ? { machine: { agencyCode: machineAgency, name: machineName } } : {}),
  }))
}

/** How much is known about devices: online dossiers received in a period, and of how many the mark is kept. */
export async function readMarked(tx: Tx, { from, to }: Period): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from filing_device f join dossier d on d.id = f.dossier_id
    where f.mark is not null and d.received_day between ${from}::date and ${to}::date`.execute(tx)
  return rows[0]?.n ?? 0
}

const epoch = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`)

interface StepRow {
  readonly dossierId: string
  readonly agencyCode: string
  readonly due: number | null
  /** Null when it never moved, as most never do. */
  readonly changes: readonly { readonly at: string; readonly from: string | null }[] | null
}

/** A due time's moves as the rule reads them. */
const movesOf = ({ changes }: Pick<StepRow, 'changes'>): DueMove[] =>
  (changes ?? []).map(({ at, from }) => ({ at: Date.parse(at), from: from === null ? null : Date.parse(from) }))

const during = ({ from, to }: Period) => sql`
  e.at >= (${from}::date::timestamp at time zone 'Asia/Ho_Chi_Minh') and e.at < ((${to}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')`

/**
 * Work opened again in a period, with when it had last been ended: a result recalled, a withdrawal an officer had written down resumed, a result,
 * withdrawal or stop undone as a mistake. The unit is the one it happened at.
 */
export async function readTakenBack(tx: Tx, period: Period): Promise<TakenBack[]> {
  const { rows } = await sql<StepRow & { endedAt: number; takenBackAt: number }>`
    select e.subject as "dossierId", coalesce(e.agency_code, d.agency_code) as "agencyCode", ${epoch('ended.at')} as "endedAt",
      ${epoch('e.at')} as "takenBackAt", ${epoch('d.due_at')} as due, nullif(d.due_changes, '[]'::jsonb) as changes
    from event e join dossier d on d.id = e.subject
    cross join lateral (
      select i.at, i.type, i.actor from event i
      where i.subject = e.subject and i.position < e.position and i.type in ('dossier.issued', 'dossier.stopped', 'dossier.withdrawn')
      order by i.position desc limit 1
    ) ended
    where e.type in ('dossier.recalled', 'dossier.resumed', 'dossier.undone') and ${during(period)}
      and (ended.type <> 'dossier.withdrawn' or ended.actor ->> 'kind' = 'officer')
      and case e.type
        when 'dossier.recalled' then ended.type = 'dossier.issued'
        when 'dossier.resumed' then ended.type = 'dossier.withdrawn'
        else e.data -> 'undoes' @> jsonb_build_array(jsonb_build_object('type', ended.type))
      end`.execute(tx)
  return rows.map(({ dossierId, agencyCode, endedAt, takenBackAt, ...row }) => ({
    dossierId,
    agencyCode,
    endedAt,
    takenBackAt,
    due: dueAsOf(endedAt, row.due, movesOf(row)),
  }))
}

/** Requests for supplements after reception, by officers, in a period. */
export async function readAsked(tx: Tx, period: Period): Promise<Asked[]> {
  const { rows } = await sql<StepRow & { officerId: string; officer: string; at: number }>`
    select e.subject as "dossierId", coalesce(e.agency_code, d.agency_code) as "agencyCode", e.actor ->> 'id' as "officerId",
      e.actor ->> 'name' as officer, ${epoch('e.at')} as at, ${epoch('d.due_at')} as due, nullif(d.due_changes, '[]'::jsonb) as changes
    from event e join dossier d on d.id = e.subject
    where e.type = 'dossier.supplement-requested' and e.actor ->> 'kind' = 'officer' and not e.data ? 'beforeReception'
      and ${during(period)}`.execute(tx)
  return rows.map(({ dossierId, agencyCode, officerId, officer, at, ...row }) => ({
    dossierId,
    agencyCode,
    officerId,
    officer,
    at,
    due: dueAsOf(at, row.due, movesOf(row)),
  }))
}
