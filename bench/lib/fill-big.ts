import pg from 'pg'
import type { UnitVersion } from '../../src/modules/indicator/index.ts'
import { PlaceSet } from '../../src/modules/indicator/rules/procedure-set.ts'
import type { House } from './house.ts'

export interface Size {
  readonly dossiers: number
  readonly units: number
  readonly pending: number
}

export const BIG: Size = { dossiers: Number(process.env.BENCH_BIG ?? 10_000_000), units: 700, pending: 25_000 }

const FIRST = 200

/** The units that a big fill spreads its dossiers over, in force for ever. */
export const bigUnits = (): UnitVersion[] =>
  Array.from({ length: BIG.units }, (_none, n) => ({
    code: `H12.${FIRST + n}`,
    name: `Xã mô phỏng ${n}`,
    tier: 'commune',
    parentCode: 'H12',
    validFrom: '2021-01-01',
    validTo: null,
  }))

/** So many of the pending deltas take back an online filing of a dossier that was counted long ago. */
const CORRECTED = 200

const bit = (id: number): string => `count(*) filter (where counted & ${1 << (id - 1)} > 0)`

/** The sets of procedures of every unit's months or quarters. */
async function fillSets(owner: pg.Client, grain: string, folded: string): Promise<void> {
  const { rows } = await owner.query(
    `select day::text, agency_code as agency, array_agg(place) filter (where online) as online, array_agg(place) filter (where paid) as paid
     from (
       select date_trunc('${grain}', received_day::timestamp)::date as day, agency_code, place, bool_or(counted & 2 > 0) as online, bool_or(counted & 64 > 0) as paid
       from dossier join indicator_procedure using (procedure_code) where ${folded} group by 1, 2, 3
     ) used
     group by 1, 2 order by 1, 2`,
  )
  const hex = (places: readonly number[] | null): string => {
    const set = new PlaceSet()
    for (const place of places ?? []) set.set(place, true)
    return Buffer.from(set.bytes).toString('hex')
  }
  const sets = rows as { day: string; agency: string; online: number[] | null; paid: number[] | null }[]
  for (let at = 0; at < sets.length; at += 5000) {
    const some = sets.slice(at, at + 5000).map((one) => ({ ...one, online: hex(one.online), paid: hex(one.paid) }))
    await owner.query(
      `insert into indicator_presence (grain, day, agency_code, online, paid_online)
       select '${grain}', day, agency, decode(online, 'hex'), decode(paid, 'hex')
       from jsonb_to_recordset($1::jsonb) as made (day date, agency text, online text, paid text)`,
      [JSON.stringify(some)],
    )
  }
}

/**
 * Dossiers of 2022 to 2024 over 700 units, made by PostgreSQL itself with the table's other indexes taken away first. Their counts are
 * written straight into the cells of days, months and quarters and into the sets of procedures (the detailed cells are as many as the
 * dossiers here, and are not asked); the last of them, of the last sixty days, are left pending. Of the last ten days' dossiers six in ten are still open, of all
 * others one in a thousand. Minutes, not hours, for ten million.
 */
export async function fillBig(house: House, { dossiers, units, pending }: Size): Promise<void> {
  const owner = new pg.Client({
    connectionString: house.ownerUrl,
    options: '-c search_path=ca_mau,shared,public -c timezone=UTC -c work_mem=256MB -c max_parallel_workers_per_gather=2',
  })
  await owner.connect()
  try {
    await owner.query(`truncate dossier, indicator_cell, indicator_delta, indicator_presence, indicator_procedure cascade`)
    await owner.query(
      `insert into agency (code, valid_from, name, short_name, tier, kind, parent_code, certainty, name_fold)
       select 'H12.' || ${FIRST} + n, '2021-01-01', 'Xã mô phỏng ' || n, 'Xã ' || n, 'commune', 'people_committee', 'H12', 'simulated', 'xa mo phong ' || n
       from generate_series(0, ${units} - 1) n on conflict do nothing`,
    )
    const { rows } = await owner.query(
      `select indexname, indexdef from pg_indexes where schemaname = 'ca_mau' and tablename = 'dossier' and indexname not in (select conname from pg_constraint)`,
    )
    const indexes = rows as { indexname: string; indexdef: string }[]
    for (const { indexname } of indexes) await owner.query(`drop index ${indexname}`)
    const step = 500_000
    for (let first = 0; first < dossiers; first += step) {
      await owner.query(
        `
        insert into dossier (id, reference, procedure_code, procedure_version, procedure_name, agency_code, reception_agency_code,
          channel, status, stage, submitted_at, received_at, received_day, due_at, completed_at, applicant_name, search, papers_total, papers_digitised,
          source, counted)
        select ('01800000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'R-' || i, '1.00' || lpad((h % 1974)::text, 4, '0'), 1, 'Thủ tục mô phỏng',
          unit, unit, case when p < 52 then 'online' else 'counter' end, case when open then 4 else 10 end, case when open then 'processing' else 'closed' end,
          day + time '08:00', day + time '08:00', day, day + 7 + time '10:00', case when not open then day + (case when late then 9 else 5 end) + time '09:00' end,
          'Nguyễn Văn ' || i, '', 2, case when p < 40 then 2 else 1 end, 'bench',
          1 | case when p < 52 then 2 else 0 end | case when open then 0 when late then 8 else 24 end | case when fee then 32 else 0 end
            | case when fee and p < 26 then 64 else 0 end | case when p < 40 then 128 else 0 end
        from (
          select i, h, p, unit, day, q % 1000 < (case when day >= date '2024-12-22' then 600 else 1 end) as open, q % 97 < 3 as late, h % 3 = 0 as fee
          from (
            select i, h, h % 100 as p, (h / 100) % 9973 as q, 'H12.' || ${FIRST} + i % ${units} as unit,
              case when i >= $3::int then date '2024-12-31' - i % 60 else date '2022-01-01' + (hashint4(i + 1000000007) & 2147483647) % 1096 end as day
            from (select i, hashint4(i) & 2147483647 as h from generate_series($1::int, $2::int - 1) i) hashed
          ) drawn
        ) made`,
        [first, Math.min(first + step, dossiers), dossiers - pending],
      )
    }
    await owner.query('analyze dossier')
    const last = dossiers - pending
    const folded = `not (id >= ('01800000-0000-7000-8000-' || lpad(to_hex(${last}), 12, '0'))::uuid)`
    await owner.query(`
      insert into indicator_cell (grain, day, agency_code, vals)
      select 'day', received_day, agency_code, array[${[1, 2, 3, 4, 5, 6, 7, 8].map(bit).join(', ')}]
      from dossier where ${folded} group by 2, 3`)
    const summed = `array[${[1, 2, 3, 4, 5, 6, 7, 8].map((id) => `sum(vals[${id}])::bigint`).join(', ')}]`
    for (const [grain, from] of [
      ['month', 'day'],
      ['quarter', 'month'],
    ]) {
      await owner.query(`
        insert into indicator_cell (grain, day, agency_code, vals)
        select '${grain}', first, agency_code, ${summed}
        from (select date_trunc('${grain}', day::timestamp)::date as first, agency_code, vals from indicator_cell where grain = '${from}') finer
        group by first, agency_code`)
    }
    await owner.query(
      `insert into indicator_procedure select procedure_code, row_number() over (order by procedure_code) - 1 from (select distinct procedure_code from dossier) used`,
    )
    for (const grain of ['month', 'quarter']) await fillSets(owner, grain, folded)
    await owner.query(`
      insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
      select agency_code, received_day, procedure_code, channel,
        concat_ws(' ', '1', ${[2, 4, 5, 6, 7, 8].map((id) => `case when counted & ${1 << (id - 1)} > 0 then '${id}' end`).join(', ')})
      from dossier where not (${folded})`)
    // Filings found to have come over the counter: what takes them from the online channel waits to be folded.
    await owner.query(`
      update dossier set source = 'corrected', channel = 'counter', counted = counted & ~2
      where id in (select id from dossier where ${folded} and counted & 66 = 2 order by id limit ${CORRECTED})`)
    await owner.query(`
      insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
      select agency_code, received_day, procedure_code, 'online', '-2' from dossier where source = 'corrected'`)
    await owner.query('analyze indicator_delta')
    // The detailed cells of those procedures alone: the others are not asked.
    await owner.query(`
      insert into indicator_cell (grain, day, agency_code, procedure_code, channel, vals)
      select 'month_detail', date_trunc('month', received_day::timestamp)::date, agency_code, procedure_code, 'online',
        array[count(*), count(*) filter (where counted & 2 > 0 or source = 'corrected'), 0, 0, 0, 0, count(*) filter (where counted & 64 > 0)]
      from (select distinct agency_code, procedure_code from indicator_delta where counts = '-2') asked join dossier using (agency_code, procedure_code)
      where ${folded}
      group by 2, 3, 4`)
    for (const { indexname, indexdef } of indexes) {
      if (/dossier_(running|waiting|second_supplement)/.test(indexname)) await owner.query(indexdef)
    }
    for (const table of ['dossier', 'indicator_cell', 'indicator_delta', 'indicator_presence', 'indicator_procedure']) {
      await owner.query(`vacuum (analyze) ${table}`)
    }
  } finally {
    await owner.end()
  }
}
