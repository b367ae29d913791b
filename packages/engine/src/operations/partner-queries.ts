// The statements that list what partners asked for. Each names one shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

/** The statement after this one sees whatever was committed before this time. */
export const readListingTime: Statement = statement(
  "read-listing-time",
  "select date_trunc('milliseconds', clock_timestamp()) as now",
);

/** One shard's rows of one calling node ($5 is what their ids begin with), from the one before ($8, $9). */
export const listPartnerRows: Statement = statement(
  "list-partner-rows",
  `select operation_id, kind, status, user_id, target_user_id, source_system, target_system,
          source_credit_type, target_credit_type, source_amount, target_amount, exchange_rate, rate_version,
          quote_id, business_code, business_id, expires_at, failure_code, data, metadata, principal,
          initiated_at, due_at, waiting_on, created_at, updated_at
     from operations
    where shard_id = $1 and kind = $2 and source_system = $3 and target_system = $4
      and left(operation_id, length($5)) = $5
      and initiated_at >= $6 and initiated_at < $7
      and ($8::timestamptz is null or (initiated_at, operation_id) > ($8, $9::text collate "C"))
    order by initiated_at, operation_id
    limit $10`,
);
