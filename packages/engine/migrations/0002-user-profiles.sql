-- What is known of a system's users, to create them elsewhere from. Lives in the shard of the user.
create table user_profiles (
  shard_id integer not null,
  system_id text collate "C" not null,
  user_id text collate "C" not null,
  username text,
  email text,
  phone text,
  attributes jsonb,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (shard_id, system_id, user_id)
);
