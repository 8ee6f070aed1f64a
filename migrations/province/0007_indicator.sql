-- Folded counts. Pending deltas (indicator_delta) are added at read, so that a read is exact at commit whether or not the fold has run.
-- The same counts are kept at four grains, so that a long period reads few rows:
--   'month', 'day'                  an agency (procedure and channel are empty)
--   'month_detail', 'day_detail'    an agency, procedure and channel
-- A month's row stands on its first day. vals holds every measure of the registry: vals[id]; missing or null is 0.
-- The key begins with grain and day because every question asks for a period; the fold writes in the order of the key, so folders do not deadlock.
create table indicator_cell (
  grain text collate "C" not null check (grain in ('month', 'day', 'month_detail', 'day_detail')),
  day date not null,
  agency_code text collate "C" not null,
  procedure_code text collate "C" not null default '',
  channel text collate "C" not null default '' check (channel in ('', 'online', 'counter', 'post')),
  vals bigint[] not null,
  primary key (grain, day, agency_code, procedure_code, channel)
) with (fillfactor = 80);
comment on table indicator_cell is 'folded counts at four grains; the figures are cells plus pending deltas';

-- Rows live here for a fraction of a second: clean up by number of rows, not by share.
alter table indicator_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000);

-- What each recount from the event log found. 0 is the only good answer.
create table indicator_recount (
  id uuid primary key,
  at timestamptz not null,
  as_of timestamptz,
  events bigint not null,
  difference bigint not null,
  differing jsonb not null default '[]',
  repaired boolean not null default false
);
comment on table indicator_recount is 'append-only: results of recounting from the event log';
create index indicator_recount_at on indicator_recount (at desc);
