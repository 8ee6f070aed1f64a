-- E-forms as data, and drafts that wait for their writers.
create table form_definition (
  code text not null,
  version smallint not null check (version > 0),
  valid_from date not null,
  title text not null,
  body jsonb not null,
  -- SHA-256 of the body: what a copy in memory is known by.
  stamp text not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (code, version)
);
comment on table form_definition is 'append-only: a published form never changes';

-- One draft a person and procedure. Personal data: deleted when the dossier is sent or the person discards it.
create table draft (
  id uuid primary key,
  person_id uuid not null,
  procedure_code text not null,
  form_code text not null,
  form_version smallint not null,
  -- Counts every save; a window that read an older one may meet another window's answers.
  version integer not null check (version > 0),
  answers jsonb not null,
  -- Page id → version of the draft in which the page was last saved.
  saved_pages jsonb not null,
  -- Fields whose first answer came from the profile or an earlier dossier and was not looked at yet.
  prefilled text[] not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (person_id, procedure_code),
  foreign key (form_code, form_version) references form_definition (code, version)
);
create index draft_updated on draft (updated_at);
