-- Exchanges that one transaction can't finish, and what partners ask of this node's ledger.

alter table operations
  -- When the exchange that this belongs to was created, as its hub says; of what partners asked for only.
  add column initiated_at timestamptz(3),
  -- When anybody may take up what is under way; null for what has ended.
  add column due_at timestamptz(3),
  -- The system that has to answer before this goes on.
  add column waiting_on text collate "C";

-- Holds what is under way and nothing else, so it stays small.
create index operations_due on operations (shard_id, due_at) where due_at is not null;

-- A partner's listing: by its hub's time, then by id.
create index operations_of_partners
  on operations (shard_id, kind, source_system, target_system, initiated_at, operation_id)
  where initiated_at is not null;
