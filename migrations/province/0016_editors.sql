-- What officers are still writing: e-forms and procedures without code. One draft an e-form or procedure; publishing makes a version of it.
create table form_edit (
  form_code text primary key,
  id uuid not null unique,
  -- The version it started from; null for a form that is new.
  based_on smallint,
  body jsonb not null,
  -- As it was before the last change, to take that back.
  previous jsonb,
  -- Part (form, page:<id>, field:<path>) → the save in which it was last changed, and by whom: how two windows find out about each other.
  touched jsonb not null,
  -- Counts every save.
  version integer not null check (version > 0),
  started_at timestamptz not null,
  started_by text not null,
  updated_at timestamptz not null,
  updated_by text not null
);

create table procedure_edit (
  procedure_code text primary key,
  id uuid not null unique,
  based_on smallint,
  body jsonb not null,
  previous jsonb,
  -- Section → the save in which it was last changed, and by whom.
  touched jsonb not null,
  version integer not null check (version > 0),
  started_at timestamptz not null,
  started_by text not null,
  updated_at timestamptz not null,
  updated_by text not null
);
