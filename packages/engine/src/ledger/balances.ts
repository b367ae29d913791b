// Loads accounts under lock into the Book, and stores what a batch did to them.
//
// L1  Accounts are locked before they are read, in (shard, account id) order.
// L2  An account and its lines are written by the same transaction, and the account's balance is its last line's.
// L3  What a batch moves to or from a clearing account is added to it once, after the members' rows.

import { numberArray, type Transaction, textArray } from "../database/index.ts";
import {
  type AccountOwner,
  type Book,
  type BookAccount,
  clearingEffect,
  type Movement,
} from "../domain/index.ts";
import type { ClearingDirectory } from "./clearing.ts";
import { insertAccounts, insertTransfers, lockAccounts, updateAccounts, updateClearing } from "./queries.ts";

interface AccountRow {
  readonly account_id: string;
  readonly account_no: bigint;
  readonly available: bigint;
  readonly frozen: bigint;
  readonly version: bigint;
}

/** Locks the accounts of one shard, of those that exist, and loads all of them into the Book. */
export async function loadAccounts(
  transaction: Transaction,
  shardId: number,
  owners: ReadonlyMap<string, AccountOwner>,
  book: Book,
): Promise<void> {
  const accountIds = [...owners.keys()].sort();
  const rows = await transaction.query<AccountRow>(lockAccounts, [shardId, textArray(accountIds)]);
  const found = new Map(rows.map((row) => [row.account_id, row]));
  for (const [accountId, owner] of owners) {
    const row = found.get(accountId);
    if (row === undefined) {
      book.load(accountId, owner, undefined);
      continue;
    }
    const { account_no: accountNo, available, frozen, version } = row;
    book.load(accountId, owner, { accountNo, available, frozen, version: Number(version) });
  }
}

async function openNewAccounts(
  transaction: Transaction,
  shardId: number,
  accounts: readonly BookAccount[],
  now: Date,
): Promise<Map<string, bigint>> {
  const sorted = accounts
    .filter((account) => account.accountNo === null)
    .sort((left, right) => (left.accountId < right.accountId ? -1 : 1));
  if (sorted.length === 0) return new Map();
  const rows = await transaction.query<{ account_id: string; account_no: bigint }>(insertAccounts, [
    shardId,
    textArray(sorted.map((account) => account.accountId)),
    textArray(sorted.map((account) => account.owner.systemId)),
    textArray(sorted.map((account) => account.owner.userId)),
    textArray(sorted.map((account) => account.owner.creditTypeId)),
    numberArray(sorted.map((account) => account.available)),
    numberArray(sorted.map((account) => account.frozen)),
    numberArray(sorted.map((account) => account.version)),
    now,
  ]);
  return new Map(rows.map((row) => [row.account_id, row.account_no]));
}

function numberOf(account: BookAccount, opened: ReadonlyMap<string, bigint>): bigint {
  const accountNo = account.accountNo ?? opened.get(account.accountId);
  if (accountNo === undefined) throw new Error(`account ${account.accountId} was not opened`);
  return accountNo;
}

function lineOf(account: BookAccount, version: number, opened: ReadonlyMap<string, bigint>): StoredLine {
  return { accountNo: numberOf(account, opened), version: BigInt(version) };
}

function updateOldAccounts(
  transaction: Transaction,
  shardId: number,
  accounts: readonly BookAccount[],
): void {
  const old = accounts.filter((account) => account.accountNo !== null);
  if (old.length === 0) return;
  transaction.send(updateAccounts, [
    shardId,
    numberArray(old.map((account) => account.accountNo)),
    numberArray(old.map((account) => account.available)),
    numberArray(old.map((account) => account.frozen)),
    numberArray(old.map((account) => account.version)),
  ]);
}

function storeTransfers(
  transaction: Transaction,
  shardId: number,
  movements: readonly Movement[],
  opened: ReadonlyMap<string, bigint>,
  directory: ClearingDirectory,
  now: Date,
): void {
  transaction.send(insertTransfers, [
    shardId,
    numberArray(movements.map((movement) => numberOf(movement.account, opened))),
    numberArray(movements.map((movement) => movement.version)),
    numberArray(movements.map((movement) => directory.numberOf(shardId, movement.clearing))),
    textArray(movements.map((movement) => movement.entry)),
    numberArray(movements.map((movement) => movement.amount)),
    numberArray(movements.map((movement) => movement.availableAfter)),
    numberArray(movements.map((movement) => movement.frozenAfter)),
    textArray(movements.map((movement) => movement.operationId)),
    now,
  ]);
}

function storeClearing(
  transaction: Transaction,
  shardId: number,
  movements: readonly Movement[],
  directory: ClearingDirectory,
): void {
  const changes = new Map<bigint, bigint>();
  for (const { clearing, entry, amount } of movements) {
    const change = clearingEffect(entry, amount);
    if (change === 0n) continue;
    const clearingNo = directory.numberOf(shardId, clearing);
    changes.set(clearingNo, (changes.get(clearingNo) ?? 0n) + change);
  }
  if (changes.size === 0) return;
  transaction.send(updateClearing, [shardId, numberArray(changes.keys()), numberArray(changes.values())]);
}

/** A line of an account; version 0 is the account itself, opened without one. */
export interface StoredLine {
  readonly accountNo: bigint;
  readonly version: bigint;
}

/**
 * Stores what a batch did to the accounts of one shard.
 * @param accounts the touched accounts of the shard
 * @param movements the movements of these accounts, in the order in which they were decided
 * @returns the lines that it wrote, and the accounts that it opened without one
 */
export async function storeMovements(
  transaction: Transaction,
  shardId: number,
  accounts: readonly BookAccount[],
  movements: readonly Movement[],
  directory: ClearingDirectory,
  now: Date,
): Promise<StoredLine[]> {
  await directory.prepare(transaction, shardId, new Set(movements.map((movement) => movement.clearing)));
  const opened = await openNewAccounts(transaction, shardId, accounts, now);
  if (movements.length > 0) {
    storeTransfers(transaction, shardId, movements, opened, directory, now);
    updateOldAccounts(transaction, shardId, accounts);
    storeClearing(transaction, shardId, movements, directory);
  }
  return [
    ...accounts.filter((account) => account.version === 0).map((account) => lineOf(account, 0, opened)),
    ...movements.map(({ account, version }) => lineOf(account, version, opened)),
  ];
}
