import { sql } from 'kysely'
import type { Day } from '../../../kernel/clock.ts'
import type { Snapshot } from '../../../kernel/database/index.ts'
import { DELTAS, Epoch, keep, type Mark, type Memory, memoryOf, notAfter } from '../memory.ts'
import { type Period, partsOf, type Span, spansOf } from '../rules/period.ts'
import { Count, cellKey, eachPair, Folded, type Needed, nothingCounted, type Places, type Totals } from '../rules/totals.ts'
import { cutsOf, FEW_AGENCIES, type Group } from '../rules/units.ts'
import { type Vocabulary, Waiting } from '../rules/waiting.ts'
import { sumsText } from '../store.ts'

interface Row {
  readonly kind: 'cell' | 'size' | 'set' | 'place' | 'day' | 'doubt'
  readonly agency: string | null
  readonly segment: number
  readonly texts: string | null
  readonly online: Uint8Array | null
  readonly paid: Uint8Array | null
}

/** What a question is about, worked out once. */
interface Question {
  readonly period: Period
  readonly cuts: readonly Day[]
  readonly days: readonly Span[]
  readonly coarse: readonly Span[]
  /** A quarter or month of many units that stand alone: PostgreSQL counts the sets itself, but for those that something waits to be added to. */
  readonly alone: Span | undefined
  /** Only these agencies, few of them; null: everybody's counts are read. */
  readonly agencies: readonly string[] | null
}

function questionOf(period: Period, groups: readonly Group[]): Question {
  const cuts = cutsOf(groups, period)
  const spans = spansOf(period, cuts, true)
  const [only] = spans
  const single = only && spans.length === 1 && only.grain !== 'day' && only.first === only.last
  const codes = [...new Set(groups.flatMap(({ members }) => members.map(({ code }) => code)))]
  const agencies = codes.length <= FEW_AGENCIES ? codes : null
  return {
    period,
    cuts,
    days: spans.filter(({ grain }) => grain === 'day'),
    coarse: spans.filter(({ grain }) => grain !== 'day'),
    alone: single && !agencies && groups.every(({ members }) => members.length === 1) ? only : undefined,
    agencies,
  }
}

/** So few codes are looked for one by one; more are read together with all. */
const FEW = 100
const among = (column: string, codes: readonly string[]) =>
  codes.length <= FEW ? sql`${sql.ref(column)} = any (${codes}::text[])` : sql`true`

const table = (some: readonly Span[]) =>
  sql`unnest(${some.map(({ grain }) => grain)}::text[], ${some.map(({ first }) => first)}::date[], ${some.map(({ last }) => last)}::date[])
    as span (grain, first, last)`

const segmentOf = ({ cuts }: Question) => (cuts.length > 0 ? sql`width_bucket(day, ${[...cuts]}::date[])` : sql`0`)

/** What is folded: counts, and the sets of procedures or what they come to. What is many comes as one text: a row costs the driver more than what stands in it. */
async function readFolded(tx: Snapshot, question: Question): Promise<readonly Row[]> {
  const { alone, agencies, coarse, days } = question
  const asked = agencies ? sql`and agency_code = any (${[...agencies]}::text[])` : sql``
  const segment = segmentOf(question)
  const sets = alone
    ? sql`
      select 'size', null, 0, string_agg(agency_code || '|0{' || bit_count(online) || ',' || bit_count(paid_online) || '}', ','), null, null
      from indicator_presence where grain = ${alone.grain} and day = ${alone.first}::date ${asked}`
    : sql`
      select 'set', agency_code, ${segment}, null, online, paid_online
      from ${table(coarse)} join indicator_presence kept on kept.grain = span.grain and kept.day between span.first and span.last
      where true ${asked}`
  const inDays = sql`
    union all
    select 'cell', null, 0, string_agg(stretch || vals::text, ','), null, null
    from (
      select agency_code || '|' || ${segment} as stretch, ${sumsText} as vals
      from ${table(days)} join indicator_cell cell on cell.grain = 'day' and cell.day between span.first and span.last
      where true ${asked} group by 1
    ) summed
    union all
    select 'place', null, (select coalesce(max(place) + 1, 0) from indicator_procedure),
      (select string_agg(procedure_code || ' ' || place, ',') from indicator_procedure), null, null
    union all
    select 'day', agency_code, ${segment},
      string_agg(procedure_code || ' ' || case when vals[2] > 0 then 1 else 0 end || ' ' || case when vals[7] > 0 then 1 else 0 end, ','), null, null
    from ${table(days)} join indicator_cell cell on cell.grain = 'day_detail' and cell.day between span.first and span.last
    where (vals[2] > 0 or vals[7] > 0) ${asked}
    group by 2, 3`
  // Of few agencies the places are known before anybody asks for them: a trip less.
  const ofWaiting = sql`
    union all
    select 'place', null, (select coalesce(max(place) + 1, 0) from indicator_procedure), string_agg(procedure_code || ' ' || place, ','), null, null
    from indicator_procedure where procedure_code in (select procedure_code from indicator_delta where true ${asked})`
  const { rows } = await sql<Row>`
    select 'cell' as kind, null as agency, 0 as segment, string_agg(agency_code || '|' || ${segment} || vals::text, ',') as texts,
      null::bytea as online, null::bytea as paid
    from ${table(coarse)} join indicator_cell cell on cell.grain = span.grain and cell.day between span.first and span.last
    where true ${asked}
    union all
    ${sets}
    ${days.length > 0 ? inDays : agencies ? ofWaiting : sql``}`.execute(tx)
  return rows
}

const linesOf = ({ from, to }: Period, agencies: readonly string[] | null = null) => sql`
  select string_agg(line, ',') from indicator_delta
  -- Not "between": of that the planner expects so few rows that it sorts them, which takes longer than reading them.
  where not (day < ${from}::date or day > ${to}::date) ${agencies ? sql`and agency_code = any (${[...agencies]}::text[])` : sql``}`

/** What waits, as this snapshot sees it: the first so many that an epoch has, and some that it has not. */
interface View {
  readonly epoch: Epoch
  readonly length: number
  readonly others: Waiting | undefined
}

function viewOf(mark: Mark, lines: string | null): View {
  const epoch = new Epoch(mark)
  epoch.waiting.add(lines)
  return { epoch, length: epoch.waiting.length, others: undefined }
}

/** What waits to be folded in a period, for this answer alone; of few agencies or of everybody. */
async function readLines(tx: Snapshot, period: Period, agencies: readonly string[] | null): Promise<View> {
  const { rows } = await sql<{ lines: string | null }>`select (${linesOf(period, agencies)}) as lines`.execute(tx)
  return viewOf('', rows[0]?.lines ?? null)
}

interface Waited {
  readonly now: Mark
  /** Whether anything was folded since the moment that was asked about: then what waits in the period is told, and no more. */
  readonly folded: boolean
  readonly lines: string | null
}

/**
 * What waits to be folded of everybody. The first read after a fold takes what it needs; the second, finding that nothing was folded
 * since, takes everything that waits and remembers it; those that follow take what came since.
 */
async function readWaiting(tx: Snapshot, period: Period, memory: Memory | undefined): Promise<View> {
  const known = memory?.epoch
  // The epoch's own: it goes on while this waits for its answer.
  const [mark, length] = [known?.mark ?? memory?.mark ?? null, known?.waiting.length ?? 0]
  const whole = sql`select string_agg(line, ',') from indicator_delta`
  const since = sql`${whole} where tx >= pg_snapshot_xmin(${mark}::pg_snapshot) and not pg_visible_in_snapshot(tx, ${mark}::pg_snapshot)`
  const unfolded = known ? since : memory?.tooMuch ? linesOf(period) : whole
  const { rows } =
    mark === null
      ? await sql<Waited>`select pg_current_snapshot()::text as now, true as folded, (${linesOf(period)}) as lines`.execute(tx)
      : await sql<Waited>`
        select pg_current_snapshot()::text as now, folded,
          case when folded then (${linesOf(period)}) else (${unfolded}) end as lines
        from (select exists (select from indicator_folded where not pg_visible_in_snapshot(tx, ${mark}::pg_snapshot)) as folded) asked`.execute(
          tx,
        )
  const { now, folded, lines } = rows[0] as Waited
  // A snapshot older than what is remembered is told everything for itself.
  if (mark !== null && !notAfter(mark, now)) return readLines(tx, period, null)
  if (folded) {
    keep(tx, now)
    return viewOf(now, lines)
  }
  if (!known) {
    const view = viewOf(now, lines)
    if (!memory?.tooMuch) keep(tx, now, view.epoch)
    return view
  }
  // Another reader may have gone on meanwhile: from where it stands, or beside it.
  if (notAfter(known.mark, now)) {
    known.waiting.add(lines)
    known.mark = now
    if (known.waiting.length > DELTAS) keep(tx, now, known)
    return { epoch: known, length: known.waiting.length, others: undefined }
  }
  const others = new Waiting(known.vocabulary)
  others.add(lines, known.waiting, length)
  return { epoch: known, length, others }
}

/** Reads what the sets of procedures that something waits to be added to are without it. */
async function readNeeded(tx: Snapshot, question: Question, needed: Needed, { vocabulary, places }: Epoch, folded: Folded): Promise<void> {
  if (needed.sets.length + needed.places.length + needed.cells.length === 0) return
  const { alone, period, cuts } = question
  const { agencies, procedures } = vocabulary
  const pairs = needed.cells.map(([agency, procedure]) => [agencies.text(agency), procedures.text(procedure)] as const)
  // Month by month and day by day, each found by the key of the cells.
  const each = pairs.length > 0 ? spansOf(period, cuts).flatMap(partsOf) : []
  const sets = sql`
    union all
    select 'set', agency_code, 0, null, online, paid_online from indicator_presence
    where grain = ${alone?.grain} and day = ${alone?.first}::date and ${among(
      'agency_code',
      needed.sets.map((agency) => agencies.text(agency)),
    )}`
  const cells = sql`
    union all
    select 'doubt', agency_code, ${segmentOf(question)}, string_agg(procedure_code || ' ' || coalesce(vals[2], 0) || ' ' || coalesce(vals[7], 0), ','), null, null
    from unnest(${pairs.map(([agency]) => agency)}::text[], ${pairs.map(([, procedure]) => procedure)}::text[]) as away (agency_code, procedure_code)
    cross join unnest(${each.map(({ grain }) => `${grain}_detail`)}::text[], ${each.map(({ first }) => first)}::date[]) as span (grain, day)
    join (select grain, day, agency_code, procedure_code, vals from indicator_cell) cell using (grain, day, agency_code, procedure_code)
    group by 2, 3`
  const { rows } = await sql<Row>`
    select 'place' as kind, null as agency, (select coalesce(max(place) + 1, 0) from indicator_procedure) as segment,
      string_agg(procedure_code || ' ' || place, ',') as texts, null::bytea as online, null::bytea as paid
    from indicator_procedure where ${among(
      'procedure_code',
      needed.places.map((procedure) => procedures.text(procedure)),
    )}
    ${needed.sets.length > 0 ? sets : sql``}
    ${pairs.length > 0 ? cells : sql``}`.execute(tx)
  const fresh = new Set(needed.cells.map(([agency, procedure]) => cellKey(agency, procedure)).filter((key) => !folded.cellsRead.has(key)))
  for (const { kind, agency, segment, texts, online, paid } of rows) {
    if (kind === 'place') learn(texts, segment, vocabulary, places)
    else if (kind === 'doubt' && agency !== null) folded.takeCells(agency, segment, texts, fresh)
    else if (agency !== null && online && paid) folded.addSets(agency, segment, online, paid)
  }
  // Whatever was asked and is not there is nothing, and is not asked again.
  for (const agency of needed.sets) folded.setsRead.add(agency)
  for (const key of fresh) folded.cellsRead.add(key)
  for (const procedure of needed.places) places.of(procedure)
}

function foldedOf(rows: readonly Row[], { vocabulary, places }: Epoch): Folded {
  const folded = new Folded(vocabulary)
  // Places come first: days are kept by them.
  for (const { kind, texts, segment } of rows) if (kind === 'place') learn(texts, segment, vocabulary, places)
  for (const { kind, agency, segment, texts, online, paid } of rows) {
    if (kind === 'cell') folded.addCells(texts)
    else if (kind === 'size') folded.takeSizes(texts)
    else if (kind === 'day' && agency !== null) folded.addFromDays(agency, segment, texts, places)
    else if (agency !== null && online && paid) folded.addSets(agency, segment, online, paid)
  }
  return folded
}

function learn(texts: string | null, free: number, vocabulary: Vocabulary, places: Places): void {
  places.leave(free)
  eachPair(texts, vocabulary, (procedure, place) => places.learn(procedure, place))
}

/**
 * Every count of each group in a period and its distinct procedures, exact at the snapshot's moment, in the order of the groups. What is
 * folded and what waits are read by statements of their own: of one moment, in which a delta is either pending or folded, never both. Of
 * many agencies what was read since the last fold is remembered (see memory.ts). Groups must not share an agency's day.
 */
export async function readTotals(tx: Snapshot, period: Period, groups: readonly Group[]): Promise<readonly Totals[]> {
  if (period.from > period.to || groups.length === 0) return groups.map(() => nothingCounted)
  const question = questionOf(period, groups)
  const { agencies, cuts, alone } = question
  const key = JSON.stringify([period.from, period.to, cuts, alone !== undefined])
  const memory = agencies ? undefined : memoryOf(tx)
  const remembered = memory?.epoch?.count(key)
  const waiting = agencies ? readLines(tx, period, agencies) : readWaiting(tx, period, memory)
  const folding = remembered ? undefined : readFolded(tx, question)
  // Awaited below; when what waits fails before, nobody is left to hear of this.
  folding?.catch(() => undefined)
  const { epoch, length, others } = await waiting
  const begin = (folded: Folded): Count => new Count(folded, { words: epoch.vocabulary, places: epoch.places }, period, cuts)
  let count = epoch === memory?.epoch ? remembered : undefined
  count ??= begin(foldedOf(await (folding ?? readFolded(tx, question)), epoch))
  const { folded } = count
  const need = (some: Waiting, first: number, end: number) =>
    readNeeded(tx, question, begin(folded).needed(some, first, end, alone !== undefined), epoch, folded)
  await need(epoch.waiting, Math.min(count.length, length), length)
  if (others) await need(others, 0, others.length)
  // What stands beyond this snapshot, here or since somebody else went on, is of no use to it.
  if (others || count.length > length) {
    count = begin(folded)
    count.add(epoch.waiting, 0, length)
    if (others) count.add(others, 0, others.length)
  } else {
    count.add(epoch.waiting, count.length, length)
    count.length = length
    epoch.remember(key, count)
  }
  return count.totals(groups)
}
