// The numbers of clearing accounts: found or made once, then remembered, since none is ever removed.

import type { Transaction } from "../database/index.ts";
import type { ClearingKey } from "../domain/index.ts";
import { findClearing, insertClearing } from "./queries.ts";

/** Finds or makes a clearing account and answers its number. */
async function ensureClearing(
  transaction: Transaction,
  shardId: number,
  key: ClearingKey,
  stripe: number,
): Promise<bigint> {
  const identity = [shardId, key.systemId, key.creditTypeId, key.purpose, key.counterparty, stripe];
  await transaction.query(insertClearing, identity);
  const [row] = await transaction.query<{ clearing_no: bigint }>(findClearing, identity);
  if (row === undefined) throw new Error(`the clearing account ${identity.join(" ")} was not made`);
  return row.clearing_no;
}

// Ids hold no spaces.
function nameOf(key: ClearingKey): string {
  return `${key.systemId} ${key.creditTypeId} ${key.purpose} ${key.counterparty}`;
}

/** One lane's clearing accounts: those of its stripe, so that lanes do not wait for each other. */
export class ClearingDirectory {
  readonly #stripe: number;
  #numbers = new WeakMap<ClearingKey, Map<number, bigint>>();

  constructor(stripe: number) {
    this.#stripe = stripe;
  }

  /** Makes the numbers of these accounts known to `numberOf`. */
  async prepare(transaction: Transaction, shardId: number, keys: Iterable<ClearingKey>): Promise<void> {
    // In one order, so that two nodes that make the same accounts wait in one direction only.
    const sorted = [...keys].sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
    for (const key of sorted) {
      const numbers = this.#numbers.get(key) ?? new Map<number, bigint>();
      if (numbers.has(shardId)) continue;
      numbers.set(shardId, await ensureClearing(transaction, shardId, key, this.#stripe));
      this.#numbers.set(key, numbers);
    }
  }

  numberOf(shardId: number, key: ClearingKey): bigint {
    const clearingNo = this.#numbers.get(key)?.get(shardId);
    if (clearingNo === undefined) throw new Error("the clearing account was not prepared");
    return clearingNo;
  }

  /** To be called when a transaction failed: what it made is gone. */
  forget(): void {
    this.#numbers = new WeakMap();
  }
}
