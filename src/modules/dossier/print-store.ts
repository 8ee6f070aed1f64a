import { sql } from 'kysely'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import type { StepTaken } from './rules/documents.ts'
import type { Channel, Status } from './rules/dossier.ts'

/** The events of a dossier without what is large in them, for the list of its papers: one small statement. */
export async function findSteps(tx: Tx, dossierId: string): Promise<readonly StepTaken[]> {
  const { rows } = await sql<{ step: StepTaken }>`
    select jsonb_build_object('at', e.at, 'type', e.type, 'actor', '{}'::jsonb, 'data', jsonb_strip_nulls(jsonb_build_object(
      'version', e.data -> 'version', 'undoes', e.data -> 'undoes', 'received', e.data -> 'dossier' -> 'receivedAt'))) as step
    from event e where e.subject = ${dossierId}::uuid and e.type like 'dossier.%' order by e.position`.execute(tx)
  return rows.map(({ step }) => step)
}

/** The events of a dossier as they were written, so that the state after any of them can be made again. */
export async function findHistory(tx: Tx, dossierId: string): Promise<readonly StepTaken[]> {
  const { rows } = await sql<{ step: StepTaken }>`
    select jsonb_build_object('at', e.at, 'type', e.type, 'actor', e.actor, 'data', e.data) as step
    from event e where e.subject = ${dossierId}::uuid and e.type like 'dossier.%' order by e.position`.execute(tx)
  return rows.map(({ step }) => step)
}

/** A dossier as the register keeps it. Days are civil days in Vietnam. */
export interface RegisterLine {
  readonly code: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly applicantName: string
  readonly applicantPhone: string | null
  readonly agencyCode: string
  readonly receptionAgencyCode: string
  readonly receivedDay: Day
  readonly dueDay: Day | null
  readonly completedDay: Day | null
  readonly returnedDay: Day | null
  readonly closedDay: Day | null
  readonly channel: Channel
  readonly status: Status
  readonly feeVnd: number
  readonly paidVnd: number
}

export interface RegisterFilter {
  /** Agencies whose register it is; null = every one. */
  readonly agencyCodes: readonly string[] | null
  /** Kept by the agency that resolves, or by the desk that receives. */
  readonly by: 'agency' | 'reception'
  readonly from: Day
  readonly to: Day
}

const civil = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Ho_Chi_Minh')::date`

const within = ({ agencyCodes, by, from, to }: RegisterFilter) => sql`
  received_day between ${from}::date and ${to}::date
  and (${agencyCodes === null} or ${by === 'agency' ? sql`agency_code` : sql`reception_agency_code`} = any(${agencyCodes ?? []}::text[]))`

/** Dossiers received in a period, in the order of the register, from the one after `skip` on. */
export async function findRegister(tx: Tx, filter: RegisterFilter, limit: number, skip = 0): Promise<readonly RegisterLine[]> {
  const { rows } = await sql<RegisterLine>`
    select code, procedure_code as "procedureCode", procedure_name as "procedureName", applicant_name as "applicantName",
      applicant_phone as "applicantPhone", agency_code as "agencyCode", reception_agency_code as "receptionAgencyCode",
      received_day as "receivedDay", ${civil('due_at')} as "dueDay", ${civil('completed_at')} as "completedDay",
      ${civil('returned_at')} as "returnedDay", ${civil('closed_at')} as "closedDay", channel, status,
      fee_vnd as "feeVnd", paid_vnd as "paidVnd"
    from dossier where ${within(filter)} and code is not null
    order by received_day, code limit ${limit} offset ${skip}`.execute(tx)
  return rows
}

/** How many dossiers the register of a period has. */
export async function countRegister(tx: Tx, filter: RegisterFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from dossier where ${within(filter)} and code is not null`.execute(tx)
  return rows[0]?.n ?? 0
}
