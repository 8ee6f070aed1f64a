-- The sets of a quarter beside those of its months: a year of every unit reads four rows a unit instead of twelve.
alter table indicator_presence
  add column grain text collate "C" not null default 'month' check (grain in ('quarter', 'month')),
  drop constraint indicator_presence_pkey,
  add primary key (grain, day, agency_code, chunk);
alter table indicator_presence alter column grain drop default;

insert into indicator_presence (grain, day, agency_code, chunk, online, paid_online)
select 'quarter', date_trunc('quarter', day::timestamp)::date, agency_code, chunk, bit_or(online), bit_or(paid_online)
from indicator_presence
group by 2, 3, 4
order by 2, 3, 4;
