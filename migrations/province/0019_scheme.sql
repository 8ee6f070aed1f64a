-- Index schemes of the province's own. The national scheme comes with the software (data/scheme); a version here never changes.
create table index_scheme (
  code text collate "C" not null check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  valid_from date not null,
  -- Of two versions that begin on one day the later one counts.
  revision integer not null check (revision > 0),
  name jsonb not null,
  basis text not null,
  body jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (code, valid_from, revision)
);
comment on table index_scheme is 'append-only: a published version of an index scheme never changes';

-- Quantities that this house cannot count itself (announcements, the national reporting system), with where they come from. A later
-- revision of the same figure takes its place; the earlier one stays to be seen.
create table index_reported (
  quantity text collate "C" not null,
  agency_code text collate "C" not null,
  -- First day of the month it belongs to.
  month date not null check (extract(day from month) = 1),
  revision integer not null check (revision > 0),
  value bigint not null check (value >= 0),
  source text not null,
  reported_at timestamptz not null,
  primary key (quantity, agency_code, month, revision)
);
comment on table index_reported is 'append-only: figures given from outside, each with its source';

-- A closed month, quarter or year: what every unit had and scored, exactly as written, and its digest. A correction is a new revision.
create table index_snapshot (
  scheme text collate "C" not null,
  first date not null,
  last date not null check (last >= first),
  revision integer not null check (revision > 0),
  closed_at timestamptz not null,
  closed_by text not null,
  reason text not null,
  -- Up to where the event log had been read.
  position bigint not null,
  body text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  -- The digest of the revision before, or of the snapshot before it.
  previous text,
  primary key (scheme, first, last, revision)
);
comment on table index_snapshot is 'append-only: closed periods';

-- Received and not finished: how many are still in time and how many late, by unit and day of reception, without the rows themselves.
create index dossier_unfinished on dossier (received_day, agency_code) include (due_at, paused_at, supplement_requests)
  where completed_at is null and closed_at is null and received_day is not null;
