-- What should be reached: one row a target, with its days. A target is never edited; it is ended, and another one begins.
create table target (
  id uuid primary key,
  aim_kind text not null check (aim_kind in ('rate', 'score')),
  aim_code text not null,
  scope_kind text not null check (scope_kind in ('all', 'tier', 'unit')),
  tier text check (tier in ('province', 'district', 'commune')),
  -- A unit as it was on a day: the same code can be another place later.
  unit_code text,
  unit_valid_from date,
  begins date not null,
  -- Last day, included; null: until it is ended.
  ends date check (ends >= begins),
  comparator text not null check (comparator in ('at_least', 'at_most')),
  -- As the document writes it: 0.8 for a rate of 80 %, 90 for a score in points.
  value numeric not null check (value >= 0),
  source text not null,
  -- confirmed: a document of the province sets it; threshold: where the national index gives full marks.
  certainty text not null check (certainty in ('confirmed', 'threshold')),
  campaign_id uuid,
  set_by text not null,
  set_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  check ((scope_kind = 'tier') = (tier is not null)),
  check ((scope_kind = 'unit') = (unit_code is not null and unit_valid_from is not null))
);
create index target_campaign on target (campaign_id) where campaign_id is not null;

-- A campaign: rates to bring up between two days, its targets (rows above), its tasks. Nobody outside the reform office sees it before it is published.
create table campaign (
  id uuid primary key,
  name text not null,
  decision text not null,
  begins date not null,
  ends date not null check (ends >= begins),
  -- Codes of rates, in the order in which they are shown.
  aims text[] not null check (cardinality(aims) > 0),
  -- Codes of the units that take part; empty: every unit of a tier that has a target.
  units text[] not null default '{}',
  created_by text not null,
  created_at timestamptz not null,
  published_at timestamptz
);

create table campaign_task (
  id uuid primary key,
  campaign_id uuid not null references campaign (id),
  what text not null,
  unit_code text not null,
  officer_id uuid,
  due date not null,
  done_on date,
  done_by text,
  done_note text,
  -- The evidence: a stored file (sha256, size, type, name).
  evidence jsonb,
  created_at timestamptz not null
);
create index campaign_task_campaign on campaign_task (campaign_id, due);

-- Notices to officers inside the house. key names the reason: nobody is told the same thing twice.
create table notice (
  id uuid primary key,
  officer_id uuid not null,
  key text not null,
  title text not null,
  body text not null,
  href text not null,
  at timestamptz not null,
  read_at timestamptz,
  unique (officer_id, key)
);
create index notice_newest on notice (officer_id, at desc, id);
