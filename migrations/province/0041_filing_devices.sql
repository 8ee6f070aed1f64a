-- From which device an online dossier was sent, as far as that is known: a keyed digest of a random cookie, never the cookie itself and never
-- in the event log. Cleared after FILING_DEVICE_DAYS; what stays then is only that it was an office's own machine.
create table filing_device (
  dossier_id uuid primary key,
  mark bytea,
  machine_id uuid,
  filed_at timestamptz not null,
  check (mark is not null or machine_id is not null)
);
create index filing_device_mark on filing_device (mark, dossier_id) where mark is not null;
create index filing_device_filed on filing_device (filed_at) where mark is not null;
create index filing_device_machine on filing_device (machine_id, dossier_id) where machine_id is not null;

-- Machines that file for many because that is what they are for: named by an office (a community team's tablet), or known because an officer filed
-- for somebody from them (no name).
create table office_machine (
  id uuid primary key,
  mark bytea not null,
  agency_code text collate "C" not null,
  name text check (name <> ''),
  since timestamptz not null,
  by_name text not null,
  removed_at timestamptz
);
create unique index office_machine_mark on office_machine (mark) where removed_at is null;
create index office_machine_agency on office_machine (agency_code) where removed_at is null;

-- Who filed online under one telephone number or account in a period: counted in the index alone.
create index dossier_filers on dossier (received_day, applicant_phone, submitter_id) where channel = 'online';
-- Filed online with help (bits 2 and 4 of counted: online, assisted): few, and asked for by period and unit.
create index dossier_helped on dossier (received_day, agency_code) include (counted, due_at) where counted & 6 = 6;
