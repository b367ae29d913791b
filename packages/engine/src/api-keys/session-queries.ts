// The statements of the console's sessions. They are copied to every server, so they have no shard_id.
import { type Statement, statement } from "../database/index.ts";
import { heldGrants } from "./queries.ts";

export const insertSession: Statement = statement(
  "insert-console-session",
  `insert into console_sessions (session_id, digest, api_key_id, key_proof, principal, opened_at, expires_at)
   values ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp() + $6 * interval '1 millisecond')
   returning expires_at`,
);

/** Sessions that are in force by the database's clock; of a key that the API made only while that key is. */
export const findSessions: Statement = statement(
  "find-console-sessions-in-force",
  `select s.digest as session_digest, s.expires_at as session_expires_at, s.key_proof,
          k.api_key_id, k.name, k.principal, k.role, k.systems, k.created_by, k.created_at, k.expires_at,
          k.revoked_at, k.revoked_by, ${heldGrants} as grants
     from console_sessions s
     left join api_keys k on k.api_key_id = s.api_key_id
    where s.digest = any ($1::text[]) and s.ended_at is null and s.expires_at > clock_timestamp()
      and (s.api_key_id is null
           or (k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())))`,
);

export const endSessions: Statement = statement(
  "end-console-sessions",
  `update console_sessions set ended_at = clock_timestamp()
    where digest = any ($1::text[]) and ended_at is null`,
);

/** A day after their time, so that a question about yesterday can still be answered. */
export const sweepSessions: Statement = statement(
  "sweep-console-sessions",
  `delete from console_sessions where expires_at < clock_timestamp() - interval '1 day'`,
);
