-- Webhooks: where events are sent, how far each has come, and what waits to be sent again. Reference tables.

create table webhooks (
  webhook_id text collate "C" primary key,
  url text not null,
  -- Null for all.
  types jsonb,
  systems jsonb,
  timeout_ms integer not null,
  is_enabled boolean not null,
  -- Why it is off: by a person, a 410, days without an answer, or events that are gone.
  disabled_reason text check (disabled_reason in ('switched_off', 'gone', 'exhausted', 'swept')),
  disabled_at timestamptz(3),
  -- Every event up to here was delivered or has a row below; null is the log's beginning.
  cursor text,
  -- How often the cursor was moved by a person: whoever reads on from another place must not move it back.
  rewinds integer not null,
  -- Grows with whatever whoever delivers has to heed.
  revision bigint not null,
  delivered_count bigint not null,
  last_delivered_at timestamptz(3),
  -- Since when nothing was taken; null while all is well.
  failing_since timestamptz(3),
  last_error text,
  last_error_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  updated_by text not null,
  -- Whoever delivers holds the webhook until then, so that one node at a time does.
  lease_id text,
  lease_until timestamptz(3),
  check (is_enabled = (disabled_reason is null)),
  check (is_enabled = (disabled_at is null))
);

create table webhook_keys (
  webhook_id text collate "C" not null references webhooks on delete cascade,
  -- From 1; the greatest is the newest.
  key_number integer not null,
  public_key text not null,
  -- The secret and the private key as JSON, wrapped with the master key where one is set.
  secrets text not null,
  is_wrapped boolean not null,
  created_at timestamptz(3) not null,
  -- Signs no more from then on; null for the newest.
  expires_at timestamptz(3),
  primary key (webhook_id, key_number)
);

-- An event that was not taken at once: it waits, was taken later, or was given up.
create table webhook_deliveries (
  webhook_id text collate "C" not null references webhooks on delete cascade,
  -- Events of one ordering key are delivered in this order.
  delivery_number bigint generated always as identity,
  event_id text collate "C" not null,
  event_type text not null,
  ordering_key text collate "C" not null,
  -- As sent, byte for byte.
  body text not null,
  state text not null check (state in ('pending', 'delivered', 'dead')),
  attempts integer not null,
  first_attempt_at timestamptz(3),
  last_attempt_at timestamptz(3),
  -- Of what is pending.
  next_attempt_at timestamptz(3),
  last_status integer,
  last_error text,
  created_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (webhook_id, delivery_number),
  check ((state = 'pending') = (ended_at is null))
);
create unique index webhook_deliveries_by_event on webhook_deliveries (webhook_id, event_id);
create index webhook_deliveries_pending on webhook_deliveries (webhook_id, ordering_key, delivery_number)
  where state = 'pending';
create index webhook_deliveries_by_state on webhook_deliveries (webhook_id, state, delivery_number);
create index webhook_deliveries_ended on webhook_deliveries (ended_at) where state <> 'pending';
