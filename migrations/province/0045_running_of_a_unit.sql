-- One unit's unfinished dossiers by their due time: a few dozen are looked at instead of every late dossier of the province. The due time is
-- written as an expression so that questions about all units, which read dossier_running, are not planned by this one.
create index dossier_running_unit on dossier (agency_code, (coalesce(due_at, received_at)))
  where completed_at is null and closed_at is null and paused_at is null and received_day is not null;
