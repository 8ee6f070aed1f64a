-- What was found when somebody looked into a case: nothing behind it (explained), figures that need putting right (real), or still being followed.
alter table anomaly_review add column outcome text not null default 'follow' check (outcome in ('explained', 'real', 'follow'));
alter table anomaly_review alter column outcome drop default;

-- The cases of a period as they were worked out at one moment, which the page names. Can be worked out again at any time; nothing else reads it.
create table anomaly_run (
  period_from date not null,
  period_to date not null,
  computed_at timestamptz not null,
  took_ms integer not null,
  found jsonb not null,
  primary key (period_from, period_to),
  check (period_from <= period_to)
);

-- Steps that opened a finished dossier again; a withdrawal taken back is one of them too.
drop index event_taken_back;
create index event_reopened on event (at, subject) where type in ('dossier.recalled', 'dossier.resumed', 'dossier.undone');
