// The statements of rates. The rates themselves are copied to every server; a change is an operation and
// lives in the shard of its id, which its statements name as $1.
import { advisoryLocks, type Statement, statement } from "../database/index.ts";

export const lockCatalog: Statement = statement(
  "lock-catalog-for-rate",
  `select pg_advisory_xact_lock(${advisoryLocks.catalog})`,
);

export const bumpCatalogVersion: Statement = statement(
  "bump-catalog-version-for-rate",
  "update catalog_state set version = version + 1",
);

const CHANGE_COLUMNS = `operation_id, kind, status, source_system, target_system, source_credit_type,
          target_credit_type, exchange_rate, rate_version, failure_code, data, principal, expires_at,
          created_at, updated_at`;

export const findRateChange: Statement = statement(
  "find-rate-change",
  `select ${CHANGE_COLUMNS} from operations where shard_id = $1 and operation_id = $2`,
);

/** Holds the row, so that a change is decided or expires, but not both. */
export const lockRateChange: Statement = statement(
  "lock-rate-change",
  `select ${CHANGE_COLUMNS} from operations where shard_id = $1 and operation_id = $2 for update`,
);

export const insertRateChange: Statement = statement(
  "insert-rate-change",
  `insert into operations (shard_id, operation_id, kind, status, source_system, target_system,
                           source_credit_type, target_credit_type, exchange_rate, rate_version,
                           failure_code, data, principal, expires_at, created_at, updated_at)
   values ($1, $2, 'rate_change', $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12, $13, $14, $14)
   returning ${CHANGE_COLUMNS}`,
);

export const endRateChange: Statement = statement(
  "end-rate-change",
  `update operations
      set status = $3, rate_version = $4, failure_code = $5, data = $6::text::jsonb, updated_at = $7
    where shard_id = $1 and operation_id = $2 and status = $8
   returning ${CHANGE_COLUMNS}`,
);

/** Ends what nobody decided in time, by the database's clock. What another transaction holds is being ended there. */
export const expireRateChanges: Statement = statement(
  "expire-rate-changes",
  `update operations
      set status = 'failed', failure_code = 'rate_change_expired', updated_at = expires_at
    where shard_id = $1
      and operation_id = any (array(select operation_id
                                      from operations
                                     where shard_id = $1 and kind = 'rate_change'
                                       and status = 'pending_approval' and expires_at <= clock_timestamp()
                                     order by operation_id
                                       for update skip locked))
   returning ${CHANGE_COLUMNS}, clock_timestamp()::timestamptz(3) as now`,
);

/** The same of looser guards of links. */
export const expireLinkChanges: Statement = statement(
  "expire-link-changes",
  `update operations
      set status = 'failed', failure_code = 'rate_change_expired', updated_at = expires_at
    where shard_id = $1
      and operation_id = any (array(select operation_id
                                      from operations
                                     where shard_id = $1 and kind = 'link_change'
                                       and status = 'pending_approval' and expires_at <= clock_timestamp()
                                     order by operation_id
                                       for update skip locked))
   returning operation_id, clock_timestamp()::timestamptz(3) as now`,
);

/** One shard's changes that wait for approval or for the partner, the oldest first; $4 and $5 are the last of the page before. */
export const listPendingRateChanges: Statement = statement(
  "list-pending-rate-changes",
  `select ${CHANGE_COLUMNS}
     from operations
    where shard_id = $1 and kind = 'rate_change' and status in ('pending_approval', 'processing')
      and status not in ('completed', 'captured')
      and ($2::text is null or source_system = $2) and ($3::text is null or target_system = $3)
      and ($4::timestamptz is null or (created_at, operation_id) > ($4, $5::text))
    order by created_at, operation_id
    limit $6`,
);

/** What a change of a rate has to know: both sides, what the link allows, and the time. */
export const readRatePair: Statement = statement(
  "read-rate-pair",
  `select clock_timestamp()::timestamptz(3) as now,
          exists (select from systems where system_id = $1) as has_source,
          exists (select from systems where system_id = $2) as has_target,
          exists (select from credit_types where system_id = $1 and credit_type_id = $3) as has_source_type,
          exists (select from credit_types where system_id = $2 and credit_type_id = $4) as has_target_type,
          exists (select from links
                   where source_system = $1 and target_system = $2 and allow_gaining_cycles)
            as allows_gaining_cycles,
          coalesce((select rate_change_limit_percent from links
                     where source_system = $1 and target_system = $2), $5) as limit_percent,
          (select operation_id from rates
            where source_system = $1 and target_system = $2 and source_credit_type = $3
              and target_credit_type = $4 and superseded_at is null and effective_at > clock_timestamp())
            as scheduled_operation_id,
          (select operation_id from rate_agreements
            where source_system = $1 and target_system = $2 and source_credit_type = $3
              and target_credit_type = $4 and state = 'accepted') as promised_operation_id`,
);

/**
 * The pair's versions that were in force within the last $5 milliseconds, or the link's own window where it has one,
 * the one in force last.
 */
export const listRecentVersions: Statement = statement(
  "list-recent-versions",
  `select rate, rate_version, min_source_amount, operation_id, approved_by
     from rates
    where source_system = $1 and target_system = $2 and source_credit_type = $3 and target_credit_type = $4
      and effective_at <= clock_timestamp()
      and (superseded_at is null
           or superseded_at > clock_timestamp()
                - coalesce((select rate_change_window_ms from links
                             where source_system = $1 and target_system = $2), $5::bigint)
                  * interval '1 millisecond')
    order by rate_version`,
);

/**
 * Every rate that points can be converted along, now or once what is set for later, or promised to a partner, is in
 * force: what gains with none of them gains at no time at which both sides use the rates in force. For the day in which
 * a partner may still use a rate that was changed, that rate is not counted.
 */
export const loadRateNetwork: Statement = statement(
  "load-rate-network",
  `select source_system, target_system, source_credit_type, target_credit_type, rate
     from rates
    where superseded_at is null or superseded_at > clock_timestamp()
    union all
   select source_system, target_system, source_credit_type, target_credit_type, rate
     from rate_agreements
    where state = 'accepted'`,
);

export const supersedeRate: Statement = statement(
  "supersede-rate",
  `update rates
      set superseded_at = $5
    where source_system = $1 and target_system = $2 and source_credit_type = $3 and target_credit_type = $4
      and superseded_at is null
   returning rate_version`,
);

/** Takes a version back that is set for later. */
export const dropScheduledRate: Statement = statement(
  "drop-scheduled-rate",
  `delete from rates
    where source_system = $1 and target_system = $2 and source_credit_type = $3 and target_credit_type = $4
      and rate_version = $5 and superseded_at is null and effective_at > clock_timestamp()
   returning rate_version`,
);

/** Leaves the version before it in force. */
export const keepRate: Statement = statement(
  "keep-rate",
  `update rates
      set superseded_at = null
    where source_system = $1 and target_system = $2 and source_credit_type = $3 and target_credit_type = $4
      and rate_version = $5::integer - 1`,
);

export const insertRate: Statement = statement(
  "insert-rate",
  `insert into rates (source_system, target_system, source_credit_type, target_credit_type, rate_version,
                      rate, rounding, min_source_amount, operation_id, proposed_by, approved_by,
                      effective_at, is_set_ahead)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);

/** In key order; $3 to $7 are the last one of the page before; $8 is `in_force`, `begun` or `scheduled`. */
export const listRates: Statement = statement(
  "list-rates",
  `select source_system, target_system, source_credit_type, target_credit_type, rate_version, rate, rounding,
          min_source_amount, operation_id, proposed_by, approved_by, effective_at, superseded_at
     from rates
    where ($1::text is null or source_system = $1) and ($2::text is null or target_system = $2)
      and ($3::text is null
           or (source_system, target_system, source_credit_type, target_credit_type, rate_version)
              > ($3, $4, $5, $6, $7::integer))
      and (effective_at > clock_timestamp()) = ($8 = 'scheduled')
      and ($8 <> 'in_force' or superseded_at is null or superseded_at > clock_timestamp())
    order by source_system, target_system, source_credit_type, target_credit_type, rate_version
    limit $9`,
);

export const readTime: Statement = statement(
  "read-time-for-rate",
  "select clock_timestamp()::timestamptz(3) as now",
);
