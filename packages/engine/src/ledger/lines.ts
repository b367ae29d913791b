// Lines of accounts as they are read by account and number.
import { numberArray, type Transaction } from "../database/index.ts";
import type { AccountOwner, EntryKind } from "../domain/index.ts";
import type { StoredLine } from "./balances.ts";
import * as queries from "./queries.ts";

export interface AccountLine extends AccountOwner, StoredLine {
  readonly accountId: string;
  /** Absent of version 0: the account was opened, and nothing moved. */
  readonly movement?: {
    readonly entry: EntryKind;
    readonly amount: bigint;
    readonly availableAfter: bigint;
    readonly frozenAfter: bigint;
    readonly operationId: string;
  };
}

interface LineRow {
  readonly account_no: bigint;
  readonly version: bigint;
  readonly account_id: string;
  readonly system_id: string;
  readonly user_id: string;
  readonly credit_type_id: string;
  readonly entry: EntryKind | null;
  readonly amount: bigint;
  readonly available_after: bigint;
  readonly frozen_after: bigint;
  readonly operation_id: string;
}

function toLine(row: LineRow): AccountLine {
  const { account_no: accountNo, version, account_id: accountId, entry, amount } = row;
  const { system_id: systemId, user_id: userId, credit_type_id: creditTypeId } = row;
  const line = { accountNo, version, accountId, systemId, userId, creditTypeId };
  if (entry === null) return line;
  const { available_after: availableAfter, frozen_after: frozenAfter, operation_id: operationId } = row;
  return { ...line, movement: { entry, amount, availableAfter, frozenAfter, operationId } };
}

/** Finds lines of one shard, in no particular order. */
export async function findLines(
  transaction: Transaction,
  shardId: number,
  lines: readonly StoredLine[],
): Promise<AccountLine[]> {
  if (lines.length === 0) return [];
  const rows = await transaction.query<LineRow>(queries.findLines, [
    shardId,
    numberArray(lines.map((line) => line.accountNo)),
    numberArray(lines.map((line) => line.version)),
  ]);
  return rows.map(toLine);
}
