-- A campaign can be changed, ended early and cancelled; the event log keeps what it was before and why.
alter table campaign add column cancelled_on date;
alter table campaign add column cancelled_reason text;
alter table campaign add check ((cancelled_on is null) = (cancelled_reason is null));

-- The units that take part are named as they were on a day (code@valid_from): the same code can be another place later.
update campaign c set units = coalesce((
  select array_agg(a.code || '@' || a.valid_from order by n)
  from unnest(c.units) with ordinality as named (code, n)
  join lateral (
    select code, valid_from from agency
    where agency.code = named.code and valid_from <= c.ends
    order by (valid_from <= c.begins and coalesce(valid_to, 'infinity') >= c.begins) desc, valid_from
    limit 1
  ) a on true
), '{}') where cardinality(units) > 0;

-- A target that was replaced before it had held for a day: kept, and never counted.
alter table target add column withdrawn_at timestamptz;

-- A task that nobody has to do any more.
alter table campaign_task add column dropped_on date;
alter table campaign_task add column dropped_reason text;
alter table campaign_task add check ((dropped_on is null) = (dropped_reason is null));
