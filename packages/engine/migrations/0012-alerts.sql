-- Alerts and the channels that tell them; inconsistencies as somebody works on them.

-- A reference table, copied to every server of a distributed database. One row is one alert from when it is raised
-- until it is cleared; raised again after that, it is another row.
create table alerts (
  -- A UUIDv7, so that the newest sorts last.
  alert_id text collate "C" primary key,
  type text not null,
  severity text not null check (severity in ('info', 'warning', 'critical')),
  -- What it is about, within its type: what is raised under the same key while it stands is the same alert.
  key text collate "C" not null,
  -- Ids of what it is about, for people and filters.
  subject jsonb not null,
  data jsonb not null,
  state text not null check (state in ('open', 'acknowledged', 'cleared')),
  -- How often it was raised.
  count bigint not null,
  first_seen_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  acknowledged_at timestamptz(3),
  acknowledged_by text,
  note text,
  cleared_at timestamptz(3),
  -- Raised, cleared or risen in severity, and the channels have not been given it yet.
  is_untold boolean not null
);
create unique index alerts_standing on alerts (type, key) where state <> 'cleared';
create index alerts_untold on alerts (alert_id) where is_untold;
create index alerts_by_type on alerts (type, alert_id);
create index alerts_not_cleared on alerts (alert_id) where state <> 'cleared';
create index alerts_cleared on alerts (cleared_at) where state = 'cleared';
create index alerts_by_operation on alerts ((subject ->> 'operation_id')) where subject ? 'operation_id';

-- Where alerts are told, and how each of these places is doing. A reference table.
create table alert_channels (
  channel_id text collate "C" primary key,
  kind text not null check (kind in ('log', 'webhook', 'dingtalk', 'wecom', 'feishu', 'slack', 'smtp')),
  -- What may be shown, by kind.
  settings jsonb not null,
  -- What may not: JSON, wrapped with the master key where one is set.
  secrets text,
  is_wrapped boolean not null,
  min_severity text not null check (min_severity in ('info', 'warning', 'critical')),
  -- Null for all.
  types jsonb,
  language text not null check (language in ('en', 'zh')),
  is_enabled boolean not null,
  -- What was told of a type is told of it again after this time at the earliest.
  interval_ms integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  -- Attempts in a row that failed; 0 while all is well.
  failures integer not null,
  failing_since timestamptz(3),
  last_error text,
  last_attempt_at timestamptz(3),
  last_delivered_at timestamptz(3),
  -- Messages that were taken, and alerts that were given up.
  message_count bigint not null,
  dropped_count bigint not null,
  -- Nothing is sent before.
  not_before timestamptz(3) not null,
  -- Whoever sends holds the channel until then, so that one node at a time does.
  lease_id text,
  lease_until timestamptz(3)
);

-- One alert for one channel: that it was raised, or that it is over.
create table alert_deliveries (
  channel_id text collate "C" not null,
  alert_id text collate "C" not null,
  news text not null check (news in ('raised', 'cleared')),
  type text not null,
  created_at timestamptz(3) not null,
  -- The attempt that it is part of; null before the first.
  lease_id text,
  delivered_at timestamptz(3),
  -- Given up after days of failures.
  dropped_at timestamptz(3),
  primary key (channel_id, alert_id, news)
);
create index alert_deliveries_pending on alert_deliveries (channel_id, type, created_at)
  where delivered_at is null and dropped_at is null;
create index alert_deliveries_by_alert on alert_deliveries (alert_id);

-- When a channel was told of a type last.
create table alert_throttles (
  channel_id text collate "C" not null,
  type text not null,
  told_at timestamptz(3) not null,
  primary key (channel_id, type)
);

-- Until somebody says otherwise the node's log is told, so that no alert goes unseen.
insert into alert_channels (channel_id, kind, settings, is_wrapped, min_severity, language, is_enabled, interval_ms,
                            created_at, updated_at, updated_by, failures, message_count, dropped_count, not_before)
values ('log', 'log', '{}', false, 'info', 'en', true, 10000, clock_timestamp(), clock_timestamp(), 'node', 0, 0, 0,
        clock_timestamp());

alter table inconsistencies
  add column severity text not null default 'warning' check (severity in ('info', 'warning', 'critical'));
alter table inconsistencies add column assigned_to text;
alter table inconsistencies add column assigned_at timestamptz(3);
create index inconsistencies_assigned on inconsistencies (shard_id, assigned_to, opened_at) where status = 'open';

-- What was done about an inconsistency, by whom and why. Rows never change.
create table inconsistency_history (
  shard_id integer not null,
  inconsistency_id text collate "C" not null,
  -- From 1.
  entry_number integer not null,
  action text not null check (action in ('opened', 'assigned', 'unassigned', 'resolved')),
  at timestamptz(3) not null,
  principal text not null,
  -- Of an assignment: to whom.
  assigned_to text,
  -- Of a resolution.
  resolution text,
  note text,
  -- The evidence as it was found, of an opening.
  data jsonb,
  primary key (shard_id, inconsistency_id, entry_number)
);

insert into inconsistency_history (shard_id, inconsistency_id, entry_number, action, at, principal, data)
select shard_id, inconsistency_id, 1, 'opened', opened_at, 'node', data from inconsistencies;
insert into inconsistency_history (shard_id, inconsistency_id, entry_number, action, at, principal, resolution, note)
select shard_id, inconsistency_id, 2, 'resolved', resolved_at, coalesce(resolved_by, 'node'), resolution, note
  from inconsistencies
 where status = 'resolved';
update inconsistencies set severity = 'critical' where type = 'exchange_needs_attention';
