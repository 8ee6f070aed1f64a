-- Work lists: counts that nobody has to count, a search that looks at words, lists as each officer arranges them.

-- What is open in the whole province. A change of a dossier inserts one signed row for the place it left and one for the place it came to
-- ('9999-12-31': no due time yet), and never touches a shared row; a worker folds them into the cells. A count is cells plus pending
-- rows. What became overdue in the meantime needs no event: days are compared with the clock at the look, and today's dossiers are
-- looked at themselves.
create table dossier_work_delta (
  id bigint generated always as identity primary key,
  stage text collate "C" not null,
  held boolean not null,
  due_day date not null,
  n integer not null
);
alter table dossier_work_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000);

-- Folded, so that a look reads a row a stage and a row a day:
--   'stage'  open dossiers at a stage, with and without a holder (the day is empty: '9999-12-31')
--   'day'    dossiers due on a civil day whose clock runs against the office (the stage is empty)
create table dossier_work_cell (
  grain text collate "C" not null check (grain in ('stage', 'day')),
  stage text collate "C" not null,
  held boolean not null,
  due_day date not null,
  n bigint not null,
  primary key (grain, stage, held, due_day)
) with (fillfactor = 70);
comment on table dossier_work_cell is 'open dossiers of the province by stage, and by day due; counts are cells plus pending rows';

insert into dossier_work_cell (grain, stage, held, due_day, n)
select 'stage', stage, assignee_id is not null, '9999-12-31', count(*)
from dossier where stage <> 'closed'
group by 2, 3
union all
select 'day', '', false, (due_at at time zone 'Asia/Ho_Chi_Minh')::date, count(*)
from dossier where stage in ('submitted', 'received', 'processing', 'signing') and due_at is not null
group by 4;

-- The whole province's list in order of due time, with all that its filters ask for: read without the rows themselves.
drop index dossier_urgent;
create index dossier_work on dossier ((coalesce(due_at, submitted_at)), id)
  include (due_at, submitted_at, received_at, stage, agency_code, reception_agency_code, assignee_id, procedure_code, channel)
  where stage <> 'closed';

-- Search by words of name, code, reference and phone (also from a phone's end), with the agencies and whether it is closed beside them:
-- what an officer may not see is left out inside the index. A name's syllables are few and common, so that trigrams found half the province.
drop index dossier_search;
create index dossier_words on dossier using gin (array_to_tsvector(array_remove(array_remove(
  string_to_array(search, ' ') || ('@' || agency_code) || ('@' || reception_agency_code)
  || case when stage = 'closed' then '@closed' else '@open' end || ('<' || reverse(applicant_phone)), null), '')));

-- Lists as their officers keep them: the address of a list under a name; shared ones are seen by the unit's officers.
create table work_list_view (
  id uuid primary key,
  officer_id uuid not null,
  officer_name text not null,
  -- The unit that sees it too; null: only its officer.
  agency_code text,
  name text not null check (length(name) between 1 and 80),
  -- The filters as they stand in the address, without a leading question mark.
  query text not null check (length(query) <= 1000),
  created_at timestamptz not null
);
comment on table work_list_view is 'saved work lists';
create index work_list_view_officer on work_list_view (officer_id);
create index work_list_view_agency on work_list_view (agency_code) where agency_code is not null;

-- How an officer has their list: which columns in which order, and the view they begin with.
create table work_list_setting (
  officer_id uuid primary key,
  columns text[] not null default '{}',
  default_view uuid,
  updated_at timestamptz not null
);
