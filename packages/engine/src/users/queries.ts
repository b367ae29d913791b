// The statements of users' profiles. Each names one shard_id by equality, as $1: that of the user.
import { type Statement, statement } from "../database/index.ts";

const CONTENT = "system_id, user_id, username, email, phone, attributes, sealed, key_version";

export const knownSystems: Statement = statement(
  "known-systems-for-profiles",
  "select system_id from systems where system_id = any ($1::text[])",
);

/** Those of these users that have a profile, held until the transaction ends. In one order, as `putProfiles` writes. */
export const lockProfiles: Statement = statement(
  "lock-profiles",
  `select p.*
     from (select system_id, user_id
             from unnest($2::text[], $3::text[]) as u (system_id, user_id)
            order by u.system_id collate "C", u.user_id collate "C") u
    cross join lateral (
          select ${CONTENT}
            from user_profiles
           where user_profiles.shard_id = $1 and user_profiles.system_id = u.system_id
             and user_profiles.user_id = u.user_id
           limit 1
             for update) p`,
);

/** Answers the rows that it wrote, with whether they are new. */
export const putProfiles: Statement = statement(
  "put-profiles",
  `insert into user_profiles as p (shard_id, system_id, user_id, sealed, key_version, copied_from_system,
                                   copied_from_user, created_at, updated_at)
   select $1, u.system_id, u.user_id, u.sealed, u.key_version, $6, $7, clock_timestamp(), clock_timestamp()
     from unnest($2::text[], $3::text[], $4::text[], $5::integer[])
       as u (system_id, user_id, sealed, key_version)
    order by u.system_id collate "C", u.user_id collate "C"
   on conflict (shard_id, system_id, user_id) do update
     set username = null, email = null, phone = null, attributes = null, sealed = excluded.sealed,
         key_version = excluded.key_version, copied_from_system = excluded.copied_from_system,
         copied_from_user = excluded.copied_from_user, updated_at = excluded.updated_at
   returning p.system_id, p.user_id, (p.xmax = 0) as created`,
);

export const findProfile: Statement = statement(
  "find-profile",
  `select ${CONTENT}, created_at, updated_at
     from user_profiles
    where shard_id = $1 and system_id = $2 and user_id = $3`,
);

/** One look-up per user, as for mappings. */
export const findProfiled: Statement = statement(
  "find-profiled",
  `select p.system_id, p.user_id
     from unnest($2::text[], $3::text[]) as u (system_id, user_id)
    cross join lateral (
          select system_id, user_id
            from user_profiles
           where shard_id = $1 and system_id = u.system_id and user_id = u.user_id
           limit 1) p`,
);

export const systemsWithPlainProfiles: Statement = statement(
  "systems-with-plain-profiles",
  `select distinct system_id
     from (select system_id from user_profiles where shard_id = $1 and sealed is null limit 1000) plain`,
);

/** A system's rows after a user id that are not sealed with this version; passes over what somebody is writing. */
export const lockStaleProfiles: Statement = statement(
  "lock-stale-profiles",
  `select ${CONTENT}
     from user_profiles
    where shard_id = $1 and system_id = $2 and user_id > $3 collate "C"
      and (key_version is null or key_version <> $4)
    order by user_id collate "C"
    limit $5
      for update skip locked`,
);

/** Seals anew what a row says already; nothing of it changes for anybody. */
export const resealProfiles: Statement = statement(
  "reseal-profiles",
  `update user_profiles
      set username = null, email = null, phone = null, attributes = null, sealed = u.sealed, key_version = $3
     from unnest($4::text[], $5::text[]) as u (user_id, sealed)
    where user_profiles.shard_id = $1 and user_profiles.system_id = $2 and user_profiles.user_id = u.user_id`,
);

export const isVersionUsed: Statement = statement(
  "is-data-key-version-used",
  `select exists (select from user_profiles where shard_id = $1 and system_id = $2 and key_version = $3) as used`,
);

export const eraseProfile: Statement = statement(
  "erase-profile",
  `delete from user_profiles
    where shard_id = $1 and system_id = $2 and user_id = $3
   returning system_id, user_id`,
);

/** Profiles that were made by provisioning from this user's. */
export const eraseCopies: Statement = statement(
  "erase-copies-of-profile",
  `delete from user_profiles
    where shard_id = $1 and copied_from_system = $2 and copied_from_user = $3
   returning system_id, user_id`,
);

/** The partners' systems in which this user is somebody: they may have been given the profile. */
export const mappedPartners: Statement = statement(
  "partners-of-user",
  `select m.target_system
     from (select system_id from systems where kind = 'remote') s
    cross join lateral (
          select target_system
            from user_mappings
           where user_mappings.shard_id = $1 and user_mappings.source_system = $2
             and user_mappings.target_system = s.system_id and user_mappings.source_user_id = $3
           limit 1) m
    order by m.target_system collate "C"`,
);
