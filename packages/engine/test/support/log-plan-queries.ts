// A log of many operations, made by the database itself, and what it does to search it.
import { type Statement, statement } from "../../src/database/index.ts";

/**
 * Operations number $2 to $3, a tenth of a second apart: nearly all exchanges of one pair that are done, among them a few of every
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
     from generate_series($2::bigint, $3::bigint) as n`,
);

/** All but the primary key's. */
export const listLogIndexes: Statement = statement(
  "",
  `select indexname as name, indexdef as definition
     from pg_indexes
    where tablename = 'operations' and indexname not in (select conname from pg_constraint)`,
);

export function dropIndex(name: string): Statement {
  return statement("", `drop index ${name}`);
}

export function createIndex(definition: string): Statement {
  return statement("", definition);
}

export const analyzeLog: Statement = statement("test-analyze-log", "analyze operations");

/** A statement that tells how the given one is run, running it. */
export function explained(subject: Statement): Statement {
  return statement("", `explain (analyze, buffers, format json) ${subject.text}`);
}
