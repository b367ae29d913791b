// The statements of API keys. The keys are copied to every server, so they have no shard_id.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `api_key_id, name, principal, role, systems, created_by, created_at, expires_at, revoked_at,
  revoked_by`;

/** What the principal of key k was granted and holds now, read in one look-up with the key (H6). */
export const heldGrants: string = `(
            select jsonb_agg(jsonb_build_object(
                     'action', g.action, 'system_id', g.system_id, 'source_system', g.source_system,
                     'target_system', g.target_system, 'max_amount', g.max_amount::text))
              from grants g
             where g.applies_to = 'principal' and g.subject = k.principal
               and (g.expires_at is null or g.expires_at > clock_timestamp()))`;

/** The keys that are in force now, by the database's clock. */
export const findInForce: Statement = statement(
  "find-api-keys-in-force",
  `select k.*, ${heldGrants} as grants
     from unnest($1::text[]) as u (digest)
    cross join lateral (
          select digest, ${COLUMNS}
            from api_keys
           where api_keys.digest = u.digest and revoked_at is null
             and (expires_at is null or expires_at > clock_timestamp())
           limit 1) k`,
);

export const insertKey: Statement = statement(
  "insert-api-key",
  `insert into api_keys (api_key_id, digest, name, principal, role, systems, created_by, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, clock_timestamp(), $8)
   returning ${COLUMNS}`,
);

export const unknownSystems: Statement = statement(
  "unknown-systems-of-api-key",
  `select u.system_id
     from unnest($1::text[]) as u (system_id)
    where not exists (select from systems s where s.system_id = u.system_id)`,
);

/** Its row is held, so that of two that revoke it one is the second. */
export const lockKey: Statement = statement(
  "lock-api-key",
  `select ${COLUMNS} from api_keys where api_key_id = $1 for no key update`,
);

export const revokeKey: Statement = statement(
  "revoke-api-key",
  `update api_keys set revoked_at = clock_timestamp(), revoked_by = $2
    where api_key_id = $1
   returning ${COLUMNS}`,
);

/** The newest first, since ids grow with time; $1 is the last one of the page before. */
export const listKeys: Statement = statement(
  "list-api-keys",
  `select ${COLUMNS}
     from api_keys
    where $1::text is null or api_key_id < $1
    order by api_key_id desc
    limit $2`,
);

/** In force, with an end within $1 days; the first to end first. */
export const listExpiring: Statement = statement(
  "list-expiring-api-keys",
  `select ${COLUMNS}
     from api_keys
    where revoked_at is null
      and expires_at > clock_timestamp()
      and expires_at <= clock_timestamp() + $1 * interval '1 day'
    order by expires_at, api_key_id
    limit $2`,
);
