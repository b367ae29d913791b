// The statements that read one leg's rows. Each names one shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

/** The statements after this one see whatever was committed before this time. */
export const readDatabaseTime: Statement = statement(
  "read-database-time",
  "select date_trunc('milliseconds', clock_timestamp()) as now",
);

/** For the transaction's rest: the rows lie in an index in nearly the wanted order, whatever the planner guesses. */
export const preferLegIndexes: Statement = statement(
  "prefer-leg-indexes",
  "select set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)",
);

/** Exchanges that this node is the hub of, from the one before ($6, $7). */
export const listExchangeLegs: Statement = statement(
  "list-exchange-legs",
  `select operation_id, status, user_id, target_user_id, source_credit_type, target_credit_type,
          source_amount, target_amount, exchange_rate, created_at as initiated_at, created_at, updated_at
     from operations
    where shard_id = $1 and kind = 'exchange'
      and coalesce(source_system, '') = $2 and coalesce(target_system, '') = $3
      and created_at >= $4 and created_at < $5
      and ($6::timestamptz is null or created_at >= $6)
      and ($6::timestamptz is null or (created_at, operation_id) > ($6, $7::text collate "C"))
    order by created_at, operation_id
    limit $8`,
);

/** What a calling node asked for ($9 its kind, $10 what its ids begin with), from the one before ($6, $7). */
export const listPartnerLegs: Statement = statement(
  "list-partner-legs",
  `select operation_id, status, user_id, target_user_id, source_credit_type, target_credit_type,
          source_amount, target_amount, exchange_rate, initiated_at, created_at, updated_at,
          (data #>> '{adjusted,amount}')::bigint as adjusted_amount
     from operations
    where shard_id = $1 and kind = $9 and source_system = $2 and target_system = $3
      and left(operation_id, length($10)) = $10
      and initiated_at >= $4 and initiated_at < $5
      and ($6::timestamptz is null or (initiated_at, operation_id) > ($6, $7::text collate "C"))
    order by initiated_at, operation_id
    limit $8`,
);
