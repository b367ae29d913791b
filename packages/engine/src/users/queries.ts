// The statements of users' profiles. Each names one shard_id by equality, as $1: that of the user.
import { type Statement, statement } from "../database/index.ts";

export const knownSystems: Statement = statement(
  "known-systems-for-profiles",
  "select system_id from systems where system_id = any ($1::text[])",
);

/** Answers the rows that it wrote; those that stood so are left out. */
export const putProfiles: Statement = statement(
  "put-profiles",
  `insert into user_profiles as p (shard_id, system_id, user_id, username, email, phone, attributes,
                                   created_at, updated_at)
   select $1, u.system_id, u.user_id, u.username, u.email, u.phone, u.attributes::jsonb,
          clock_timestamp(), clock_timestamp()
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       as u (system_id, user_id, username, email, phone, attributes)
    order by u.system_id collate "C", u.user_id collate "C"
   on conflict (shard_id, system_id, user_id) do update
     set username = excluded.username, email = excluded.email, phone = excluded.phone,
         attributes = excluded.attributes, updated_at = excluded.updated_at
     where (p.username, p.email, p.phone, p.attributes)
           is distinct from (excluded.username, excluded.email, excluded.phone, excluded.attributes)
   returning p.system_id, p.user_id, (p.xmax = 0) as created`,
);

export const findProfile: Statement = statement(
  "find-profile",
  `select system_id, user_id, username, email, phone, attributes, created_at, updated_at
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
