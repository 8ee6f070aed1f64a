-- Folded counts: one row an agency, day, procedure, channel and measure. Pending deltas (indicator_delta) are added at read.
create table indicator_cell (
  agency_code text not null,
  day date not null,
  procedure_code text not null,
  channel text not null,
  measure smallint not null,
  value bigint not null,
  primary key (agency_code, day, procedure_code, channel, measure)
);
