-- The second factor of officers: what they have besides the password. OWASP ASVS 5.0 level 2, chapters 6 and 7.

-- `totp`: an app that shows a code (RFC 6238); `passkey`: a key of WebAuthn, of which only the public half is known here.
create table second_factor (
  id uuid primary key,
  officer_id uuid not null references officer (id),
  kind text not null check (kind in ('totp', 'passkey')),
  -- What the officer calls it.
  name text not null,
  -- totp: AES-256-GCM under a key made of the installation's secret; bound to the officer.
  sealed_secret bytea,
  -- totp: the last step of 30 seconds whose code was accepted. No step is accepted twice, whichever process asks.
  last_step bigint,
  credential_id text unique,
  public_key bytea,
  sign_count bigint,
  transports text[] not null default '{}',
  created_at timestamptz not null,
  last_used_at timestamptz,
  check ((kind = 'totp') = (sealed_secret is not null)),
  check ((kind = 'passkey') = (credential_id is not null and public_key is not null and sign_count is not null))
);
create index second_factor_officer on second_factor (officer_id);

-- Ways in when the factor is lost: each opens once. Hashed like a password, one salt a set.
create table recovery_code (
  officer_id uuid not null references officer (id),
  code_hash bytea not null,
  salt bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (officer_id, code_hash)
);

-- Questions to a passkey that were answered: an answer is worth one time.
create table spent_challenge (
  challenge_hash bytea primary key,
  expires_at timestamptz not null
);
create index spent_challenge_expiry on spent_challenge (expires_at);

-- The password was right, the second step is missing. Not a session: nothing but the page of the second step knows this token.
create table sign_in_pending (
  token_hash bytea primary key,
  officer_id uuid not null references officer (id),
  -- code: prove a factor; enrol: set one up, because the policy requires it
  awaits text not null check (awaits in ('code', 'enrol')),
  expires_at timestamptz not null
);
create index sign_in_pending_expiry on sign_in_pending (expires_at);
create index sign_in_pending_officer on sign_in_pending (officer_id);

-- What a role asks for, from a day on. The row set last counts from its day; the rows are their own history.
create table factor_policy (
  id uuid primary key,
  -- The order in which decisions were made.
  position bigint generated always as identity unique,
  role text not null check (role in ('clerk', 'specialist', 'unit_head', 'reform_officer', 'leader', 'administrator')),
  level text not null check (level in ('none', 'offered', 'required')),
  valid_from date not null,
  set_at timestamptz not null,
  set_by uuid references officer (id)
);
create index factor_policy_role on factor_policy (role, position desc);
insert into factor_policy (id, role, level, valid_from, set_at)
select gen_random_uuid(), role, 'offered', '2000-01-01', '2000-01-01T00:00:00Z'
from unnest(array['clerk', 'specialist', 'unit_head', 'reform_officer', 'leader', 'administrator']) as role;

-- For how many minutes a proof counts when something that matters is done; the newest row counts.
create table factor_setting (
  valid_from timestamptz primary key,
  fresh_minutes integer not null check (fresh_minutes between 1 and 720),
  set_by uuid references officer (id)
);
insert into factor_setting (valid_from, fresh_minutes) values ('2000-01-01T00:00:00Z', 15);

-- When this session last proved a second factor; null: never.
alter table session add column factor_at timestamptz;
