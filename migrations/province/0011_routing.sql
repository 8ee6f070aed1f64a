-- Who has had a dossier, from when to when: one row for each time somebody held a step of its internal process (form 06).
create table dossier_step (
  dossier_id uuid not null references dossier (id),
  number smallint not null,
  code text not null,
  name jsonb not null,
  role text not null check (role in ('clerk', 'specialist', 'unit_head', 'leader')),
  agency_code text not null,
  -- In the unit of the procedure's time limit.
  allowance double precision not null,
  next text[] not null,
  back text,
  -- Counts up when the work is given back and the step is done again.
  round smallint not null,
  state text not null check (state in ('waiting', 'open', 'done', 'skipped', 'dropped')),
  planned_due_at timestamptz,
  started_at timestamptz,
  due_at timestamptz,
  finished_at timestamptz,
  holder_id uuid,
  holder_name text,
  outcome text check (outcome in ('finished', 'handed-over', 'sent-back', 'stopped')),
  note text,
  primary key (dossier_id, number)
);
comment on table dossier_step is 'the steps of open and closed dossiers; written with every change from what the event says';
create index dossier_step_open on dossier_step (agency_code, due_at) where state = 'open';

-- An opinion asked of other agencies: one question, each agency with its own clock.
create table consultation (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  number smallint not null,
  question text not null,
  -- Numbers of the papers the others may see.
  papers smallint[] not null default '{}',
  asked_at timestamptz not null,
  asked_by uuid,
  asked_by_name text not null,
  agency_code text not null,
  -- Sector law lets the legal clock stand still until the answers are there.
  stops_clock boolean not null default false,
  cancelled_at timestamptz,
  cancelled_by_name text,
  cancel_reason text,
  unique (dossier_id, number)
);

create table consultation_answer (
  consultation_id uuid not null references consultation (id),
  agency_code text not null,
  due_at timestamptz not null,
  due_explanation jsonb not null,
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  verdict text check (verdict in ('agree', 'agree-with-remarks', 'disagree')),
  answer text,
  -- Files that came with the answer.
  files jsonb not null default '[]',
  reminders smallint not null default 0,
  reminded_at timestamptz,
  primary key (consultation_id, agency_code)
);
-- What waits for an agency, and what a reminder is due for.
create index consultation_answer_open on consultation_answer (agency_code, due_at) where answered_at is null;

-- Dossiers that belong together (liên thông): the one filed, and those started from it.
create table dossier_link (
  parent_id uuid not null references dossier (id),
  number smallint not null,
  procedure_code text not null,
  start text not null check (start in ('filing', 'result')),
  -- Whose result it waits for; null: the parent's own.
  after_code text,
  named_agency text,
  with_papers boolean not null,
  -- Null while it waits for the result it needs.
  child_id uuid unique references dossier (id),
  started_at timestamptz,
  -- Why it could not be started by itself; a person decides.
  trouble text,
  -- The child's result has come back to the parent.
  fed_back_at timestamptz,
  primary key (parent_id, number)
);
create index dossier_link_child on dossier_link (child_id) where child_id is not null;
