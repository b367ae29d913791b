// Quotes as they are kept: given, read, used and swept. When one is good is the domain's to say (J1 to J3).
import { type Transaction, textArray } from "../database/index.ts";
import { type Quote, shardOf, type UsedQuote } from "../domain/index.ts";
import * as queries from "./queries.ts";

interface QuoteRow {
  readonly quote_id: string;
  readonly operation_id: string | null;
  readonly user_id: string;
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
  readonly source_amount: bigint;
  readonly target_amount: bigint;
  readonly exchange_rate: string;
  readonly rate_version: number;
  readonly principal: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly used_by: string | null;
}

function toQuote(row: QuoteRow): Quote {
  return {
    quoteId: row.quote_id,
    operationId: row.operation_id,
    userId: row.user_id,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceCreditType: row.source_credit_type,
    targetCreditType: row.target_credit_type,
    amount: row.source_amount,
    targetAmount: row.target_amount,
    exchangeRate: row.exchange_rate,
    rateVersion: row.rate_version,
    principal: row.principal,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedBy: row.used_by,
  };
}

/** By shard, in ascending order: the order in which every transaction visits them. */
function byShard<T>(
  items: readonly T[],
  shardCount: number,
  quoteIdOf: (item: T) => string,
): [shardId: number, items: T[]][] {
  const groups = Map.groupBy(items, (item) => shardOf(quoteIdOf(item), shardCount));
  return [...groups].sort(([left], [right]) => left - right);
}

/** Keeps a new quote. Its id must be new. */
export async function insertQuote(transaction: Transaction, shardCount: number, quote: Quote): Promise<void> {
  await transaction.query(queries.insertQuote, [
    shardOf(quote.quoteId, shardCount),
    quote.quoteId,
    quote.operationId,
    quote.userId,
    quote.sourceSystem,
    quote.targetSystem,
    quote.sourceCreditType,
    quote.targetCreditType,
    quote.amount,
    quote.targetAmount,
    quote.exchangeRate,
    quote.rateVersion,
    quote.principal,
    quote.createdAt,
    quote.expiresAt,
  ]);
}

export async function findQuote(
  transaction: Transaction,
  shardCount: number,
  quoteId: string,
): Promise<Quote | undefined> {
  const parameters = [shardOf(quoteId, shardCount), quoteId];
  const [row] = await transaction.query<QuoteRow>(queries.findQuote, parameters);
  return row === undefined ? undefined : toQuote(row);
}

/** Finds quotes by their ids and holds their rows until the transaction ends. Asks nothing where there are none. */
export async function lockQuotes(
  transaction: Transaction,
  shardCount: number,
  quoteIds: ReadonlySet<string>,
): Promise<Map<string, Quote>> {
  if (quoteIds.size === 0) return new Map();
  const groups = byShard([...quoteIds].sort(), shardCount, (quoteId) => quoteId);
  const pages = groups.map(([shardId, ids]) =>
    transaction.query<QuoteRow>(queries.lockQuotes, [shardId, textArray(ids)]),
  );
  const rows = (await Promise.all(pages)).flat();
  return new Map(rows.map((row) => [row.quote_id, toQuote(row)]));
}

/** Notes which exchange has used each of the quotes, which are locked. */
export function markQuotesUsed(
  transaction: Transaction,
  shardCount: number,
  used: readonly UsedQuote[],
): void {
  for (const [shardId, group] of byShard(used, shardCount, ({ quoteId }) => quoteId)) {
    transaction.send(queries.markQuotesUsed, [
      shardId,
      textArray(group.map(({ quoteId }) => quoteId)),
      textArray(group.map(({ operationId }) => operationId)),
    ]);
  }
}

/** Removes quotes of one shard that expired at least so long ago. @returns how many, `limit` at most */
export async function sweepQuotes(
  transaction: Transaction,
  shardId: number,
  keptMs: number,
  limit: number,
): Promise<number> {
  const swept = await transaction.query(queries.sweepQuotes, [shardId, keptMs, limit]);
  return swept.length;
}
