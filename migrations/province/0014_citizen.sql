-- The citizen's side of a dossier: in whose name it is filed, words with the office, what is being prepared, how the result is collected.

-- Who filed it for the applicant, by what right and with which proof; null: the applicant filed it themselves.
alter table dossier add column representation jsonb;

-- For whom a draft is being filed. Personal data: deleted with the draft.
create table filing_representation (
  person_id uuid not null,
  procedure_code text not null,
  kind text not null check (kind in ('child', 'other', 'organisation')),
  answers jsonb not null default '{}',
  updated_at timestamptz not null,
  primary key (person_id, procedure_code)
);

-- An answer to a list of missing papers that is not sent yet: one a person and dossier, for the list asked at that time.
create table supplement_draft (
  dossier_id uuid not null references dossier (id),
  person_id uuid not null,
  asked_at timestamptz not null,
  -- By place in the list: files and a note.
  items jsonb not null default '[]',
  note text not null default '',
  updated_at timestamptz not null,
  primary key (dossier_id, person_id)
);

-- How the applicant wants the result. The address is personal data: it stands here, not in the event.
create table dossier_collection (
  dossier_id uuid primary key references dossier (id),
  way text not null check (way in ('electronic', 'counter', 'post')),
  receiver text,
  phone text,
  address jsonb,
  chosen_at timestamptz not null,
  chosen_by text not null
);

-- Words between the applicant and the office. The text stays out of the event log, which nobody can delete from.
create table dossier_message (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  from_office boolean not null,
  author_id uuid not null,
  author_name text not null,
  agency_code text,
  body text not null,
  files jsonb not null default '[]',
  at timestamptz not null
);
create index dossier_message_thread on dossier_message (dossier_id, at, id);
create index dossier_message_author on dossier_message (author_id, at);

-- Up to when somebody has read a thread: a person's id, or 'office'.
create table dossier_message_seen (
  dossier_id uuid not null references dossier (id),
  reader text not null,
  up_to timestamptz not null,
  primary key (dossier_id, reader)
);

-- A draft shown to the desk before it is filed. Not a dossier: no code, no clock, not counted. Deleted when the draft is filed or discarded.
create table dossier_trial (
  id uuid primary key,
  person_id uuid not null,
  person_name text not null,
  phone text,
  procedure_code text not null,
  procedure_name text not null,
  agency_code text not null,
  form_code text not null,
  form_version smallint not null,
  answers jsonb not null,
  -- For whom, when not for oneself.
  applicant_name text,
  asked_at timestamptz not null,
  promised_at timestamptz not null,
  verdict text check (verdict in ('enough', 'mend')),
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  note text not null default '',
  -- [{path, label, text}]
  comments jsonb not null default '[]',
  unique (person_id, procedure_code)
);
create index dossier_trial_waiting on dossier_trial (agency_code, promised_at, id) where verdict is null;
create index dossier_trial_answered on dossier_trial (agency_code, answered_at desc) where verdict is not null;
