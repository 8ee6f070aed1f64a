-- Documents that went out under a number of their own (forms 01–05): one row each, written once, when first printed.
create table printed_document (
  id uuid primary key,
  -- What it is about: a dossier's id.
  subject uuid not null,
  kind text not null check (kind in ('receipt', 'supplement', 'refusal', 'extension', 'stop')),
  -- The first, second … step of its kind in the subject's history: the step this paper documents.
  occurrence smallint not null check (occurrence > 0),
  -- Series of the number: agency, year, kind.
  agency_code text not null,
  year smallint not null,
  number integer not null check (number > 0),
  -- When the step was taken: the day on the paper, and what chooses its form set.
  issued_at timestamptz not null,
  -- All that the paper says, as it stood then: printing again gives the same bytes whatever happened since.
  facts jsonb not null,
  recorded_at timestamptz not null,
  unique (subject, kind, occurrence),
  unique (agency_code, year, kind, number)
);

-- Last number given in a series: one row an agency, year and kind.
create table printed_number (
  agency_code text not null,
  year smallint not null,
  kind text not null,
  last integer not null,
  primary key (agency_code, year, kind)
);

-- The register of a desk (form 07) reads what it received in a period, in order.
create index dossier_register on dossier (reception_agency_code, received_day, id) where received_day is not null;
