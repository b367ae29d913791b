-- How many requests a principal or a partner may send.

-- One row is the limit and what has been used of it; written by every node on the database, so that they share it.
create table request_limits (
  request_limit_id text collate "C" primary key,
  applies_to text not null check (applies_to in ('principal', 'partner')),
  -- A principal's name, or a system of the partner.
  subject text collate "C" not null,
  requests integer not null check (requests between 1 and 1000000),
  window_ms integer not null check (window_ms between 1000 and 86400000),
  -- Until when the requests that were let through would take at the even rate: microseconds since 1970.
  taken_until_us bigint not null default 0,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  unique (applies_to, subject)
) with (fillfactor = 50);
