-- The log of changes: what happened, in an order that nobody has to wait for.

-- One row per transaction and shard that did something, written in that transaction when it holds its locks. It
-- names what changed; what never changes again is read from its own row.
create table changes (
  shard_id integer not null,
  -- Drawn while the locks are held. So of two changes of one account the later one has the greater number, and
  -- whoever sees the later one sees the earlier one.
  change_id bigint generated always as identity,
  -- Its place in the log, without gaps; null until somebody who reads the log has given it one.
  position bigint,
  at timestamptz(3) not null,
  -- Operations that are new or have another status, and lines of members' accounts of this shard; see
  -- src/changes/item-text.ts. A text and not lists: it is written with every batch, and nothing searches it.
  items text collate "C",
  -- What is neither and rare: topic, subject and data.
  notes jsonb
);
-- Stored as it is: compressing it costs more than it saves.
alter table changes alter column items set storage external;

-- Holds what has no position yet and nothing else, so writing a change touches one small index.
create unique index changes_unplaced on changes (shard_id, change_id) where position is null;
create unique index changes_by_position on changes (shard_id, position) where position is not null;

create table change_log (
  only_row boolean primary key default true check (only_row),
  -- Which log a cursor is of.
  log_id text collate "C" not null,
  last_position bigint not null,
  -- Changes up to here have been swept.
  swept_position bigint not null,
  check (swept_position <= last_position)
);
insert into change_log (log_id, last_position, swept_position) values (gen_random_uuid()::text, 0, 0);

-- How far those have come that follow the log within the node; nothing is swept that one of them has not passed.
create table change_consumers (
  name text collate "C" primary key,
  position bigint not null,
  updated_at timestamptz(3) not null
);
