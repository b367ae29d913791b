-- API keys, and the indexes by which the operation log is searched.

-- A reference table, copied to every server of a distributed database.
create table api_keys (
  api_key_id text collate "C" primary key,
  -- SHA-256 of the key, in hex. The key itself is shown once and kept nowhere.
  digest text collate "C" not null unique,
  name text not null,
  -- Whom the key stands for: two keys of one principal are one person where two are needed.
  principal text not null,
  role text not null check (role in ('viewer', 'operator', 'approver', 'administrator', 'service', 'partner')),
  -- Of a service or a partner: the ids of the systems that it is for.
  systems jsonb,
  created_by text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  revoked_by text,
  check ((systems is not null) = (role in ('service', 'partner')))
);

-- The log is read newest first by whatever it is asked for, so each index ends with the time. None leads
-- with the time alone: the planner would walk it back to the beginning for what is rare.

-- By kind; without one, once per kind. In the place of operations_by_time, so that it costs next to nothing.
create index operations_by_kind on operations (shard_id, kind, created_at);
drop index operations_by_time;

-- By systems. One index for source, target and both: whoever gives one of them looks the others up in it.
create index operations_by_systems
  on operations (shard_id, coalesce(source_system, ''), coalesce(target_system, ''), kind, created_at);

create index operations_by_user on operations (shard_id, user_id, created_at) where user_id is not null;

-- What is under way or came to nothing, which is little; what is done is found by kind.
create index operations_not_done on operations (shard_id, status, kind, created_at)
  where status not in ('completed', 'captured');

-- Also what was refused, which holds no business reference.
create index operations_by_business on operations (shard_id, business_id, business_code, created_at)
  where business_id is not null;
