-- The node's reference data and the ledger.
--
-- Reference tables (node_settings, catalog_state, systems, credit_types, links, rates) are small and are
-- copied to every server of a distributed database. All other tables lead their keys with shard_id, and
-- every statement of the write path names one shard_id by equality.
-- Identifiers compare byte for byte, so every id column has the collation "C".

create table node_settings (
  only_row boolean primary key default true check (only_row),
  -- Chosen when the database is created and fixed from then on: an account's shard and an operation's
  -- shard are computed from it.
  shard_count integer not null check (shard_count between 1 and 1024)
);

create table catalog_state (
  only_row boolean primary key default true check (only_row),
  -- Grows with every change of a system, credit type, link or rate; a batch that sees another number than
  -- the one it has cached reads the catalog again.
  version bigint not null
);
insert into catalog_state (version) values (1);

create table systems (
  system_id text collate "C" primary key,
  name text not null,
  kind text not null check (kind in ('hosted', 'remote')),
  status text not null default 'active' check (status in ('active', 'suspended')),
  -- What only the partner protocol reads: base_url, keys, speaks_for, timeout_ms, rate_limit.
  partner jsonb,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);

create table credit_types (
  system_id text collate "C" not null references systems,
  credit_type_id text collate "C" not null,
  name text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (system_id, credit_type_id)
);

create table links (
  source_system text collate "C" not null references systems,
  target_system text collate "C" not null references systems,
  user_mapping text not null check (user_mapping in ('same_id', 'mapped')),
  auto_provision boolean not null,
  enabled boolean not null,
  allow_gaining_cycles boolean not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (source_system, target_system),
  check (source_system <> target_system)
);

-- Every version that was ever in force; the one in force is the one without superseded_at.
create table rates (
  source_system text collate "C" not null,
  target_system text collate "C" not null,
  source_credit_type text collate "C" not null,
  target_credit_type text collate "C" not null,
  rate_version integer not null,
  rate text collate "C" not null,
  rounding text not null check (rounding = 'down'),
  min_source_amount bigint not null check (min_source_amount >= 1),
  operation_id text collate "C" not null,
  proposed_by text not null,
  effective_at timestamptz(3) not null,
  superseded_at timestamptz(3),
  primary key (source_system, target_system, source_credit_type, target_credit_type, rate_version)
);
create unique index rates_in_force
  on rates (source_system, target_system, source_credit_type, target_credit_type)
  where superseded_at is null;

-- Which user of the target a user of the source is. Lives in the shard of the source's user.
create table user_mappings (
  shard_id integer not null,
  source_system text collate "C" not null,
  target_system text collate "C" not null,
  source_user_id text collate "C" not null,
  target_user_id text collate "C" not null,
  updated_at timestamptz(3) not null,
  primary key (shard_id, source_system, target_system, source_user_id)
);

-- The same mapping seen from the target, in the shard of the target's user: one target user belongs to
-- one source user of a pair, and a unique key may not span shards.
create table user_mapping_targets (
  shard_id integer not null,
  source_system text collate "C" not null,
  target_system text collate "C" not null,
  target_user_id text collate "C" not null,
  source_user_id text collate "C" not null,
  primary key (shard_id, source_system, target_system, target_user_id)
);

create table user_mapping_history (
  shard_id integer not null,
  source_system text collate "C" not null,
  target_system text collate "C" not null,
  source_user_id text collate "C" not null,
  changed_at timestamptz(3) not null,
  operation_id text collate "C" not null,
  old_target_user_id text collate "C",
  new_target_user_id text collate "C" not null,
  changed_by text not null,
  primary key (shard_id, source_system, target_system, source_user_id, changed_at, operation_id)
);

-- Every operation id that was ever used on this node, of whatever kind, kept for ever with its body and
-- its outcome. In the shard of the id's hash, so that an id is unique however many shards there are.
create table operations (
  shard_id integer not null,
  operation_id text collate "C" not null,
  kind text not null,
  status text not null,
  user_id text collate "C",
  target_user_id text collate "C",
  source_system text collate "C",
  target_system text collate "C",
  source_credit_type text collate "C",
  target_credit_type text collate "C",
  source_amount bigint,
  target_amount bigint,
  exchange_rate text collate "C",
  rate_version integer,
  quote_id text collate "C",
  business_code text collate "C",
  business_id text collate "C",
  expires_at timestamptz(3),
  failure_code text collate "C",
  -- What belongs to one kind only: the balance after a credit, what a hold captured, why it failed.
  data jsonb,
  metadata jsonb,
  principal text not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (shard_id, operation_id)
);
create index operations_by_time on operations (shard_id, created_at);
create index operations_expiring on operations (shard_id, expires_at) where status = 'held' and expires_at is not null;

-- A business's own reference, unique within system and kind. In the shard of its hash.
create table business_references (
  shard_id integer not null,
  system_id text collate "C" not null,
  kind text not null,
  business_code text collate "C" not null,
  business_id text collate "C" not null,
  operation_id text collate "C" not null,
  primary key (shard_id, system_id, kind, business_code, business_id)
);

-- Members' accounts. The balance is that of the account's last transfer: both are written together,
-- under a lock on this row.
create table accounts (
  shard_id integer not null,
  account_id text collate "C" not null,
  account_no bigint generated by default as identity,
  system_id text collate "C" not null,
  user_id text collate "C" not null,
  credit_type_id text collate "C" not null,
  available bigint not null check (available >= 0),
  frozen bigint not null check (frozen >= 0),
  version bigint not null,
  opened_at timestamptz(3) not null,
  primary key (shard_id, account_id),
  check (available <= 9223372036854775807 - frozen)
) with (fillfactor = 70);
create unique index accounts_by_no on accounts (shard_id, account_no);
create index accounts_by_user on accounts (shard_id, system_id, user_id, credit_type_id);

-- The other side of every transfer: what a credit type owes or is owed, for each counterparty. Striped,
-- so that lanes do not wait for each other; a balance is the sum of its stripes. Unbounded (numeric).
create table clearing_accounts (
  shard_id integer not null,
  clearing_no bigint generated by default as identity,
  system_id text collate "C" not null,
  credit_type_id text collate "C" not null,
  purpose text not null check (purpose in ('clearing', 'issuing')),
  counterparty text collate "C" not null,
  stripe smallint not null,
  balance numeric not null,
  primary key (shard_id, clearing_no),
  unique (shard_id, system_id, credit_type_id, purpose, counterparty, stripe)
) with (fillfactor = 50);

-- Immutable. One row moves points between a member's account and a clearing account and is also the
-- member's statement line: version counts the account's lines without gaps, the balances are those after it.
--   credit   clearing -> available          debit    available -> clearing
--   hold     available -> frozen (pending)  capture  frozen -> clearing (posted)  release  frozen -> available (voided)
create table transfers (
  shard_id integer not null,
  account_no bigint not null,
  version bigint not null,
  clearing_no bigint not null,
  entry text not null check (entry in ('credit', 'debit', 'hold', 'capture', 'release')),
  amount bigint not null check (amount > 0),
  available_after bigint not null,
  frozen_after bigint not null,
  operation_id text collate "C" not null,
  created_at timestamptz(3) not null,
  primary key (shard_id, account_no, version)
);
