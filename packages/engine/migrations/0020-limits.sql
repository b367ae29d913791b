-- Limits: how much may be exchanged, and what has been used of them.

-- A reference table, copied to every server of a distributed database; a part of the catalog.
create table limits (
  limit_id text collate "C" primary key,
  -- Whose points are measured: what leaves a source, or what a partner asks a target to be credited.
  side text not null check (side in ('source', 'target')),
  -- The system of that side is always named; the other one is null for any.
  source_system text collate "C" references systems,
  target_system text collate "C" references systems,
  credit_type_id text collate "C" not null,
  subject text not null check (subject in ('member', 'everybody')),
  measure text not null
    check (measure in ('exchange_amount', 'day_amount', 'day_count', 'balance_left', 'position')),
  value bigint not null check (value >= 1),
  -- Where the day of a daily limit begins: minutes east of UTC.
  utc_offset_minutes integer not null check (utc_offset_minutes between -840 and 840),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  check (case side when 'source' then source_system else target_system end is not null)
);

-- What has been used of a limit, by whom and when. In the shard of the member, or of the limit's id where it counts
-- everybody. Raised under a lock on the row, in the transaction of what it counts.
create table limit_counters (
  shard_id integer not null,
  limit_id text collate "C" not null,
  -- The member's id; empty where everybody is counted together.
  subject text collate "C" not null,
  -- The day, as 2026-11-23; empty where days do not matter.
  period text collate "C" not null,
  amount bigint not null check (amount >= 0),
  count bigint not null check (count >= 0),
  primary key (shard_id, limit_id, subject, period)
) with (fillfactor = 70);
-- By which days that are long over are swept.
create index limit_counters_by_period on limit_counters (shard_id, period) where period <> '';
