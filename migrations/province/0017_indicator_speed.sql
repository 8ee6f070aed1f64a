-- A pending delta says what it counts as one short text: a read gathers an agency's texts into one, where it used to group two arrays a row.
-- '1 2 -4 6=250': one more of measures 1 and 2, one fewer of 4, 250 of 6.
alter table indicator_delta add column counts text collate "C";
update indicator_delta set counts = (
  select string_agg(case pair.val when 1 then pair.measure::text when -1 then '-' || pair.measure else pair.measure || '=' || pair.val end, ' ' order by pair.place)
  from unnest(measures, vals) with ordinality as pair (measure, val, place)
);
delete from indicator_delta where counts is null;
alter table indicator_delta
  drop column measures,
  drop column vals,
  alter column counts set not null,
  add constraint indicator_delta_counts_check check (counts ~ '^(-?[1-9][0-9]*|[1-9][0-9]*=-?[1-9][0-9]*)( (-?[1-9][0-9]*|[1-9][0-9]*=-?[1-9][0-9]*))*$');

-- A year of every unit is four rows a unit instead of twelve.
alter table indicator_cell drop constraint indicator_cell_grain_check;
alter table indicator_cell add constraint indicator_cell_grain_check check (grain in ('quarter', 'month', 'day', 'month_detail', 'day_detail'));
insert into indicator_cell (grain, day, agency_code, vals)
select 'quarter', quarter, agency_code, array_agg(total order by place)
from (
  select date_trunc('quarter', day::timestamp)::date as quarter, agency_code, place, sum(coalesce(val, 0))::bigint as total
  from indicator_cell, unnest(vals) with ordinality as one (val, place)
  where grain = 'month'
  group by 1, 2, 3
) summed
group by quarter, agency_code;
comment on table indicator_cell is 'folded counts at five grains; the figures are cells plus pending deltas';
