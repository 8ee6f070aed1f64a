-- People who signed in by electronic identity. The link is (issuer, subject); the personal number is a fact about them, never a key.
create table person (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  -- TechID of the national identity service, when given.
  tech_id text,
  -- LoaiTaiKhoan: '1' a natural person.
  account_kind text not null default '1',
  name text not null,
  -- Access-restricted: masked in lists, never logged, every look by an officer is an event.
  personal_number text,
  birth_date date,
  -- From acr when the issuer says so; null means unknown (Decree 69/2024 art. 7 knows levels 1 and 2).
  identity_level smallint check (identity_level in (1, 2)),
  phone text,
  email text,
  address jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  signed_in_at timestamptz,
  unique (issuer, subject)
);
comment on table person is 'citizens, linked to their electronic identity by issuer and subject';

create table officer (
  id uuid primary key,
  username text not null unique check (username = lower(username)),
  name text not null,
  -- Chức danh, as printed beside the name.
  position text not null default '',
  -- Where they work. Rights come from role_grant only.
  agency_code text not null,
  phone text,
  email text,
  password_hash text not null,
  password_changed_at timestamptz not null,
  -- A password someone else chose: it opens the account once, to choose another, until this instant.
  must_change_password boolean not null default false,
  temporary_until timestamptz,
  search text not null,
  created_at timestamptz not null,
  created_by uuid,
  deactivated_at timestamptz
);
create index officer_agency on officer (agency_code);
create index officer_search on officer using gin (search public.gin_trgm_ops);

-- A role held at an agency (with subtree: and below it) for a period of whole days, both included. A row made by delegation names
-- the row it was taken from and ends with it.
create table role_grant (
  id uuid primary key,
  officer_id uuid not null references officer (id),
  role text not null check (role in ('clerk', 'specialist', 'unit_head', 'reform_officer', 'leader', 'administrator')),
  agency_code text not null,
  subtree boolean not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  -- Null: the installation itself (first administrator, demo).
  granted_by uuid references officer (id),
  granted_at timestamptz not null,
  delegated_from uuid references role_grant (id),
  reason text not null default '',
  revoked_at timestamptz,
  revoked_by uuid references officer (id)
);
create index role_grant_officer on role_grant (officer_id) where revoked_at is null;
create index role_grant_agency on role_grant (agency_code, role) where revoked_at is null;
create index role_grant_source on role_grant (delegated_from) where delegated_from is not null;

-- Which role may do what, how far. A change closes a row and opens another; the rows are their own history.
create table permission_rule (
  id uuid primary key,
  role text not null check (role in ('citizen', 'clerk', 'specialist', 'unit_head', 'reform_officer', 'leader', 'administrator')),
  action text not null,
  -- none: taken away, kept so that a later version of the program does not give it back
  scope text not null check (scope in ('own', 'unit', 'province', 'none')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  set_by uuid references officer (id)
);
create unique index permission_rule_now on permission_rule (role, action) where valid_to is null;
create index permission_rule_changed on permission_rule (valid_from);

-- How long sessions last, in minutes; the newest row already in force counts.
create table session_policy (
  subject_kind text not null check (subject_kind in ('citizen', 'officer')),
  valid_from timestamptz not null,
  idle_minutes integer not null check (idle_minutes between 5 and 1440),
  absolute_minutes integer not null check (absolute_minutes between 15 and 10080),
  set_by uuid references officer (id),
  primary key (subject_kind, valid_from)
);
insert into session_policy (subject_kind, valid_from, idle_minutes, absolute_minutes) values
  ('citizen', '2000-01-01T00:00:00Z', 30, 720),
  ('officer', '2000-01-01T00:00:00Z', 60, 720);

-- A way to the identity service and back. Taken out once, by the browser that began it.
create table sign_in_attempt (
  state_hash bytea primary key,
  browser_hash bytea not null,
  nonce text not null,
  verifier text not null,
  return_path text not null,
  expires_at timestamptz not null
);
create index sign_in_attempt_expiry on sign_in_attempt (expires_at);

-- Tries to sign in, counted for every process together. The key is a hash: people type passwords where names belong.
create table sign_in_throttle (
  key bytea primary key,
  tries integer not null,
  window_ends_at timestamptz not null
);
create index sign_in_throttle_expiry on sign_in_throttle (window_ends_at);
