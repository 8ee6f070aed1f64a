import pg from 'pg'
import type { UnitVersion } from '../../src/modules/indicator/index.ts'
import type { House } from './house.ts'

export const BIG = { dossiers: 10_000_000, units: 700, pending: 25_000 }

/** The units that a big fill spreads its dossiers over, in force for ever. */
export const bigUnits = (): UnitVersion[] =>
  Array.from({ length: BIG.units }, (_none, n) => ({
    code: `H12.${100 + n}`,
    name: `Đơn vị ${n}`,
    tier: 'commune',
    parentCode: 'H12',
    validFrom: '2021-01-01',
    validTo: null,
  }))

/**
 * Ten million dossiers of 2022 over 700 units, made by PostgreSQL itself with the table's other indexes taken away first, and their
 * counts written straight into the cells of days, months and quarters (the detailed ones are as many as the dossiers here, and are not
 * asked); the last of them are left pending. Minutes, not hours.
 */
export async function fillBig(house: House): Promise<void> {
  const owner = new pg.Client({
    connectionString: house.ownerUrl,
    options: '-c search_path=ca_mau,shared,public -c timezone=UTC -c work_mem=256MB',
  })
  await owner.connect()
  try {
    const { rows } = await owner.query(
      `select indexname from pg_indexes where schemaname = 'ca_mau' and tablename = 'dossier' and indexname not in (select conname from pg_constraint)`,
    )
    for (const { indexname } of rows as { indexname: string }[]) await owner.query(`drop index ${indexname}`)
    const step = 500_000
    for (let first = 0; first < BIG.dossiers; first += step) {
      await owner.query(
        `
        insert into dossier (id, reference, procedure_code, procedure_version, procedure_name, agency_code, reception_agency_code,
          channel, status, stage, submitted_at, received_at, received_day, due_at, completed_at, applicant_name, search, papers_total, papers_digitised,
          source, counted)
        select ('01800000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'R-' || i, '1.00' || lpad((h % 1974)::text, 4, '0'), 1, 'Thủ tục mô phỏng',
          'H12.' || 100 + i % ${BIG.units}, 'H12.' || 100 + i % ${BIG.units}, case when p < 52 then 'online' else 'counter' end,
          case when q < 96 then 10 else 4 end, case when q < 96 then 'closed' else 'processing' end, day + time '08:00', day + time '08:00', day,
          day + 7 + time '10:00', case when q < 96 then day + 5 + time '09:00' end, 'Nguyễn Văn ' || i, '', 2, case when p < 40 then 2 else 1 end, 'bench',
          1 | case when p < 52 then 2 else 0 end | case when q < 96 then 24 else 0 end | case when p < 40 then 128 else 0 end
        from (
          select i, h, h % 100 as p, (h / 100) % 100 as q, date '2022-01-01' + (h / 10000) % 365 as day
          from (select i, hashint4(i) & 2147483647 as h from generate_series($1::int, $2::int - 1) i) hashed
        ) made`,
        [first, Math.min(first + step, BIG.dossiers)],
      )
    }
    const last = BIG.dossiers - BIG.pending
    const folded = `not (id >= ('01800000-0000-7000-8000-' || lpad(to_hex(${last}), 12, '0'))::uuid)`
    const bit = (id: number): string => `count(*) filter (where counted & ${1 << (id - 1)} > 0)`
    await owner.query(`
      insert into indicator_cell (grain, day, agency_code, vals)
      select 'day', received_day, agency_code, array[count(*), ${bit(2)}, 0, ${bit(4)}, ${bit(5)}, 0, 0, ${bit(8)}]
      from dossier where source = 'bench' and ${folded} group by 2, 3`)
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
    await owner.query(`
      insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
      select agency_code, received_day, procedure_code, channel,
        concat_ws(' ', '1', ${[2, 4, 5, 8].map((id) => `case when counted & ${1 << (id - 1)} > 0 then '${id}' end`).join(', ')})
      from dossier where source = 'bench' and not (${folded})`)
    for (const table of ['dossier', 'indicator_cell', 'indicator_delta']) await owner.query(`vacuum (analyze) ${table}`)
  } finally {
    await owner.end()
  }
}
