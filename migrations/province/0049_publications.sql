-- Which publication of its scheme a version was, whatever its day: a form says up to which one was seen, and of several who publish at
-- once each would be the next, which only one can be.
alter table index_scheme add column number integer;
update index_scheme s set number = p.number
from (
  select code, valid_from, revision, row_number() over (partition by code order by published_at, valid_from, revision) as number
  from index_scheme
) p
where (s.code, s.valid_from, s.revision) = (p.code, p.valid_from, p.revision);
alter table index_scheme
  alter column number set not null,
  add check (number > 0),
  add unique (code, number);
