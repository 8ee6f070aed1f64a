-- A petition (phản ánh, kiến nghị) as it stands now: folded out of its events. The columns beside the state are for finding.
create table petition (
  id uuid primary key,
  -- Unguessable, with a check character: PA-4F7K-9QZT-2M8C.
  reference text not null unique,
  agency_code text not null,
  filed_at timestamptz not null,
  person_id uuid,
  phone text,
  dossier_id uuid,
  -- 'procedure' or 'staff' once it is classified.
  kind text check (kind in ('procedure', 'staff')),
  stage text not null,
  open boolean not null,
  assignee_id uuid,
  -- What the office promised, and what the national index allows: they differ where the province set a shorter limit.
  due_at timestamptz,
  index_due_at timestamptz,
  late boolean not null default false,
  published_at timestamptz,
  -- Folded text: everything for officers, only what is published for the public.
  search text not null,
  public_search text,
  state jsonb not null,
  version integer not null
);
comment on table petition is 'one row a petition: its present state';
create index petition_open on petition (agency_code, due_at, id) where open;
create index petition_assignee on petition (assignee_id, due_at, id) where open and assignee_id is not null;
create index petition_due on petition (index_due_at) where open and not late and index_due_at is not null;
create index petition_person on petition (person_id, filed_at desc) where person_id is not null;
create index petition_phone on petition (phone, filed_at desc) where phone is not null;
create index petition_published on petition (published_at desc, id) where published_at is not null;
create index petition_search on petition using gin (search public.gin_trgm_ops);
create index petition_public_search on petition using gin (public_search public.gin_trgm_ops) where public_search is not null;

-- One vote a person, changeable. Voter: `citizen:<id>`, or `filer` for whoever proved to have filed it.
create table petition_vote (
  petition_id uuid not null references petition (id),
  voter text not null,
  liked boolean not null,
  at timestamptz not null,
  primary key (petition_id, voter)
);

-- Who opened whose petition in full (personal data: access is recorded).
create table petition_access (
  id bigint generated always as identity primary key,
  petition_id uuid not null,
  officer_id uuid not null,
  officer_name text not null,
  at timestamptz not null
);
comment on table petition_access is 'append-only: who opened a petition in full';

-- The province's own, shorter time to resolve a petition, from a day on. The national limits are data of the house.
create table petition_limit (
  valid_from date primary key,
  resolve_days smallint not null check (resolve_days between 1 and 60),
  basis text not null,
  set_by text not null,
  set_at timestamptz not null
);

-- A returned dossier whose applicant is asked how it went; made from the event log.
create table rating_invitation (
  dossier_id uuid primary key,
  person_id uuid,
  procedure_name text not null,
  agency_code text not null,
  returned_at timestamptz not null,
  open_until timestamptz not null,
  rated boolean not null default false
);
create index rating_invitation_person on rating_invitation (person_id, open_until) where person_id is not null and not rated;

-- How an applicant rated a dossier: once, changeable for some days.
create table rating (
  id uuid primary key,
  dossier_id uuid not null unique,
  agency_code text not null,
  procedure_code text not null,
  procedure_name text not null,
  officer_id uuid,
  officer_name text,
  level text not null check (level in ('good', 'fair', 'poor')),
  scores jsonb not null,
  comment text,
  source text not null check (source in ('citizen', 'tracked', 'counter')),
  criteria_from date not null,
  given_at timestamptz not null,
  given_day date not null,
  changed_at timestamptz,
  state jsonb not null,
  version integer not null
);
create index rating_day on rating (given_day, agency_code);

-- What a dossier has against it for index 5.4: petitions about it, a dislike. Counted once, however many there are.
create table dossier_mark (
  dossier_id uuid primary key,
  id uuid not null unique,
  petitions integer not null,
  disliked boolean not null,
  place jsonb
);
