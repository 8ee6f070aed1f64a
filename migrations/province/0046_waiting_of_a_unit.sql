-- What waits to be folded of one unit is found at once, however much waits of all the others.
create index indicator_delta_unit on indicator_delta (agency_code, day);
