// The statements of limits on requests. A reference table, so none names a shard.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `request_limit_id, applies_to, subject, requests, window_ms, created_at, updated_at`;

export const putRequestLimit: Statement = statement(
  "put-request-limit",
  `insert into request_limits as r (${COLUMNS})
   values ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp())
   on conflict (request_limit_id) do update
     set applies_to = excluded.applies_to, subject = excluded.subject, requests = excluded.requests,
         window_ms = excluded.window_ms, updated_at = excluded.updated_at
   returning ${COLUMNS}`,
);

export const findRequestLimit: Statement = statement(
  "find-request-limit",
  `select ${COLUMNS} from request_limits where request_limit_id = $1`,
);

/** Whoever has a limit under another id. */
export const findBySubject: Statement = statement(
  "find-request-limit-by-subject",
  `select ${COLUMNS} from request_limits where applies_to = $1 and subject = $2`,
);

export const listRequestLimits: Statement = statement(
  "list-request-limits",
  `select ${COLUMNS}
     from request_limits
    where $1::text is null or request_limit_id > $1 collate "C"
    order by request_limit_id
    limit $2`,
);

export const deleteRequestLimit: Statement = statement(
  "delete-request-limit",
  `delete from request_limits where request_limit_id = $1 returning ${COLUMNS}`,
);

export const loadSubjects: Statement = statement(
  "load-request-limit-subjects",
  "select request_limit_id, applies_to, subject from request_limits",
);

/**
 * Takes up to $2 requests of a limit. `base` is from when on the next one counts: now, or when those before it are
 * used up at the even rate; what is granted may reach a window ahead of now. Steps are rounded up, so that no more
 * than are set pass in a window; what that adds up to is allowed for, so that no fewer pass at once.
 */
export const takeRequests: Statement = statement(
  "take-requests",
  `with locked as (
     select requests, window_ms * 1000::bigint as window_us,
            (window_ms * 1000::bigint + requests - 1) / requests as step_us, taken_until_us
       from request_limits
      where request_limit_id = $1
        for no key update
   ), clock as (
     select *, (extract(epoch from clock_timestamp()) * 1000000)::bigint as now_us from locked
   ), state as (
     select *, greatest(taken_until_us, now_us) as base_us from clock
   ), granted as (
     select *, least($2, greatest(0, (now_us + window_us + requests - base_us) / step_us)) as granted_count
       from state
   ), taken as (
     update request_limits r
        set taken_until_us = g.base_us + g.granted_count * g.step_us
       from granted g
      where r.request_limit_id = $1 and g.granted_count > 0
   )
   select requests, window_us, step_us, granted_count::integer as granted_count,
          base_us + granted_count * step_us - now_us as ahead_us
     from granted`,
);
