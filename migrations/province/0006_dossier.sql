-- A dossier as it stands now. The event log says how it came to stand so; state can be rebuilt from there.
create table dossier (
  id uuid primary key,
  -- Unguessable tracking reference with a check character, given at submission.
  reference text not null unique,
  -- Official code, given at reception, never reused: <agency>-YYMMDD-XXXX.
  code text unique,
  procedure_code text not null,
  -- The version of the procedure in force when it was submitted (and again fixed at reception).
  procedure_valid_from date not null,
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
  stage text not null check (stage in ('submitted', 'received', 'processing', 'signing', 'supplement', 'ready', 'closed')),
  assignee_id uuid,
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
  closed_at timestamptz,
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
  version integer not null default 1
);
comment on table dossier is 'one row a dossier: its present state';
create index dossier_open on dossier (agency_code, stage, due_at) where stage <> 'closed';
create index dossier_assignee on dossier (assignee_id, due_at) where stage <> 'closed';
create index dossier_reception on dossier (reception_agency_code, stage) where stage <> 'closed';
create index dossier_submitter on dossier (submitter_id, submitted_at desc) where submitter_id is not null;
create index dossier_procedure on dossier (procedure_code, received_day);
create index dossier_period on dossier (agency_code, received_day);
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
