-- The whole legal life of a dossier: payment notices (status 6), extensions, recalls, transfers, corrections and steps taken back.
alter table dossier drop constraint dossier_stage_check;
alter table dossier add constraint dossier_stage_check
  check (stage in ('submitted', 'received', 'processing', 'signing', 'supplement', 'payment', 'withdrawn', 'ready', 'closed'));

alter table dossier
  -- The clock's ledger: the limit and its own events (reception, pauses, extensions, transfers); due_at and its explanation follow from it.
  add column clock jsonb,
  -- Every move of the due time apart: when, why, from when to when. original_due_at stays what it was.
  add column due_changes jsonb not null default '[]',
  -- Working days that were the applicant's for another reason than a supplement: a payment notice, a withdrawal taken back.
  add column other_paused_days integer not null default 0,
  -- Of supplement_requests, those asked for before reception: the index does not count them.
  add column intake_supplements smallint not null default 0,
  -- Re-appointments with an apology (form 04), and results taken back by a decision.
  add column extensions smallint not null default 0,
  add column recalls smallint not null default 0,
  -- Recorded that nobody came for the result.
  add column uncollected_at timestamptz,
  -- The legal ground of a refusal, from the dated list.
  add column refusal_ground text,
  -- Codes it had before a reception was taken back: they are never given again, and still find the dossier.
  add column former_codes text[] not null default '{}';

create index dossier_former_code on dossier using gin (former_codes) where former_codes <> '{}';

-- A paper or a result that no longer stands (recorded by mistake, a result taken back): kept, shown as such, not counted.
alter table dossier_paper add column voided boolean not null default false;
