-- Changes of rates that wait for a second person, and who approved the versions that came of them.

-- The principal who approved the change that put this version in force; null where none was needed. A
-- version that was approved is what later changes are measured against.
alter table rates add column approved_by text;

-- Holds what waits for a decision and nothing else, so it stays small.
create index operations_pending_approval
  on operations (shard_id, created_at, operation_id)
  where status = 'pending_approval';
