-- Forms carry the version they were shown with: whoever would write over what somebody else wrote meanwhile is shown it first.
alter table campaign add column version integer not null default 1;
alter table campaign_task add column version integer not null default 1;
alter table target add column version integer not null default 1;

-- Which job has a letter in hand, so that one whose job is gone is found, and no second job sends it.
alter table letter add column job_id uuid;
alter table letter drop column queued;
-- A try is under way. It stays behind when the server dies in it: then nobody knows whether the letter went.
alter table letter add column trying_since timestamptz;
-- A try was cut off, and the letter went once more: it may have come twice.
alter table letter add column maybe_twice boolean not null default false;

-- Who said that answers are sent no more: the recipient, who may ask for them again, or the owner, who alone may say otherwise.
alter table saved_report_recipient add column stopped_by uuid;
update saved_report_recipient r set stopped_by = case
    when exists (select from event e where e.subject = r.saved_id and e.type = 'reporting.unfollowed' and e.at = r.stopped_at)
      then r.officer_id
    else coalesce((select s.owner_id from saved_report s where s.id = r.saved_id), r.officer_id)
  end
where r.stopped_at is not null;
alter table saved_report_recipient add check ((stopped_at is null) = (stopped_by is null));
