-- What lets the log's check name the event and not only its batch: for every event of a batch, in order, its position
-- (8 bytes, big endian) and the first 16 bytes of its leaf hash. The root over the whole leaf hashes stays the proof.
alter table event_seal add column leaves bytea not null;

-- The latest slot that each scheduled queue was started for: one start a slot, however many servers run.
create table schedule_slot (
  queue text primary key,
  slot timestamptz not null
);

-- What the standing checks found: seals of the log, nightly recount. Shown on the health page.
create table check_result (
  name text not null,
  at timestamptz not null,
  ok boolean not null,
  detail jsonb not null,
  primary key (name, at)
);

-- What people handed in lately, for the daily quota. Nobody's row is kept much longer than the day it counts for.
create table upload (
  id bigint generated always as identity primary key,
  owner_key text not null,
  sha256 text not null,
  size bigint not null check (size > 0),
  at timestamptz not null
);
create index upload_owner on upload (owner_key, at);
