-- What the partner protocol needs beside the ledger: keys, whose they are, what was signed.
--
-- node_keys, partner_nodes and partner_keys are reference tables, copied to every server of a distributed
-- database. nonces and evidence belong to no shard: neither is read on the write path, and a nonce is one
-- row under one key.

-- The keys that this node signs with, shared by every instance on this database.
create table node_keys (
  key_id text collate "C" primary key,
  state text not null check (state in ('active', 'retiring')),
  -- The public half, base64url.
  x text collate "C" not null,
  -- The private half: a JSON Web Key, or what the master key made of it.
  private_key text not null,
  is_wrapped boolean not null,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3)
);
create unique index node_keys_active on node_keys (state) where state = 'active';

-- Who speaks with a key. Its id is that of the first system registered for it and never changes: ids of
-- operations are scoped by it.
create table partner_nodes (
  node_id text collate "C" primary key,
  -- The newest of our keys that this partner is known to take; null until one was tried during a rotation.
  accepted_key_id text collate "C",
  created_at timestamptz(3) not null
);

-- A key is registered once, to one node, and kept for ever: a revoked one never comes back.
create table partner_keys (
  key_id text collate "C" primary key,
  node_id text collate "C" not null references partner_nodes,
  x text collate "C" not null,
  state text not null check (state in ('pending', 'active', 'revoked')),
  registered_at timestamptz(3) not null,
  first_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
create index partner_keys_of_node on partner_keys (node_id);

alter table systems add column node_id text collate "C" references partner_nodes;

-- A nonce is taken once per calling node.
create table nonces (
  node_id text collate "C" not null,
  nonce text collate "C" not null,
  keep_until timestamptz(3) not null,
  primary key (node_id, nonce)
);
create index nonces_by_end on nonces (keep_until);

-- The request under which something was made, as it was signed: a batch once, however many lines it has.
create table evidence (
  evidence_id text collate "C" primary key,
  node_id text collate "C" not null,
  key_id text collate "C" not null,
  path text not null,
  target_uri text not null,
  signature_input text not null,
  signature text not null,
  content_digest text not null,
  content_type text not null,
  body text not null,
  received_at timestamptz(3) not null
);
