-- The score of every unit at once: what used to be worked out at each look is kept where it changes.

-- How far a procedure is ready for the net (index 1.3) and who resolves it, without taking its whole body out.
alter table procedure_version
  add column complete boolean generated always as (
    body ? 'description' and jsonb_array_length(body -> 'components') > 0 and jsonb_array_length(body -> 'results') > 0
      and jsonb_array_length(body -> 'steps') > 0 and jsonb_array_length(body -> 'legalBasis') > 0
  ) stored,
  add column resolver_agency text generated always as (body -> 'resolver' ->> 'agencyCode') stored;

-- Procedures in the order in which they were first counted: a set of procedures is then a string of bits.
create table indicator_procedure (
  procedure_code text collate "C" primary key,
  place integer not null unique check (place >= 0)
);
comment on table indicator_procedure is 'which bit stands for a procedure in indicator_presence';

-- Procedures with at least one dossier filed online, and with one paid online, by agency and month of reception (indices 3.2, 3.5b); a
-- quarter's sets beside those of its months. Bit n (of byte n / 8, from the lowest) is set exactly while the folded 'month_detail' cells
-- of the procedure with place n sum to more than 0; zero bytes at the end may be left out.
create table indicator_presence (
  grain text collate "C" not null check (grain in ('quarter', 'month')),
  day date not null,
  agency_code text collate "C" not null,
  online bytea not null,
  paid_online bytea not null,
  primary key (grain, day, agency_code)
) with (fillfactor = 80);
alter table indicator_presence alter column online set storage plain, alter column paid_online set storage plain;
comment on table indicator_presence is 'sets of procedures with online filings and payments; the figures are these sets and the pending deltas';

insert into indicator_procedure (procedure_code, place)
select procedure_code, row_number() over (order by procedure_code) - 1
from (select distinct procedure_code from indicator_cell where grain = 'month_detail' and (vals[2] <> 0 or vals[7] <> 0)) counted;

with counted as materialized (
  select kind as grain, case kind when 'month' then day else date_trunc('quarter', day::timestamp)::date end as day, agency_code, place,
    sum(coalesce(vals[2], 0)) > 0 as online, sum(coalesce(vals[7], 0)) > 0 as paid
  from indicator_cell join indicator_procedure using (procedure_code), (values ('month'), ('quarter')) as kinds (kind)
  where grain = 'month_detail'
  group by 1, 2, 3, 4
), byte as (
  select owner.grain, owner.day, owner.agency_code, n, coalesce(bit_or(1 << place % 8) filter (where online), 0) as online,
    coalesce(bit_or(1 << place % 8) filter (where paid), 0) as paid
  from (select distinct grain, day, agency_code from counted) owner
  cross join generate_series(0, (select max(place) from indicator_procedure) / 8) as n
  left join counted on counted.grain = owner.grain and counted.day = owner.day and counted.agency_code = owner.agency_code and place / 8 = n
  group by 1, 2, 3, 4
)
insert into indicator_presence (grain, day, agency_code, online, paid_online)
select grain, day, agency_code, string_agg(set_byte('\x00', 0, online), '' order by n), string_agg(set_byte('\x00', 0, paid), '' order by n)
from byte group by 1, 2, 3;

-- What a pending delta means for those sets: 1 more online, 2 more paid online, 4 fewer of either (then the cells themselves are asked).
alter table indicator_delta add column marks smallint not null generated always as (
  (case when counts ~ '(^| )2( |$|=[^-])' then 1 else 0 end) + (case when counts ~ '(^| )7( |$|=[^-])' then 2 else 0 end)
  + (case when counts ~ '(^| )(-[27]( |$)|[27]=-)' then 4 else 0 end)
) stored;

-- Few take anything away; whoever reads the sets asks for those alone.
create index indicator_delta_away on indicator_delta (agency_code, procedure_code) where marks >= 4;

-- Unfinished dossiers are what was received less what ended. Of them only the late ones and those that wait are looked at themselves.
drop index dossier_unfinished;
create index dossier_running on dossier (due_at) include (received_day, agency_code)
  where completed_at is null and closed_at is null and paused_at is null and received_day is not null;
create index dossier_waiting on dossier (received_day, agency_code) include (due_at, paused_at, supplement_requests, intake_supplements)
  where completed_at is null and closed_at is null and paused_at is not null and received_day is not null;
