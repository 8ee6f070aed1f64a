-- When a kept question is answered by itself, and as which file it is sent.
alter table saved_report
  -- 1 Monday … 7 Sunday; for weekly ones.
  add column weekday smallint not null default 1 check (weekday between 1 and 7),
  -- On the wall in Vietnam.
  add column time text not null default '06:30' check (time ~ '^([01][0-9]|2[0-3]):[0-5][05]$'),
  add column file text not null default 'xlsx' check (file in ('xlsx', 'csv', 'pdf')),
  -- A slot from before its schedule was set is not owed.
  add column scheduled_at timestamptz,
  -- The last slot that was looked at, answered or not.
  add column tried_slot date;
update saved_report set scheduled_at = saved_at;
alter table saved_report alter column scheduled_at set not null;

-- Who is told of the answers of a scheduled question. Somebody who stopped may still read what they were sent.
create table saved_report_recipient (
  saved_id uuid not null,
  officer_id uuid not null,
  added_at timestamptz not null,
  stopped_at timestamptz,
  primary key (saved_id, officer_id)
);
create index saved_report_recipient_officer on saved_report_recipient (officer_id);
-- Who asked for a schedule before was shown its answers.
insert into saved_report_recipient (saved_id, officer_id, added_at)
  select id, owner_id, saved_at from saved_report where schedule <> 'none';
