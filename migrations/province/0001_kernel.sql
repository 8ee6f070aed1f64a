-- The event log: everything that happened, in order, for ever. It is also the outbox that the relay reads.
create table event (
  position bigint generated always as identity primary key,
  -- The transaction that wrote the row: readers stop before the oldest one still running, so no late commit is skipped.
  tx xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  type text not null,
  subject uuid not null,
  agency_code text,
  actor jsonb not null,
  request_id uuid,
  data jsonb not null
);
comment on table event is 'append-only: the application role may insert and read, nothing else';
create index event_subject on event (subject, position);
create index event_order on event (tx, position);

-- Batches of events chained by hash after commit: root is the Merkle root over the batch, hash covers root and the seal before.
create table event_seal (
  batch bigint primary key,
  first_tx xid8 not null,
  first_position bigint not null,
  last_tx xid8 not null,
  last_position bigint not null,
  events integer not null,
  root bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null
);
comment on table event_seal is 'append-only: seals of event batches';

-- One row a command that changed something: the same request id again returns the same answer.
create table request_log (
  request_id uuid primary key,
  command text not null,
  actor_key text not null,
  result jsonb,
  at timestamptz not null
);

-- Where each reader of the outbox has got to.
create table relay_cursor (
  name text primary key,
  tx xid8 not null default '0',
  position bigint not null default 0,
  updated_at timestamptz not null default now()
);

-- Signed-in sessions. The cookie holds a random token; only its SHA-256 is kept here.
create table session (
  token_hash bytea primary key,
  subject_kind text not null check (subject_kind in ('citizen', 'officer')),
  subject_id uuid not null,
  csrf text not null,
  data jsonb not null default '{}',
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text,
  device text
);
create index session_subject on session (subject_kind, subject_id);
create index session_expiry on session (expires_at);

-- One signed row a business transaction: what it adds to or takes from the counts. The fold empties this table into cells.
create table indicator_delta (
  id bigint generated always as identity primary key,
  agency_code text not null,
  day date not null,
  procedure_code text not null,
  channel text not null check (channel in ('online', 'counter', 'post')),
  measures smallint[] not null,
  vals bigint[] not null,
  check (cardinality(measures) = cardinality(vals))
);
