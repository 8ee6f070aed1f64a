-- Opening hours of an agency from a day on, as one decision: the rows of working_hours with the same agency and day belong to it.
create table working_schedule (
  agency_code text not null default '',
  valid_from date not null,
  -- From this day on none of its own again: those of the agency above it.
  inherits boolean not null default false,
  -- A Saturday with opening hours counts as a working day. Not unless ruled locally: an open counter moves no deadline.
  saturday_counts boolean not null default false,
  source text not null default '',
  primary key (agency_code, valid_from)
);
insert into working_schedule (agency_code, valid_from) select distinct agency_code, valid_from from working_hours;

-- How days are counted, from a day on: what the law leaves to sectors or places, or what may change. Before the first row: the law's own
-- rules, and calendar_state.cut_off.
create table clock_rule (
  agency_code text not null default '',
  valid_from date not null,
  inherits boolean not null default false,
  start_day text not null default 'next' check (start_day in ('next', 'same')),
  late_receipt text not null default 'same_day' check (late_receipt in ('same_day', 'all', 'none')),
  cut_off time not null default '15:00',
  end_day text not null default 'next' check (end_day in ('next', 'same', 'previous')),
  end_time text not null default 'closing' check (end_time in ('closing', 'same_time', 'midnight')),
  -- Reasons that stop the clock, and those after which the limit begins anew.
  pauses text[] not null default '{supplement,payment,withdrawal,other}',
  restarts text[] not null default '{}',
  source text not null default '',
  primary key (agency_code, valid_from)
);

-- A change of the calendar: drafted, looked at with what it would move, then applied or dropped.
create table calendar_change (
  id uuid primary key,
  change jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'applied', 'dropped')),
  drafted_by text not null,
  drafted_at timestamptz not null,
  applied_by text,
  applied_at timestamptz,
  -- Due times to move when it was applied, and those left as they were because they had passed.
  moves integer not null default 0,
  kept integer not null default 0
);
create index calendar_change_drafted on calendar_change (drafted_at desc);

-- The due times that an applied change moves, one by one; outcome is empty until its job did it.
create table due_move (
  change_id uuid not null references calendar_change (id),
  subject uuid not null,
  due_from timestamptz not null,
  due_to timestamptz not null,
  outcome text check (outcome in ('moved', 'changed-meanwhile', 'closed')),
  primary key (change_id, subject)
);
create index due_move_waiting on due_move (change_id, subject) where outcome is null;
