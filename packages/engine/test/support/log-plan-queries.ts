// A log of many operations, made by the database itself, and what it does to search it.
import { type Statement, statement } from "../../src/database/index.ts";

/**
 * $2 operations, a tenth of a second apart: nearly all exchanges of one pair that are done, among them a few of every
 * other sort, all of them old. 50 000 users; what is asked for as rare is at the very beginning.
 */
export const fillLog: Statement = statement(
  "test-fill-log",
  `insert into operations (shard_id, operation_id, kind, status, user_id, target_user_id, source_system,
                           target_system, source_credit_type, target_credit_type, source_amount, target_amount,
                           exchange_rate, rate_version, business_code, business_id, principal, created_at, updated_at)
   select $1, 'fill-' || n,
          case when n < 20 then 'rate_change' when n < 40 then 'credit' else 'exchange' end,
          case when n between 40 and 59 then 'failed' when n between 60 and 69 then 'processing'
               else 'completed' end,
          'u' || n % 50000, 'u' || n % 50000,
          case when n between 20 and 39 then null when n between 70 and 79 then 'rare' else 'shop' end,
          case when n between 80 and 89 then 'seldom' else 'club' end,
          'coin', 'star', 100, 29, '0.29', 1,
          case when n between 20 and 39 then 'order' end, case when n between 20 and 39 then 'b' || n end,
          'test', timestamptz '2026-01-01 00:00:00Z' + n * interval '100 milliseconds',
          timestamptz '2026-01-01 00:00:00Z' + n * interval '100 milliseconds'
     from generate_series(0, $2 - 1) as n`,
);

export const analyzeLog: Statement = statement("test-analyze-log", "analyze operations");

/** A statement that tells how the given one is run, running it. */
export function explained(subject: Statement): Statement {
  return statement("", `explain (analyze, buffers, format json) ${subject.text}`);
}
