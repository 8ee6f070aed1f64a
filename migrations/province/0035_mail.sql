-- Letters: the notices that also go out by mail. A row is written with its notice, in one transaction; a job sends it. Its id is its Message-ID,
-- so that a letter that came twice is recognised as one. What it says stands in the notice; its address is the officer's on the day it goes.
create table letter (
  id uuid primary key,
  notice_id uuid not null unique references notice (id),
  officer_id uuid not null,
  -- stale: too old to be worth sending when a mail server came.
  state text not null check (state in ('waiting', 'sent', 'failed', 'stale')),
  -- A job has it in hand. Without a mail server none has, and it waits.
  queued boolean not null,
  -- The paper that is the thing itself: { source, id, file }.
  enclosed jsonb,
  tries integer not null default 0,
  asked_at timestamptz not null,
  settled_at timestamptz,
  -- Why it was not sent, last time. No addresses.
  problem text,
  check ((state = 'waiting') = (settled_at is null))
);
create index letter_newest on letter (asked_at desc, id);
create index letter_waiting on letter (asked_at) where state = 'waiting';

-- Officers who have said whether they want mail; who has said nothing gets it.
create table mail_choice (
  officer_id uuid primary key,
  by_mail boolean not null,
  set_at timestamptz not null
);
