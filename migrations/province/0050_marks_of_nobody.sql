-- Readers of scores see in a delta's own line what it adds and takes away: nobody asks for these any more, and every delta paid for them.
drop index indicator_delta_away;
alter table indicator_delta drop column marks;
