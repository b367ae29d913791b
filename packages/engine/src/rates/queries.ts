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

export const findRateChange: Statement = statement(
  "find-rate-change",
  `select kind, status, source_system, target_system, source_credit_type, target_credit_type,
          exchange_rate, rate_version, failure_code, data
     from operations
    where shard_id = $1 and operation_id = $2`,
);

export const insertRateChange: Statement = statement(
  "insert-rate-change",
  `insert into operations (shard_id, operation_id, kind, status, source_system, target_system,
                           source_credit_type, target_credit_type, exchange_rate, rate_version,
                           failure_code, data, principal, created_at, updated_at)
   values ($1, $2, 'rate_change', $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12, $13, $13)`,
);

/** What a change of a rate has to know: both sides, the rate in force, and the time. */
export const readRatePair: Statement = statement(
  "read-rate-pair",
  `select clock_timestamp()::timestamptz(3) as now,
          exists (select from systems where system_id = $1) as has_source,
          exists (select from systems where system_id = $2) as has_target,
          exists (select from credit_types where system_id = $1 and credit_type_id = $3) as has_source_type,
          exists (select from credit_types where system_id = $2 and credit_type_id = $4) as has_target_type`,
);

export const findRateInForce: Statement = statement(
  "find-rate-in-force",
  `select rate, rate_version, min_source_amount, operation_id
     from rates
    where source_system = $1 and target_system = $2 and source_credit_type = $3 and target_credit_type = $4
      and superseded_at is null`,
);

export const supersedeRate: Statement = statement(
  "supersede-rate",
  `update rates
      set superseded_at = $5
    where source_system = $1 and target_system = $2 and source_credit_type = $3 and target_credit_type = $4
      and superseded_at is null`,
);

export const insertRate: Statement = statement(
  "insert-rate",
  `insert into rates (source_system, target_system, source_credit_type, target_credit_type, rate_version,
                      rate, rounding, min_source_amount, operation_id, proposed_by, effective_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

/** In key order; $3 to $7 are the last one of the page before. */
export const listRates: Statement = statement(
  "list-rates",
  `select source_system, target_system, source_credit_type, target_credit_type, rate_version, rate, rounding,
          min_source_amount, operation_id, proposed_by, effective_at, superseded_at
     from rates
    where ($1::text is null or source_system = $1) and ($2::text is null or target_system = $2)
      and ($3::text is null
           or (source_system, target_system, source_credit_type, target_credit_type, rate_version)
              > ($3, $4, $5, $6, $7::integer))
      and (superseded_at is null or not $8::boolean)
    order by source_system, target_system, source_credit_type, target_credit_type, rate_version
    limit $9`,
);
