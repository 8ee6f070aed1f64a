import { sql } from 'kysely'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { masked } from '../../dossier/index.ts'
import type { Period } from '../../indicator/index.ts'
import type { Asked, Filer, TakenBack, UnitDay, UnitFilings } from '../rules/anomalies.ts'

/** Received dossiers by unit and day, and how many of them online and with help: from the index alone. */
export async function readUnitDays(tx: Tx, { from, to }: Period): Promise<(UnitDay & { online: number; assisted: number })[]> {
  const { rows } = await sql<UnitDay & { online: number; assisted: number }>`
    select agency_code as "agencyCode", received_day as day, count(*) as received, count(*) filter (where channel = 'online') as online,
      count(*) filter (where counted & 6 = 6) as assisted
    from dossier where received_day between ${from}::date and ${to}::date group by 1, 2 order by 1, 2`.execute(tx)
  return rows
}

export function filingsOf(days: readonly { agencyCode: string; online: number; assisted: number }[]): UnitFilings[] {
  return [...Map.groupBy(days, ({ agencyCode }) => agencyCode)].map(([agencyCode, own]) => ({
    agencyCode,
    online: own.reduce((sum, { online }) => sum + online, 0),
    assisted: own.reduce((sum, { assisted }) => sum + assisted, 0),
  }))
}

/** Telephone numbers and accounts under which online dossiers came in for at least so many different people. */
export async function readFilers(tx: Tx, { from, to }: Period, least: number): Promise<Filer[]> {
  const { rows: phones } = await sql<{ phone: string; persons: number; agencyCode: string; dossiers: string[] }>`
    select applicant_phone as phone, count(distinct applicant_number) as persons,
      mode() within group (order by agency_code) as "agencyCode", (array_agg(id order by received_day, id))[1:200] as dossiers
    from dossier where received_day between ${from}::date and ${to}::date and channel = 'online' and applicant_phone is not null
    group by 1 having count(*) >= ${least} and count(distinct applicant_number) >= ${least} order by persons desc, phone limit 200`.execute(
    tx,
  )
  const { rows: accounts } = await sql<{ account: string; persons: number; agencyCode: string; dossiers: string[] }>`
    select submitter_id::text as account, count(distinct applicant_number) as persons,
      mode() within group (order by agency_code) as "agencyCode", (array_agg(id order by received_day, id))[1:200] as dossiers
    from dossier where received_day between ${from}::date and ${to}::date and channel = 'online' and submitter_id is not null
    group by 1 having count(*) >= ${least} and count(distinct applicant_number) >= ${least} order by persons desc, account limit 200`.execute(
    tx,
  )
  // A case is named after its first dossier: a digest of a phone number is soon read back, there are only so many numbers.
  const about = ({ dossiers }: { readonly dossiers: readonly string[] }): string => dossiers[0] ?? ''
  return [
    ...phones.map(({ phone, ...row }): Filer => ({ ...row, kind: 'one-phone', about: about(row), masked: masked(phone, 3) ?? '' })),
    ...accounts.map(({ account, ...row }): Filer => ({ ...row, kind: 'one-account', about: about(row), masked: account.slice(-4) })),
  ]
}

const epoch = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`)

/** Results taken back in a period, by a decision or as a mistake, with when they had last been issued. */
export async function readTakenBack(tx: Tx, { from, to }: Period): Promise<TakenBack[]> {
  const { rows } = await sql<Omit<TakenBack, 'dues'> & { due: number | null; original: number | null }>`
    select e.subject as "dossierId", d.agency_code as "agencyCode", ${epoch('issued.at')} as "issuedAt", ${epoch('e.at')} as "takenBackAt",
      ${epoch('d.due_at')} as due, ${epoch('d.original_due_at')} as original
    from event e join dossier d on d.id = e.subject
    cross join lateral (
      select i.at from event i where i.subject = e.subject and i.position < e.position and i.type = 'dossier.issued'
      order by i.position desc limit 1
    ) issued
    where e.type in ('dossier.recalled', 'dossier.undone')
      and e.at >= (${from}::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
      and e.at < ((${to}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
      and (e.type = 'dossier.recalled' or e.data -> 'undoes' @> '[{"type": "dossier.issued"}]')`.execute(tx)
  return rows.map(({ due, original, ...row }) => ({ ...row, dues: [due, original].filter((at) => at !== null) }))
}

/** Requests for supplements after reception, by officers, in a period. */
export async function readAsked(tx: Tx, { from, to }: Period): Promise<Asked[]> {
  const { rows } = await sql<Omit<Asked, 'dues'> & { due: number | null; original: number | null }>`
    select e.subject as "dossierId", d.agency_code as "agencyCode", e.actor ->> 'id' as "officerId", e.actor ->> 'name' as officer,
      ${epoch('e.at')} as at, ${epoch('d.due_at')} as due, ${epoch('d.original_due_at')} as original
    from event e join dossier d on d.id = e.subject
    where e.type = 'dossier.supplement-requested' and e.actor ->> 'kind' = 'officer' and not e.data ? 'beforeReception'
      and e.at >= (${from}::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
      and e.at < ((${to}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')`.execute(tx)
  return rows.map(({ due, original, ...row }) => ({ ...row, dues: [due, original].filter((at) => at !== null) }))
}

/** A dossier as evidence: where to look, nothing of whose it is. */
export interface Evidence {
  readonly id: string
  readonly code: string
  readonly procedure: string
  readonly agencyCode: string
  readonly receivedDay: Day
  readonly number: string | null
  readonly phone: string | null
}

const mask = (rows: readonly Evidence[]): Evidence[] =>
  rows.map((row) => ({ ...row, number: masked(row.number, 3), phone: masked(row.phone, 3) }))

/** The dossiers of a case; numbers masked. */
export async function readEvidence(tx: Tx, ids: readonly string[]): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`
    select id, coalesce(code, reference) as code, procedure_name as procedure, agency_code as "agencyCode", received_day as "receivedDay",
      applicant_number as number, applicant_phone as phone
    from dossier where id = any(${ids}::uuid[]) order by received_day, id`.execute(tx)
  return mask(rows)
}

/** The same for a case that is about a unit's days: up to 200, with help or all. */
export async function readUnitEvidence(tx: Tx, agencyCode: string, { from, to }: Period, assisted: boolean): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`
    select id, coalesce(code, reference) as code, procedure_name as procedure, agency_code as "agencyCode", received_day as "receivedDay",
      applicant_number as number, applicant_phone as phone
    from dossier where agency_code = ${agencyCode} and received_day between ${from}::date and ${to}::date
      and (not ${assisted}::boolean or (assisted and channel = 'online'))
    order by received_day desc, id limit 200`.execute(tx)
  return mask(rows)
}
