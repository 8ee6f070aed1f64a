-- How the weekly report is made: when, for whom, over which days. Dated; of two settings from one day the later revision counts.
create table weekly_setting (
  valid_from date not null,
  revision integer not null check (revision > 0),
  body jsonb not null,
  set_at timestamptz not null,
  set_by text not null,
  primary key (valid_from, revision)
);
comment on table weekly_setting is 'append-only: how the weekly report was made at any time stays known';

-- The weekly report as it was produced: the exact text that its pages, its paper and its spreadsheet are made from, and its digest.
create table weekly_report (
  id uuid primary key,
  -- Monday of its week: never two reports of one week.
  week date not null unique check (extract(isodow from week) = 1),
  -- Last day that is counted.
  day date not null check (day >= week and day <= week + 6),
  first date not null check (first <= day),
  produced_at timestamptz not null,
  -- on_time, late (the server was not running at its hour), later (made from the log for a week long past).
  provenance text not null check (provenance in ('on_time', 'late', 'later')),
  body text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$')
);
comment on table weekly_report is 'append-only: weekly reports as they were produced';

-- Questions of the report builder that somebody keeps.
create table saved_report (
  id uuid primary key,
  owner_id uuid not null,
  owner_name text not null,
  name text not null check (length(name) between 1 and 120),
  -- The address's query: read again, it gives the same question.
  question text not null check (length(question) <= 2000),
  shared boolean not null,
  schedule text not null check (schedule in ('none', 'weekly', 'monthly')),
  saved_at timestamptz not null
);
create index saved_report_owner on saved_report (owner_id);

-- What a kept question answered on its day, frozen like the weekly report.
create table saved_report_run (
  id uuid primary key,
  saved_id uuid not null,
  owner_id uuid not null,
  slot date not null,
  name text not null,
  produced_at timestamptz not null,
  body text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  unique (saved_id, slot)
);
create index saved_report_run_owner on saved_report_run (owner_id, produced_at desc);
comment on table saved_report_run is 'append-only: answers of scheduled reports as they were produced';
