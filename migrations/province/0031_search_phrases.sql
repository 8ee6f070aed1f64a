-- Syllables of Vietnamese names are few, so that two of them together already say much more than each: runs of up to four syllables stand
-- in the search text as words of their own (`van_an`), and a name is found by one entry of the index instead of by crossing long lists.
drop index dossier_words;
update dossier d
set search = d.search || ' ' || windows.text
from dossier same
cross join lateral (
  select string_to_array(same.search, ' ') as words,
    cardinality(array_remove(regexp_split_to_array(same.applicant_name, '[[:space:][:punct:]]+'), '')) as name_words
) known
cross join lateral (
  select string_agg(array_to_string(known.words[place:least(place + 3, known.name_words)], '_'), ' ' order by place) as text
  from generate_series(1, least(known.name_words, cardinality(known.words)) - 1) place
) windows
where same.id = d.id and windows.text is not null;
create index dossier_words on dossier using gin (array_to_tsvector(array_remove(array_remove(
  string_to_array(search, ' ') || ('@' || agency_code) || ('@' || reception_agency_code)
  || case when stage <> 'closed' then '@open' end || ('<' || reverse(applicant_phone)), null), '')));
