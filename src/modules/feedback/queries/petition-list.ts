import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { fold } from '../../../kernel/text.ts'
import { addWorkingDays, loadCalendar } from '../../calendar/index.ts'
import { dueNow, type Petition } from '../rules/petition.ts'
import { type Asker, deniedTo, type QueryHost, reachedCodes, readerOf } from './reader.ts'

/** What a list shows of the petitions within reach. */
export type PetitionView = 'open' | 'mine' | 'new' | 'signing' | 'publishing' | 'soon' | 'overdue' | 'closed'
export const petitionViews: readonly PetitionView[] = ['open', 'mine', 'new', 'signing', 'publishing', 'soon', 'overdue', 'closed']

export interface PetitionRow {
  readonly id: string
  readonly reference: string
  readonly stage: Petition['stage']
  readonly kind: Petition['kind']
  readonly agencyCode: string
  readonly agencyName: string
  readonly assigneeName: string | null
  readonly filedAt: string
  /** Until when the next step is due; null while the clock stands still or nothing is left. */
  readonly dueAt: string | null
  readonly clock: 'on-time' | 'soon' | 'overdue' | 'paused' | 'done'
  readonly late: boolean
  readonly reraised: boolean
  /** The first words of it, without the petitioner's name. */
  readonly excerpt: string
}

export interface PetitionList {
  readonly rows: readonly PetitionRow[]
  readonly total: number
  readonly counts: Readonly<Record<PetitionView, number>>
}

const PAGE = 50
const EXCERPT = 140
/** Due within so many working days: worth a warning. */
export const SOON_DAYS = 2

const excerptOf = (content: string): string => {
  const chars = [...content.replace(/\s+/g, ' ')]
  return chars.length <= EXCERPT ? chars.join('') : `${chars.slice(0, EXCERPT).join('')}…`
}

/** Petitions within the officer's reach, the nearest limit first; with how many there are of each kind. One statement. */
export async function petitionList(
  host: QueryHost,
  asker: Asker,
  input: { view?: PetitionView; q?: string; page?: number } = {},
): Promise<Result<PetitionList>> {
  const reader = await readerOf(host, asker)
  const { actor, access, now } = reader
  if (actor.kind === 'citizen' || !access.can(actor, 'feedback.list')) return refuse(deniedTo(actor))
  const me = actor.kind === 'officer' ? actor.officerId : null
  const units = reachedCodes(reader, 'feedback.list')
  const staffUnits = reachedCodes(reader, 'feedback.read-staff')
  const page = Math.max(1, input.page ?? 1)
  const search = input.q ? fold(input.q) : ''
  const view = input.view ?? 'open'
  const conditions: Readonly<Record<PetitionView, ReturnType<typeof sql>>> = {
    open: sql`open`,
    mine: sql`open and assignee_id = ${me}::uuid`,
    new: sql`stage = 'received'`,
    signing: sql`stage = 'signing'`,
    publishing: sql`stage = 'publishing'`,
    soon: sql`open and due_at >= ${now}::timestamptz and due_at <= s.soon`,
    overdue: sql`open and due_at < ${now}::timestamptz`,
    closed: sql`not open`,
  }
  const soon = await reader.read(async (tx) => addWorkingDays(now, SOON_DAYS, await loadCalendar(tx)))
  const { rows } = await reader.read((tx) =>
    sql<{ counts: Record<PetitionView, number>; total: number; rows: Petition[] }>`
      with s as (select ${soon}::timestamptz as soon), seen as (
        select p.*, s.soon from petition p, s
        where (${units as string[] | null}::text[] is null or p.agency_code = any(${units as string[] | null}::text[]))
          and (p.kind is distinct from 'staff' or p.assignee_id = ${me}::uuid
            or ${staffUnits as string[] | null}::text[] is null or p.agency_code = any(${staffUnits as string[] | null}::text[]))
      ), chosen as (
        select * from seen s where ${conditions[view]} and (${search} = '' or search like '%' || ${search} || '%')
      )
      select
        (select jsonb_build_object(${sql.join(petitionViews.flatMap((one) => [sql`${sql.lit(one)}`, sql`count(*) filter (where ${conditions[one]})`]))}) from seen s) as counts,
        (select count(*)::int from chosen) as total,
        coalesce((select jsonb_agg(state order by rank) from (
          select state, row_number() over (order by open desc, due_at nulls last, filed_at desc) as rank from chosen
          order by rank limit ${PAGE} offset ${(page - 1) * PAGE}) shown), '[]'::jsonb) as rows`.execute(tx),
  )
  const [found] = rows
  const today = dayOf(now)
  return ok({
    total: found?.total ?? 0,
    counts: found?.counts ?? (Object.fromEntries(petitionViews.map((one) => [one, 0])) as Record<PetitionView, number>),
    rows: (found?.rows ?? []).map((petition) => {
      const due = dueNow(petition)
      const at = due && Temporal.Instant.from(due.at)
      return {
        id: petition.id,
        reference: petition.reference,
        stage: petition.stage,
        kind: petition.kind,
        agencyCode: petition.agencyCode,
        agencyName: reader.directory.name(petition.agencyCode, today),
        assigneeName: petition.assigneeName,
        filedAt: petition.filedAt,
        dueAt: due?.at ?? null,
        clock: clockOf(petition, at, now, soon),
        late: petition.late,
        reraised: petition.reraised,
        excerpt: excerptOf(petition.content),
      }
    }),
  })
}

/** How the clock stands, in the words of the clock bar. */
export function clockOf(
  petition: Petition,
  due: Temporal.Instant | null,
  now: Temporal.Instant,
  soon: Temporal.Instant,
): PetitionRow['clock'] {
  if (petition.stage === 'clarifying') return 'paused'
  if (!due) return 'done'
  if (Temporal.Instant.compare(due, now) < 0) return 'overdue'
  return Temporal.Instant.compare(due, soon) <= 0 ? 'soon' : 'on-time'
}
