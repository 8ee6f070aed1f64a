-- A dossier as it stands now. The event log says how it came to stand so; state can be rebuilt from there.
create table dossier (
  id uuid primary key,
  -- Unguessable tracking reference with a check character, given at submission.
  reference text not null unique,
  -- Official code, given at reception, never reused: <agency>-YYMMDD-XXXX.
  code text unique,
  procedure_code text not null,
  -- The version of the procedure in force when it was submitted, fixed again at reception.
  procedure_version integer not null,
  procedure_name text not null,
  -- Three places kept apart (one-stop rules, 2025): who decides, who officially received, who helped to file.
  agency_code text not null,
  reception_agency_code text not null,
  assistance_agency_code text,
  channel text not null check (channel in ('online', 'counter', 'post')),
  assisted boolean not null default false,
  -- National status code 1–10.
  status smallint not null check (status between 1 and 10),
  -- Where it stands inside the office.
  stage text not null check (stage in ('submitted', 'received', 'processing', 'signing', 'supplement', 'withdrawn', 'ready', 'closed')),
  assignee_id uuid,
  assignee_name text,
  submitted_at timestamptz not null,
  received_at timestamptz,
  received_day date,
  original_due_at timestamptz,
  due_at timestamptz,
  due_explanation jsonb,
  -- Set while the clock stands still for the applicant.
  paused_at timestamptz,
  paused_working_ms bigint not null default 0,
  completed_at timestamptz,
  returned_at timestamptz,
  -- When it was refused, withdrawn, stopped or returned.
  closed_at timestamptz,
  -- Whole working days from reception to completion without the applicant's own time.
  worked_days integer,
  submitter_id uuid,
  applicant_name text not null default '',
  applicant_number text,
  applicant_phone text,
  applicant_email text,
  -- Folded name, code, reference and phone: what officers search by.
  search text not null default '',
  form_code text,
  form_version integer,
  answers jsonb not null default '{}',
  fee_vnd bigint not null default 0,
  paid_vnd bigint not null default 0,
  paid_online boolean not null default false,
  papers_total smallint not null default 0,
  papers_digitised smallint not null default 0,
  papers_reused smallint not null default 0,
  returns_result boolean not null default true,
  result_electronic boolean not null default false,
  supplement_requests smallint not null default 0,
  supplement_working_days integer not null default 0,
  -- Where the row came from: null = filed here; else the import's name. Simulated data says so.
  source text,
  -- Digest of the imported line, so that the same line again changes nothing.
  source_digest text,
  -- The measures it counts for, bit (id - 1) for each: written with every change, so a figure opens to exactly its dossiers.
  counted integer not null default 0,
  version integer not null default 1
);
comment on table dossier is 'one row a dossier: its present state';
-- Work lists: due first, and what nobody has received yet by the time it was sent.
create index dossier_open on dossier (agency_code, (coalesce(due_at, submitted_at)), id) where stage <> 'closed';
create index dossier_reception on dossier (reception_agency_code, (coalesce(due_at, submitted_at)), id) where stage <> 'closed';
create index dossier_assignee on dossier (assignee_id, (coalesce(due_at, submitted_at)), id) where stage <> 'closed' and assignee_id is not null;
create index dossier_urgent on dossier ((coalesce(due_at, submitted_at)), id) include (stage, due_at, assignee_id) where stage <> 'closed';
create index dossier_submitter on dossier (submitter_id, submitted_at desc) where submitter_id is not null;
create index dossier_number on dossier (applicant_number) where applicant_number is not null;
-- How long a procedure really took lately.
create index dossier_completed on dossier (procedure_code, completed_at, worked_days) where completed_at is not null;
-- The dossiers behind a figure: found in the index alone, whatever the figure leaves out.
create index dossier_period on dossier (agency_code, received_day, id) include (counted, procedure_code, channel) where received_day is not null;
create index dossier_received on dossier (received_day, id) include (counted, agency_code, procedure_code, channel) where received_day is not null;
-- Search: open ones by due time, closed ones the latest first.
create index dossier_search on dossier using gin (search public.gin_trgm_ops);

-- Papers handed in and results given, with the content's name in the file store.
create table dossier_paper (
  dossier_id uuid not null references dossier (id),
  number smallint not null,
  kind text not null check (kind in ('component', 'supplement', 'result')),
  component_code text,
  name text not null,
  sha256 text,
  size bigint,
  media_type text,
  digitised boolean not null default false,
  reused boolean not null default false,
  added_at timestamptz not null,
  primary key (dossier_id, number)
);

-- Serial of the official code: one row an agency and day, taken last in the reception's transaction.
create table dossier_serial (
  agency_code text not null,
  day date not null,
  last integer not null,
  primary key (agency_code, day)
);

-- Who opened whose dossier in full, and when (personal data: access is recorded).
create table dossier_access (
  id bigint generated always as identity primary key,
  dossier_id uuid not null,
  officer_id uuid not null,
  officer_name text not null,
  at timestamptz not null
);
comment on table dossier_access is 'append-only: who opened a dossier in full';
create index dossier_access_dossier on dossier_access (dossier_id, at);
