// The statements of deliveries: events that were not taken at once. Reference data, written behind the write path.
import { type Statement, statement } from "../database/index.ts";

const VIEW = `delivery_number, event_id, event_type, ordering_key, state, attempts, first_attempt_at, last_attempt_at,
  next_attempt_at, last_status, last_error, created_at, ended_at`;

const WAIT = `greatest(0, ceil(extract(epoch from next_attempt_at - clock_timestamp()) * 1000))::bigint as wait_ms`;

/** The first that waits of each ordering key. */
export const listHeads: Statement = statement(
  "list-webhook-delivery-heads",
  `select distinct on (ordering_key) ordering_key, ${WAIT}
     from webhook_deliveries
    where webhook_id = $1 and state = 'pending'
    order by ordering_key, delivery_number`,
);

/** The same of some ordering keys. */
export const findHeads: Statement = statement(
  "find-webhook-delivery-heads",
  `select d.ordering_key, d.wait_ms
     from unnest($2::text[]) as u (ordering_key)
    cross join lateral (
          select ordering_key, ${WAIT}
            from webhook_deliveries
           where webhook_id = $1 and ordering_key = u.ordering_key and state = 'pending'
           order by delivery_number
           limit 1) d`,
);

/** The first that wait of some ordering keys, $3 of each. */
export const readLines: Statement = statement(
  "read-webhook-delivery-lines",
  `select u.ordering_key, d.event_id, d.body, d.attempts
     from unnest($2::text[]) with ordinality as u (ordering_key, place)
    cross join lateral (
          select delivery_number, event_id, body, attempts
            from webhook_deliveries
           where webhook_id = $1 and ordering_key = u.ordering_key and state = 'pending'
           order by delivery_number
           limit $3) d
    order by u.place, d.delivery_number`,
);

/**
 * Puts events in line, in the order given. One that is there already, because it was asked for again, takes its new
 * place with a life of its own.
 */
export const insertDeliveries: Statement = statement(
  "insert-webhook-deliveries",
  `insert into webhook_deliveries as d
          (webhook_id, event_id, event_type, ordering_key, body, state, attempts, first_attempt_at, last_attempt_at,
           next_attempt_at, last_status, last_error, created_at)
   select $1, u.event_id, u.event_type, u.ordering_key, u.body, 'pending', u.attempts,
          case when u.attempts > 0 then clock_timestamp() end, case when u.attempts > 0 then clock_timestamp() end,
          clock_timestamp() + u.wait_ms * interval '1 millisecond', u.last_status, u.last_error, clock_timestamp()
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::bigint[], $8::integer[], $9::text[])
          with ordinality
          as u (event_id, event_type, ordering_key, body, attempts, wait_ms, last_status, last_error, place)
    order by u.place
   on conflict (webhook_id, event_id) do update
     set delivery_number = default, body = excluded.body, state = 'pending', attempts = excluded.attempts,
         first_attempt_at = excluded.first_attempt_at, last_attempt_at = excluded.last_attempt_at,
         next_attempt_at = excluded.next_attempt_at, last_status = excluded.last_status,
         last_error = excluded.last_error, created_at = excluded.created_at, ended_at = null`,
);

export const markDelivered: Statement = statement(
  "mark-webhook-deliveries-delivered",
  `update webhook_deliveries d
      set state = 'delivered', attempts = d.attempts + 1, last_attempt_at = clock_timestamp(),
          first_attempt_at = coalesce(d.first_attempt_at, clock_timestamp()), next_attempt_at = null,
          last_status = u.status, ended_at = clock_timestamp()
     from unnest($2::text[], $3::integer[]) as u (event_id, status)
    where d.webhook_id = $1 and d.event_id = u.event_id and d.state = 'pending'`,
);

/**
 * Notes attempts that failed. One is given up where its time ($6 milliseconds) is over and the receiver has taken
 * others meanwhile; its last attempt is at that time. Where nothing is taken, it is the webhook that is given up.
 */
export const markFailed: Statement = statement(
  "mark-webhook-deliveries-failed",
  `with failed as (
     select d.event_id, u.wait_ms, u.status, u.error,
            coalesce(d.first_attempt_at, clock_timestamp()) as first_attempt_at,
            coalesce(d.first_attempt_at, clock_timestamp()) + $6::bigint * interval '1 millisecond' as deadline
       from unnest($2::text[], $3::bigint[], $4::integer[], $5::text[])
            as u (event_id, wait_ms, status, error)
       join webhook_deliveries d on d.webhook_id = $1 and d.event_id = u.event_id
      where d.state = 'pending'
   ), judged as (
     select failed.*,
            failed.deadline <= clock_timestamp()
              and (w.failing_since is null or w.failing_since > failed.first_attempt_at) as is_dead
       from failed
       join webhooks w on w.webhook_id = $1
   )
   update webhook_deliveries d
      set attempts = d.attempts + 1, first_attempt_at = judged.first_attempt_at, last_attempt_at = clock_timestamp(),
          last_status = judged.status, last_error = judged.error,
          state = case when is_dead then 'dead' else 'pending' end,
          ended_at = case when is_dead then clock_timestamp() end,
          next_attempt_at = case when not is_dead then
            least(clock_timestamp() + judged.wait_ms * interval '1 millisecond',
                  greatest(judged.deadline, clock_timestamp())) end
     from judged
    where d.webhook_id = $1 and d.event_id = judged.event_id
   returning d.event_id, d.event_type, d.ordering_key, d.attempts, d.state`,
);

/** What waits has its whole time again. */
export const refreshPending: Statement = statement(
  "refresh-pending-webhook-deliveries",
  `update webhook_deliveries
      set attempts = 0, first_attempt_at = null, next_attempt_at = clock_timestamp()
    where webhook_id = $1 and state = 'pending'`,
);

/** What waits is due now. */
export const hastenPending: Statement = statement(
  "hasten-pending-webhook-deliveries",
  `update webhook_deliveries
      set next_attempt_at = clock_timestamp()
    where webhook_id = $1 and state = 'pending' and next_attempt_at > clock_timestamp()`,
);

export const listDeliveries: Statement = statement(
  "list-webhook-deliveries",
  `select ${VIEW}
     from webhook_deliveries
    where webhook_id = $1 and ($2::text is null or state = $2) and ($3::text is null or event_id = $3)
      and ($4::bigint is null or delivery_number < $4)
    order by delivery_number desc
    limit $5`,
);

/** Puts one in line again, before what came later under its ordering key. */
export const replayDelivery: Statement = statement(
  "replay-webhook-delivery",
  `update webhook_deliveries
      set state = 'pending', attempts = 0, first_attempt_at = null, ended_at = null,
          next_attempt_at = clock_timestamp()
    where webhook_id = $1 and event_id = $2 and state <> 'pending'
   returning ${VIEW}`,
);

export const hastenDelivery: Statement = statement(
  "hasten-webhook-delivery",
  `update webhook_deliveries
      set next_attempt_at = clock_timestamp()
    where webhook_id = $1 and event_id = $2 and state = 'pending' and next_attempt_at > clock_timestamp()`,
);

export const findDelivery: Statement = statement(
  "find-webhook-delivery",
  `select ${VIEW} from webhook_deliveries where webhook_id = $1 and event_id = $2`,
);

/** Puts every event that was given up in line again, in order. */
export const replayDead: Statement = statement(
  "replay-dead-webhook-deliveries",
  `update webhook_deliveries
      set state = 'pending', attempts = 0, first_attempt_at = null, ended_at = null, next_attempt_at = clock_timestamp()
    where webhook_id = $1 and state = 'dead'
   returning delivery_number`,
);

export const countDeliveries: Statement = statement(
  "count-webhook-deliveries",
  `select count(*) filter (where state = 'pending')::integer as pending,
          count(*) filter (where state = 'dead')::integer as dead
     from webhook_deliveries
    where webhook_id = $1 and state in ('pending', 'dead')`,
);

/** What ended more than $1 milliseconds ago, at most $2. */
export const sweepDeliveries: Statement = statement(
  "sweep-webhook-deliveries",
  `delete from webhook_deliveries
    where (webhook_id, delivery_number) in (
          select webhook_id, delivery_number
            from webhook_deliveries
           where state <> 'pending' and ended_at < clock_timestamp() - $1::bigint * interval '1 millisecond'
           limit $2)
   returning 1 as done`,
);
