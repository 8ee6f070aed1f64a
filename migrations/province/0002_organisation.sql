-- Agencies in a tree. A unit is (code, valid_from): the same code can be another place later. valid_to is the last day, included;
-- null means still in force. Versions of one code never overlap (checked by the organisation module, which writes one at a time).
create table agency (
  code text not null check (code ~ '^[0-9A-Z]+(\.[0-9A-Z]+)*$' and length(code) <= 35),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  name text not null,
  short_name text not null,
  tier text not null check (tier in ('province', 'district', 'commune')),
  kind text not null check (kind in ('people_committee', 'department', 'unit', 'counter', 'other')),
  parent_code text check (parent_code <> code),
  -- Administrative unit code of the statistics office (2, 3 or 5 digits), where the agency has one.
  area_code text,
  -- official, derived, recalled, simulated, or local (entered or imported here)
  certainty text not null default 'local',
  source text not null default '',
  note text not null default '',
  -- Folded name, code and area code: what search looks at.
  name_fold text not null,
  primary key (code, valid_from)
);
create index agency_parent on agency (parent_code);
create index agency_area on agency (area_code);
create index agency_search on agency using gin (name_fold public.gin_trgm_ops);
comment on table agency is 'versions of agencies, dated';

-- What became of a version: whole, or in part. A part cannot be given figures without a rule, and is shown so.
create table agency_lineage (
  from_code text not null,
  from_valid_from date not null,
  to_code text not null,
  to_valid_from date not null,
  effective_day date not null,
  share text not null check (share in ('whole', 'part')),
  certainty text not null default 'local',
  source text not null default '',
  note text not null default '',
  primary key (from_code, from_valid_from, to_code, to_valid_from),
  foreign key (from_code, from_valid_from) references agency (code, valid_from),
  foreign key (to_code, to_valid_from) references agency (code, valid_from)
);
create index agency_lineage_to on agency_lineage (to_code, to_valid_from);

-- Ấp, khóm: a new row whenever its name or its commune changes. (code, valid_from) as for agencies.
create table hamlet (
  code text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  name text not null,
  kind text not null check (kind in ('ap', 'khom', 'thon', 'to_dan_pho')),
  commune_code text not null,
  certainty text not null default 'local',
  note text not null default '',
  name_fold text not null,
  primary key (code, valid_from)
);
create index hamlet_commune on hamlet (commune_code, valid_from);

-- One row with a new version after every change of the tree: readers keep the tree in memory and look here. The version is random,
-- so that one of a transaction that rolled back never comes again. Changing the tree locks this row first, so two administrators
-- take turns; no other business transaction touches it.
create table organisation_state (
  id smallint primary key check (id = 1),
  version uuid not null default gen_random_uuid()
);
insert into organisation_state (id) values (1);

-- Days off and working Saturdays beside those of data/calendar: corrections to the country's, the province's own, one agency's own.
-- The nearest one decides.
create table calendar_day (
  day date not null,
  layer text not null check (layer in ('national', 'province', 'agency')),
  agency_code text not null default '' check ((layer = 'agency') = (agency_code <> '')),
  kind text not null check (kind in ('holiday', 'compensatory', 'working_saturday', 'closed', 'open')),
  name text not null,
  name_en text not null default '',
  source text not null default '',
  certainty text not null default 'local',
  primary key (day, layer, agency_code)
);

-- Opening hours from a date on; agency_code '' is everyone's. weekday 1 = Monday. A day may have several stretches.
create table working_hours (
  agency_code text not null default '',
  valid_from date not null,
  weekday smallint not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null check (closes > opens),
  primary key (agency_code, valid_from, weekday, opens)
);
insert into working_hours (valid_from, weekday, opens, closes)
select '1900-01-01', weekday, stretch.opens, stretch.closes
from generate_series(1, 5) as weekday,
  (values (time '07:30', time '11:30'), (time '13:30', time '17:30')) as stretch (opens, closes);

-- A new version after every change, for readers that keep the calendar in memory (as organisation_state). Work promised for the same day and received after
-- cut_off is due the next working day.
create table calendar_state (
  id smallint primary key check (id = 1),
  version uuid not null default gen_random_uuid(),
  cut_off time not null
);
insert into calendar_state (id, cut_off) values (1, '15:00');
