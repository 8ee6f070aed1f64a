import pg from 'pg'
import { recountWork } from '../../src/modules/dossier/index.ts'
import { foldAll } from '../../src/modules/indicator/index.ts'
import type { House } from './house.ts'

/** One of these words, by a hash of `i`. */
const oneOf = (words: string, salt: number): string => {
  const all = words.split(' ')
  return `(array['${all.join("','")}'])[1 + (hashint4(i + ${salt}) & 2147483647) % ${all.length}]`
}

/**
 * Fills the province with dossiers of 2022 over the 111 units of that year, their counts and their received events, made by PostgreSQL
 * itself. The last `pending` of them are left as deltas that no fold has seen. About 4 % are still open, at every step, two thirds of
 * them with somebody. Names are as common as names are: a third are Nguyễn, a name of three syllables is borne by one in 1,500.
 */
export async function fill(house: House, from: number, to: number, pending: number): Promise<void> {
  const owner = new pg.Client({ connectionString: house.ownerUrl, options: '-c search_path=ca_mau,shared,public -c timezone=UTC' })
  await owner.connect()
  try {
    await owner.query(
      `
      create temporary table unit as
        select code, row_number() over (order by code) - 1 as n from agency
        where valid_from <= '2022-06-01' and (valid_to is null or valid_to >= '2022-06-01') and code like 'H12.%' and tier <> 'province'
      union all
        select 'H12.01', 110`,
    )
    const step = 100_000
    for (let first = from; first < to; first += step) {
      await owner.query(
        `
        with unit_count as (select count(*)::int as n from unit), made as (
          select i, unit.code as agency, date '2022-01-01' + (hashint4(i) & 2147483647) % 365 as day,
            '1.00' || lpad(((hashint4(i + 7) & 2147483647) % 1974)::text, 4, '0') as procedure,
            (hashint4(i + 1) & 2147483647) % 100 as p, (hashint4(i + 2) & 2147483647) % 100 as q,
            ${oneOf('nguyen nguyen nguyen nguyen nguyen nguyen nguyen tran tran le le pham pham huynh hoang phan vu dang bui do', 4)} as family,
            ${oneOf('van van van van thi thi thi thi huu duc minh ngoc kim thanh quoc hong xuan my thu cong', 5)} as middle,
            ${oneOf('an anh bao binh chau chi cuong dao dat dung giang ha hai hanh hau hien hieu hoa hung huong huy khanh khoa lam lan linh loan long mai minh my nam nga ngoc nhan nhi nhung phong phuc phuong quan quyen son tam tan thanh thao thang thinh thu thuy tien toan trang tri trung tu tuan tung tuyen uyen van vinh vu xuan yen', 6)} as given
          from generate_series($1::int, $2::int - 1) i, unit_count
          join unit on true
          where unit.n = (hashint4(i + 3) & 2147483647) % unit_count.n
        )
        insert into dossier (id, reference, code, procedure_code, procedure_version, procedure_name, agency_code, reception_agency_code,
          channel, status, stage, assignee_id, assignee_name, submitted_at, received_at, received_day, due_at, completed_at, returned_at, closed_at, worked_days,
          applicant_name, applicant_number, applicant_phone, search, fee_vnd, papers_total, papers_digitised, source, counted)
        select
          ('01800000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'R-' || i, agency || '-' || to_char(day, 'YYMMDD') || '-' || i,
          procedure, 1, 'Thủ tục mô phỏng ' || procedure, agency, agency,
          case when p < 52 then 'online' else 'counter' end, case when q < 96 then 10 else 4 end,
          case when q < 96 then 'closed' else (array['submitted','received','processing','processing','processing','signing','supplement','ready'])[1 + i % 8] end,
          case when q >= 96 and i % 3 > 0 then ('01900000-0000-7000-8000-' || lpad(to_hex(i % 400), 12, '0'))::uuid end,
          case when q >= 96 and i % 3 > 0 then 'Chuyên viên ' || i % 400 end,
          day + time '08:00', day + time '08:00', day, day + 7 + time '10:00',
          case when q < 96 then day + 5 + time '09:00' end, case when q < 96 then day + 5 + time '10:00' end, case when q < 96 then day + 5 + time '10:00' end, 4,
          initcap(family || ' ' || middle || ' ' || given), '0960' || lpad(i::text, 8, '0'), '09' || lpad(i::text, 8, '0'),
          family || ' ' || middle || ' ' || given || ' ' || lower(replace(agency, '.', ' ')) || ' ' || to_char(day, 'YYMMDD') || ' ' || i || ' 09' || lpad(i::text, 8, '0')
            || ' ' || family || '_' || middle || '_' || given || ' ' || middle || '_' || given,
          0, 2, case when p < 40 then 2 else 1 end, 'bench',
          1 | case when p < 52 then 2 else 0 end | case when q < 96 then 8 | 16 else 0 end | case when p < 40 then 128 else 0 end
        from made`,
        [first, Math.min(first + step, to)],
      )
    }
    const counts = (where: string, group: boolean): string =>
      group
        ? `insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
           select agency_code, received_day, procedure_code, channel, concat_ws(' ', '1=' || count(*),
             ${[2, 4, 5, 8].map((id) => `'${id}=' || nullif(count(*) filter (where counted & ${1 << (id - 1)} > 0), 0)`).join(', ')})
           from dossier where ${where} group by 1, 2, 3, 4`
        : `insert into indicator_delta (agency_code, day, procedure_code, channel, counts)
           select agency_code, received_day, procedure_code, channel,
             concat_ws(' ', '1', ${[2, 4, 5, 8].map((id) => `case when counted & ${1 << (id - 1)} > 0 then '${id}' end`).join(', ')})
           from dossier where ${where}`
    const range = (first: number, last: number): string =>
      `source = 'bench' and substring(reference from 3)::int >= ${first} and substring(reference from 3)::int < ${last}`
    await foldAll(house.db, house.province)
    await owner.query(counts(range(from, to - pending), true))
    await foldAll(house.db, house.province)
    await owner.query(counts(range(to - pending, to), false))
    await recountWork(house.db, house.province, { repair: true })
    // As autovacuum leaves them within a minute.
    for (const table of ['dossier', 'indicator_cell', 'indicator_delta']) await owner.query(`vacuum (analyze) ${table}`)
    await owner.query('drop table unit')
  } finally {
    await owner.end()
  }
}
