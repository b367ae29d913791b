-- Prices that are kept for one exchange each, until their time is up.

create table quotes (
  shard_id integer not null,
  -- In the shard of its hash.
  quote_id text collate "C" not null,
  -- The exchange that it was asked for; null where it is good for any with the same fields.
  operation_id text collate "C",
  user_id text collate "C" not null,
  source_system text collate "C" not null,
  target_system text collate "C" not null,
  source_credit_type text collate "C" not null,
  target_credit_type text collate "C" not null,
  source_amount bigint not null check (source_amount > 0),
  target_amount bigint not null check (target_amount > 0),
  exchange_rate text collate "C" not null,
  rate_version integer not null,
  principal text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  -- The one exchange that it was used for: set once, in that exchange's transaction. All else never changes.
  used_by text collate "C",
  primary key (shard_id, quote_id)
);
create index quotes_by_expiry on quotes (shard_id, expires_at);
