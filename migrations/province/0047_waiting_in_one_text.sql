-- What a reader of scores needs of a pending delta, ready to be gathered (tens of thousands are read at once, and putting columns together
-- for each costs more than reading them): id|days since 2000|agency|counts|procedure. And the transaction that wrote it, so that a process
-- that remembers what it has read asks only for what came since.
alter table indicator_delta
  add column line text collate "C" not null generated always as (
    id::text || '|' || (day - date '2000-01-01')::text || '|' || agency_code || '|' || counts || '|' || procedure_code
  ) stored,
  add column tx xid8 not null default pg_current_xact_id();
create index indicator_delta_tx on indicator_delta (tx);

-- Which transactions changed what is folded, or took away something that waited: what was read before one of them no longer holds. The
-- last of them always stands here; older ones make room once nobody can be running who has not seen them end.
create table indicator_folded (tx xid8 primary key default pg_current_xact_id());
-- Tables that were made anew under a running program are no continuation of those it has read.
insert into indicator_folded default values;

create function note_fold() returns trigger language plpgsql set search_path from current as $$
begin
  -- A fold that found nothing to take changes nothing.
  if tg_table_name = 'indicator_delta' and tg_op = 'DELETE' then
    if not exists (select from gone) then
      return null;
    end if;
  end if;
  insert into indicator_folded default values on conflict do nothing;
  -- Two that fold at once do not wait for each other to tidy up.
  delete from indicator_folded where tx = any (array(
    select tx from indicator_folded where tx < pg_snapshot_xmin(pg_current_snapshot()) for update skip locked));
  return null;
end
$$;

create trigger note_fold after delete on indicator_delta referencing old table as gone for each statement execute function note_fold();
create trigger note_change after update or truncate on indicator_delta for each statement execute function note_fold();
create trigger note_fold after insert or update or delete or truncate on indicator_cell for each statement execute function note_fold();
create trigger note_fold after insert or update or delete or truncate on indicator_presence for each statement execute function note_fold();
create trigger note_fold after insert or update or delete or truncate on indicator_procedure for each statement execute function note_fold();
