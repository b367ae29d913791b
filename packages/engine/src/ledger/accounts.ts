// Members' accounts as they are read and opened outside of a batch.

import { recordChanges } from "../changes/index.ts";
import { numberArray, type Transaction } from "../database/index.ts";
import { type AccountOwner, accountIdOf, shardOf } from "../domain/index.ts";
import * as queries from "./queries.ts";

export interface Account extends AccountOwner {
  readonly accountId: string;
  readonly available: bigint;
  readonly frozen: bigint;
  readonly shardId: number;
  readonly accountNo: bigint;
}

export interface Entry {
  readonly version: number;
  readonly entry: string;
  readonly amount: bigint;
  readonly availableAfter: bigint;
  readonly frozenAfter: bigint;
  readonly operationId: string;
  readonly createdAt: Date;
}

interface AccountRow {
  readonly shard_id: number;
  readonly account_id: string;
  readonly account_no: bigint;
  readonly system_id: string;
  readonly user_id: string;
  readonly credit_type_id: string;
  readonly available: bigint;
  readonly frozen: bigint;
}

function toAccount(row: AccountRow): Account {
  return {
    accountId: row.account_id,
    systemId: row.system_id,
    userId: row.user_id,
    creditTypeId: row.credit_type_id,
    available: row.available,
    frozen: row.frozen,
    shardId: row.shard_id,
    accountNo: row.account_no,
  };
}

function shardsOf(shardCount: number): number[] {
  return Array.from({ length: shardCount }, (_, index) => index + 1);
}

/** Finds or opens the account of a user. The caller has made sure that system and credit type exist. */
export async function openAccount(
  transaction: Transaction,
  shardCount: number,
  owner: AccountOwner,
): Promise<{ account: Account; created: boolean }> {
  const accountId = accountIdOf(owner);
  const shardId = shardOf(owner.userId, shardCount);
  const { systemId, userId, creditTypeId } = owner;
  const made = await transaction.query<{ account_no: bigint; opened_at: Date }>(queries.openAccount, [
    shardId,
    accountId,
    systemId,
    userId,
    creditTypeId,
  ]);
  const [row] = await transaction.query<AccountRow>(queries.findOpenedAccount, [shardId, accountId]);
  if (row === undefined) throw new Error(`account ${accountId} was not opened`);
  for (const { account_no: accountNo, opened_at: at } of made) {
    recordChanges(transaction, shardId, at, [{ type: "line", accountNo, version: 0n }]);
  }
  return { account: toAccount(row), created: made.length > 0 };
}

export async function findAccount(
  transaction: Transaction,
  shardCount: number,
  accountId: string,
): Promise<Account | undefined> {
  const shards = numberArray(shardsOf(shardCount));
  const [row] = await transaction.query<AccountRow>(queries.findAccount, [accountId, shards]);
  return row === undefined ? undefined : toAccount(row);
}

export interface AccountFilter {
  readonly systemId?: string | undefined;
  readonly userId?: string | undefined;
  readonly limit: number;
  /** The last account of the page before. */
  readonly after?: AccountOwner | undefined;
}

const codePoints = (text: string) => Buffer.from(text, "utf8");

/** Code-point order is the order of the UTF-8 bytes, which is not that of JavaScript's strings. */
function compareOwners(left: AccountOwner, right: AccountOwner): number {
  return (
    Buffer.compare(codePoints(left.systemId), codePoints(right.systemId)) ||
    Buffer.compare(codePoints(left.userId), codePoints(right.userId)) ||
    Buffer.compare(codePoints(left.creditTypeId), codePoints(right.creditTypeId))
  );
}

/** Members' accounts in code-point order of system, user and credit type. */
export async function listAccounts(
  transaction: Transaction,
  shardCount: number,
  filter: AccountFilter,
): Promise<Account[]> {
  const { systemId, userId, limit, after } = filter;
  const selection = [systemId ?? null, userId ?? null];
  const start = [after?.systemId ?? null, after?.userId ?? null, after?.creditTypeId ?? null];
  const pages = shardsOf(shardCount).map((shardId) =>
    transaction.query<AccountRow>(queries.listAccounts, [shardId, ...selection, ...start, limit]),
  );
  const accounts = (await Promise.all(pages)).flat().map(toAccount);
  return shardCount === 1 ? accounts : accounts.sort(compareOwners).slice(0, limit);
}

interface EntryRow {
  readonly version: bigint;
  readonly entry: string;
  readonly amount: bigint;
  readonly available_after: bigint;
  readonly frozen_after: bigint;
  readonly operation_id: string;
  readonly created_at: Date;
}

/** An account's lines, newest first, from the one before `before`. */
export async function listEntries(
  transaction: Transaction,
  account: Account,
  page: { readonly limit: number; readonly before?: number | undefined },
): Promise<Entry[]> {
  const { shardId, accountNo } = account;
  const parameters = [shardId, accountNo, page.before ?? null, page.limit];
  const rows = await transaction.query<EntryRow>(queries.listEntries, parameters);
  return rows.map((row) => ({
    version: Number(row.version),
    entry: row.entry,
    amount: row.amount,
    availableAfter: row.available_after,
    frozenAfter: row.frozen_after,
    operationId: row.operation_id,
    createdAt: row.created_at,
  }));
}
