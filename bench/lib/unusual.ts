import type pg from 'pg'

/**
 * What the rules look for, in among a million: every 25th online dossier filed with help, numbers and accounts of a quarter million people and some
 * that file for dozens, the device of each online dossier of the 180 days for which it is kept, and the log of a year: results, one in sixteen asked for
 * a supplement, one in three hundred recalled.
 */
export async function addUnusual(owner: pg.Client): Promise<void> {
  const hash = (salt: number): string => `(hashint4(right(applicant_number, 8)::int + ${salt}) & 2147483647)`
  await owner.query(`
    update dossier set
      assisted = ${hash(1)} % 25 = 0, counted = counted | case when ${hash(1)} % 25 = 0 then 4 else 0 end,
      applicant_phone = case when ${hash(2)} % 200 = 7 then '0911' || lpad((${hash(3)} % 64)::text, 6, '0') else applicant_phone end,
      submitter_id = ('01900000-0000-7000-9000-' || lpad(to_hex(${hash(4)} % case when ${hash(5)} % 100 = 3 then 500 else 262144 end), 12, '0'))::uuid
    where channel = 'online' and source = 'bench'`)
  await owner.query(`
    insert into filing_device (dossier_id, mark, filed_at)
    select id, decode(md5((case when ${hash(6)} % 50 = 3 then ${hash(7)} % 400 else ${hash(8)} % 200000 end)::text), 'hex'), submitted_at
    from dossier where channel = 'online' and source = 'bench' and received_day between '2022-01-16' and '2022-07-14'`)
  const actor = `jsonb_build_object('kind', 'officer', 'id', '01900000-0000-7000-8000-' || lpad((${hash(9)} % 512)::text, 12, '0'), 'name', 'Trần Văn Khánh')`
  const events = (type: string, at: string, where: string, data = '{}'): Promise<unknown> =>
    owner.query(`
      insert into event (at, type, subject, agency_code, actor, data)
      select ${at}, '${type}', id, agency_code, ${actor}, '${data}'::jsonb from dossier where source = 'bench' and ${where}`)
  await events('dossier.received', 'received_at', 'received_at is not null')
  await events(
    'dossier.issued',
    "case when q.late then due_at - interval '20 minutes' else completed_at end".replace('q.late', `${hash(10)} % 300 = 3`),
    'completed_at is not null',
    '{"papers":[],"electronic":true,"workedDays":4}',
  )
  await events(
    'dossier.supplement-requested',
    `case when ${hash(12)} % 10 = 0 then due_at - interval '3 hours' else received_at + interval '3 days' end`,
    `${hash(11)} % 16 = 3`,
    '{"note":"x","items":[],"round":1}',
  )
  await events('dossier.recalled', "due_at + interval '1 day'", `completed_at is not null and ${hash(10)} % 300 = 3`, '{"note":"x"}')
  for (const table of ['dossier', 'event', 'filing_device']) await owner.query(`vacuum (analyze) ${table}`)
}
