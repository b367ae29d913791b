-- Rates that two nodes agree on, rates that are set for a later time, and how much a link's rates may change alone.
-- These are reference tables: small, and copied to every server.

-- Null: the usual 20 % within 24 hours.
alter table links
  add column rate_change_limit_percent text collate "C",
  add column rate_change_window_ms bigint check (rate_change_window_ms > 0);

-- A version whose effective_at lies ahead is set for then; the one before it has the same time as superseded_at.
-- So rates_in_force holds the last version of each pair, in force or set for later. Only of those that were set for
-- later the clock says when they begin; the others have been in force since they were there.
alter table rates add column is_set_ahead boolean not null default false;

-- Changes that were proposed by one node and have to be accepted by the other. Kept for ever: a late call finds
-- what became of its change.
create table rate_agreements (
  -- The partner's node that proposed it; empty where this node did.
  proposer_node text collate "C" not null,
  -- The proposer's operation id.
  agreement_id text collate "C" not null,
  -- This node's operation.
  operation_id text collate "C" not null unique,
  -- The pair's system that the partner hosts, through which it is called.
  partner_system text collate "C" not null,
  source_system text collate "C" not null,
  target_system text collate "C" not null,
  source_credit_type text collate "C" not null,
  target_credit_type text collate "C" not null,
  rate text collate "C" not null,
  min_source_amount bigint not null check (min_source_amount >= 1),
  -- The time that was asked for; null: as soon as both have agreed.
  wanted_at timestamptz(3),
  expires_at timestamptz(3) not null,
  -- offered, waiting, accepted, agreed, ended: rates/agreement.ts
  state text not null check (state in ('offered', 'waiting', 'accepted', 'agreed', 'ended')),
  -- From when it is in force on both sides, and when this node learnt of it.
  effective_at timestamptz(3),
  agreed_at timestamptz(3),
  -- Why it ended without being agreed.
  code text collate "C",
  -- When both sides were known to know the end; null: the proposer still has to tell.
  settled_at timestamptz(3),
  -- When the proposer calls next.
  due_at timestamptz(3),
  attempts integer not null default 0,
  created_at timestamptz(3) not null,
  primary key (proposer_node, agreement_id)
);
create index rate_agreements_due on rate_agreements (due_at) where due_at is not null;
-- Of a pair at most one promise at a time: what is accepted is not yet in rates, and keeps its place.
create unique index rate_agreements_promised
  on rate_agreements (source_system, target_system, source_credit_type, target_credit_type)
  where state = 'accepted';

-- The log by kind. By an expression, so that a search that asks for more than the kind can't be lured into this
-- index: with statistics the planner took it for systems too, and read millions of rows.
drop index operations_by_kind;
create index operations_by_kind on operations (shard_id, coalesce(kind, ''), created_at);
