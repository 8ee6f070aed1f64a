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

-- Procedures with at least one dossier filed online, and with one paid online, by agency and month of reception (indices 3.2, 3.5b). A
-- bit is set exactly while the folded 'month_detail' cells of its procedure sum to more than 0. The places of 1,024 procedures a chunk.
create table indicator_presence (
  day date not null,
  agency_code text collate "C" not null,
  chunk integer not null,
  online bit(1024) not null,
  paid_online bit(1024) not null,
  primary key (day, agency_code, chunk)
) with (fillfactor = 80);
comment on table indicator_presence is 'sets of procedures with online filings and payments; the figures are these sets and the pending deltas';

insert into indicator_procedure (procedure_code, place)
select procedure_code, row_number() over (order by procedure_code) - 1
from (select distinct procedure_code from indicator_cell where grain = 'month_detail' and (vals[2] <> 0 or vals[7] <> 0)) counted;

insert into indicator_presence (day, agency_code, chunk, online, paid_online)
select day, agency_code, place / 1024,
  bit_or(case when online > 0 then set_bit(repeat('0', 1024)::bit(1024), place % 1024, 1) else repeat('0', 1024)::bit(1024) end),
  bit_or(case when paid > 0 then set_bit(repeat('0', 1024)::bit(1024), place % 1024, 1) else repeat('0', 1024)::bit(1024) end)
from (
  select day, agency_code, place, sum(coalesce(vals[2], 0)) as online, sum(coalesce(vals[7], 0)) as paid
  from indicator_cell join indicator_procedure using (procedure_code)
  where grain = 'month_detail'
  group by 1, 2, 3
) counted
where online > 0 or paid > 0
group by 1, 2, 3;

-- What a pending delta means for those sets: 1 more online, 2 more paid online, 4 fewer of either (then the cells themselves are asked).
alter table indicator_delta add column marks smallint not null generated always as (
  (case when counts ~ '(^| )2( |$|=[^-])' then 1 else 0 end) + (case when counts ~ '(^| )7( |$|=[^-])' then 2 else 0 end)
  + (case when counts ~ '(^| )(-[27]( |$)|[27]=-)' then 4 else 0 end)
) stored;

-- Unfinished dossiers are what was received less what ended. Of them only the late ones and those that wait are looked at themselves.
drop index dossier_unfinished;
create index dossier_running on dossier (due_at) include (received_day, agency_code)
  where completed_at is null and closed_at is null and paused_at is null and received_day is not null;
create index dossier_waiting on dossier (received_day, agency_code) include (due_at, paused_at, supplement_requests, intake_supplements)
  where completed_at is null and closed_at is null and paused_at is not null and received_day is not null;
