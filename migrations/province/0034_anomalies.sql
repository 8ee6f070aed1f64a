-- What the reform office looked into on the page of figures worth a second look: a note of a person about a case. A case is named by its
-- rule, its unit or officer and its period; nothing of it is kept, it is worked out from the log and the dossiers each time.
create table anomaly_review (
  id uuid primary key,
  case_key text collate "C" not null,
  note text not null check (note <> ''),
  reviewed_at timestamptz not null,
  reviewed_by text not null
);
comment on table anomaly_review is 'append-only: cases looked into, each with a note';
create index anomaly_review_case on anomaly_review (case_key, reviewed_at);

-- Steps taken back and requests for supplements by time: few among all events, and asked for by period.
create index event_taken_back on event (at, subject) where type in ('dossier.recalled', 'dossier.undone');
create index event_supplement on event (at, subject) where type = 'dossier.supplement-requested';
