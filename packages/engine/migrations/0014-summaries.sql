-- What a comparison with a partner needs so that it need not read rows: secrets, and sums by the hour, folded from
-- the log of changes. None of it is sharded or on the write path; all of it can be made again from the rows.

-- One leg as one side asks for it: exchanges of ours, or what a partner's node asked of our ledger, under one secret.
create table summary_legs (
  leg_no integer generated always as identity primary key,
  -- Who made the secret, and so whose comparisons it serves.
  owner text not null check (owner in ('ours', 'theirs')),
  role text not null check (role in ('hub', 'callee')),
  -- The partner's node.
  node_id text collate "C" not null,
  kind text not null check (kind in ('credits', 'holds')),
  source_system text collate "C" not null,
  target_system text collate "C" not null,
  key_version integer not null check (key_version > 0),
  secret text not null,
  is_wrapped boolean not null,
  -- Of a secret of ours: when the partner said that it has it.
  agreed_at timestamptz(3),
  -- Records from this time on are in the sums; null before anybody asked for them. Goes back in time until it stands
  -- before the first row, and then is the beginning of time.
  frontier timestamptz(3),
  created_at timestamptz(3) not null,
  unique (owner, role, node_id, kind, source_system, target_system, key_version)
);

create table summary_hours (
  leg_no integer not null references summary_legs on delete cascade,
  hour timestamptz(3) not null,
  record_count bigint not null,
  -- By credit type: how many records and their points, as text.
  totals jsonb not null,
  -- 16 bytes: the records' digests added up.
  digest_sum bytea not null,
  -- Four tables of 64 cells; null once it is older than sketches are kept, and made anew when it is asked for.
  sketch bytea,
  -- A record of it was taken back: it is added up anew before it is told.
  is_dirty boolean not null,
  -- When it was last added up from its rows.
  counted_at timestamptz(3) not null,
  primary key (leg_no, hour)
);
-- They are sums of random numbers: compressing them costs and saves nothing.
alter table summary_hours alter column sketch set storage external;
create index summary_hours_dirty on summary_hours (leg_no, hour) where is_dirty;
