-- Queue tickets of one-stop counters, and papers photographed for an intake that is being done. No personal data in a ticket.

-- Categories, points and rules of a counter from a day on; without a row the house's own defaults hold.
create table queue_settings (
  agency_code text not null,
  valid_from date not null,
  body jsonb not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (agency_code, valid_from)
);

-- Serial of the tickets of one agency, day and category: counted in the transaction that makes the ticket, so without a gap.
create table queue_serial (
  agency_code text not null,
  day date not null,
  series text not null,
  last integer not null,
  primary key (agency_code, day, series)
);

-- A ticket as it stands now: folded out of its events. The columns beside the state are for calling and counting.
create table queue_ticket (
  id uuid primary key,
  -- Unguessable: who has it may follow the ticket.
  secret text not null unique,
  agency_code text not null,
  day date not null,
  series text not null,
  number integer not null,
  category text not null,
  priority boolean not null,
  stage text not null check (stage in ('waiting', 'called', 'serving', 'served', 'absent', 'expired')),
  -- Place in the line.
  lined_at timestamptz not null,
  taken_at timestamptz not null,
  first_called_at timestamptz,
  called_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  point_number smallint,
  state jsonb not null,
  version integer not null,
  unique (agency_code, day, series, number)
);
comment on table queue_ticket is 'one row a ticket: its present state';
create index queue_ticket_line on queue_ticket (agency_code, day, lined_at, id) where stage = 'waiting';
create index queue_ticket_open on queue_ticket (day) where stage in ('waiting', 'called', 'serving');

-- A service point (Quầy 3): who sits there today and whom it serves.
create table queue_point (
  id uuid primary key,
  agency_code text not null,
  number smallint not null,
  day date,
  officer_id uuid,
  ticket_id uuid,
  state jsonb not null,
  version integer not null,
  unique (agency_code, number)
);
comment on table queue_point is 'one row a service point: its present state';
create unique index queue_point_officer on queue_point (officer_id, day) where officer_id is not null;

-- A phone that may take pictures for one intake, for a short while. Only the token's digest is kept.
create table intake_upload (
  intake_id uuid primary key,
  token_hash text not null unique,
  officer_id uuid not null,
  officer_name text not null,
  agency_code text not null,
  procedure_code text not null,
  expires_at timestamptz not null,
  files integer not null default 0,
  bytes bigint not null default 0
);

-- Pictures and files that came in for an intake which is not received yet.
create table intake_page (
  id uuid primary key,
  intake_id uuid not null,
  officer_id uuid not null,
  paper_code text not null,
  sha256 text not null,
  size bigint not null,
  media_type text not null,
  name text not null,
  at timestamptz not null
);
create index intake_page_intake on intake_page (intake_id, at);
create index intake_page_at on intake_page (at);
