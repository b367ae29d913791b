-- The audit log: what the log of changes told, in a Merkle tree that only grows. Nothing in these tables is ever
-- updated or deleted; a node that runs under a role of its own may not (POINTBRIDGE_DATABASE_ROLE).

-- None of them is sharded: an entry is one transaction's, of whatever shard.
create table audit_log (
  only_row boolean primary key default true check (only_row),
  -- Which log checkpoints are of: their origin is pointbridge/LOG_ID.
  log_id text collate "C" not null
);
insert into audit_log (log_id) values (gen_random_uuid()::text);

create table audit_entries (
  -- Its leaf in the tree; without gaps.
  entry_index bigint primary key check (entry_index >= 0),
  -- Of the change that it is made from.
  position bigint not null unique,
  at timestamptz(3) not null,
  -- What was done, as canonical JSON.
  body text not null,
  -- 16 random bytes, base64url.
  salt text not null,
  -- SHA-256 of salt and body, hex: what the leaf commits to.
  commitment text not null
);
create index audit_entries_by_time on audit_entries (at);

-- Complete subtrees of two leaves and more; each is written once.
create table audit_nodes (
  level smallint not null check (level >= 1),
  node_index bigint not null,
  hash text not null,
  primary key (level, node_index)
);

create table audit_checkpoints (
  tree_size bigint primary key,
  root_hash text not null,
  -- The signed note (C2SP tlog-checkpoint).
  note text not null,
  key_id text collate "C" not null,
  at timestamptz(3) not null
);
