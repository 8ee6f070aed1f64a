-- Provinces of this installation. Each has its own schema; a ministry may host many (architecture §5).
create table province (
  slug text primary key,
  schema text not null unique,
  name text not null,
  code text not null,
  created_at timestamptz not null default now()
);
comment on table province is 'a province hosted here; schema holds its work';
