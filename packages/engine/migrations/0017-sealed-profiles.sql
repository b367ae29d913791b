-- Profiles lie sealed: the keys that seal them, and where the sealed text stands.

-- A reference table, copied to every server of a distributed database. A data key is a system's. Of its versions the
-- active one seals; a retiring one still opens what was sealed before; of a retired one nothing is left but that
-- it was there.
create table data_keys (
  system_id text collate "C" not null,
  key_version integer not null check (key_version >= 1),
  state text not null check (state in ('active', 'retiring', 'retired')),
  -- 32 random bytes in base64, or what the master key made of them; empty once it is retired.
  secret text not null,
  is_wrapped boolean not null,
  -- How many messages were sealed with it at most: nodes reserve them in blocks.
  messages bigint not null,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3),
  primary key (system_id, key_version),
  check ((state = 'retired') = (secret = ''))
);
create unique index data_keys_active on data_keys (system_id) where state = 'active';

alter table user_profiles
  -- The whole profile in one sealed text, and the version of the system's data key that sealed it. Rows that are
  -- older than this have neither, and are sealed in batches by the first node that starts.
  add column sealed text,
  add column key_version integer,
  -- Made by provisioning: the user of another system that it is a copy of. Erased with that.
  add column copied_from_system text collate "C",
  add column copied_from_user text collate "C";
alter table user_profiles
  add constraint user_profiles_sealed check (
    sealed is null and key_version is null
    or sealed is not null and key_version is not null
       and username is null and email is null and phone is null and attributes is null);

-- What still lies plain, which is soon nothing.
create index user_profiles_plain on user_profiles (shard_id) where sealed is null;

create index user_profiles_copied on user_profiles (shard_id, copied_from_system, copied_from_user)
  where copied_from_system is not null;
