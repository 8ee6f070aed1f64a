-- The catalogue of procedures. A version never changes: another law makes another version, and a dossier keeps its own.
create table procedure_field (
  code text primary key,
  name_vi text not null,
  name_en text not null,
  name_fold text not null,
  place smallint not null default 1000
);

create table life_event (
  code text primary key,
  name_vi text not null,
  name_en text not null,
  hint_vi text not null,
  hint_en text not null,
  place smallint not null
);

create table procedure (
  -- National style 1.001193; a string.
  code text primary key,
  -- Whether the code is the national one for certain.
  code_certainty text not null check (code_certainty in ('sure', 'unsure', 'imported'))
);

create table procedure_version (
  code text not null references procedure (code),
  -- Counts up within a procedure. Of two versions that begin on one day the later one counts.
  version smallint not null check (version > 0),
  id uuid not null unique,
  -- In force from this civil day until the day before the next version begins.
  valid_from date not null,
  -- From valid_from on nothing is received any more.
  abolished boolean not null,
  name text not null,
  name_en text not null,
  field text not null references procedure_field (code),
  tiers text[] not null,
  service_level text not null check (service_level in ('full', 'partial', 'none')),
  time_limit double precision not null check (time_limit > 0),
  time_unit text not null check (time_unit in ('hour', 'day', 'working_day', 'month')),
  -- đồng, what is known before any assessment.
  fee_vnd bigint not null check (fee_vnd >= 0),
  -- More may be due once it is assessed (taxes, land money, fees by size).
  fee_assessed boolean not null,
  returns_result boolean not null,
  form_code text,
  life_events text[] not null,
  -- Folded: the name first, then field, folk words, life events, code.
  search text not null,
  -- Folded and short: name, field, folk words. Compared with what was typed when no words match.
  alike text not null,
  published_at timestamptz not null,
  published_by text not null,
  body jsonb not null,
  primary key (code, version)
);
comment on table procedure_version is 'append-only: a published version never changes';
create index procedure_version_in_force on procedure_version (code, valid_from desc, version desc);
create index procedure_version_search on procedure_version using gin (search public.gin_trgm_ops);
create index procedure_version_alike on procedure_version using gin (alike public.gin_trgm_ops);
