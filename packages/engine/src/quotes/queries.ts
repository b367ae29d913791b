// The statements of quotes. Those of the write path name one shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `quote_id, operation_id, user_id, source_system, target_system, source_credit_type,
  target_credit_type, source_amount, target_amount, exchange_rate, rate_version, principal, created_at,
  expires_at, used_by`;

export const insertQuote: Statement = statement(
  "insert-quote",
  `insert into quotes (shard_id, quote_id, operation_id, user_id, source_system, target_system,
          source_credit_type, target_credit_type, source_amount, target_amount, exchange_rate, rate_version,
          principal, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);

export const findQuote: Statement = statement(
  "find-quote",
  `select ${COLUMNS} from quotes where shard_id = $1 and quote_id = $2`,
);

/** Locks in the order of the list, so that two batches never wait for each other. */
export const lockQuotes: Statement = statement(
  "lock-quotes",
  `select q.*
     from unnest($2::text[]) as u (quote_id)
    cross join lateral (
          select ${COLUMNS}
            from quotes
           where quotes.shard_id = $1 and quotes.quote_id = u.quote_id
           limit 1
             for no key update) q`,
);

export const markQuotesUsed: Statement = statement(
  "mark-quotes-used",
  `update quotes
      set used_by = u.operation_id
     from unnest($2::text[], $3::text[]) as u (quote_id, operation_id)
    where quotes.shard_id = $1 and quotes.quote_id = u.quote_id`,
);

/** Removes quotes that expired so long ago, up to a bound; passes over what another node is removing. */
export const sweepQuotes: Statement = statement(
  "sweep-quotes",
  `delete from quotes
    where shard_id = $1
      and quote_id in (
            select quote_id
              from quotes
             where shard_id = $1 and expires_at <= clock_timestamp() - $2 * interval '1 millisecond'
             order by expires_at
             limit $3
               for update skip locked)
   returning 1 as swept`,
);
