-- Received dossiers that wait for their applicant after a second list of missing papers: late, whenever the list was sent (index 2.1).
create index dossier_second_supplement on dossier (received_day, agency_code) include (due_at, paused_at)
  where completed_at is null and closed_at is null and stage = 'supplement' and supplement_requests - intake_supplements > 1
    and received_day is not null;
