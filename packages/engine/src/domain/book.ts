// The Book: the accounts of one batch, loaded under lock, on which the batch's decisions are made in order.
//
// B1  An account's balance changes only by a movement, and each movement is one line of that account.
// B2  A movement has two sides: what a member's account gains or loses, a clearing account loses or gains.
//     Points held or released stay with the member: available and frozen change, their sum does not.
// B3  No balance is ever below zero, and available + frozen never above MAX_POINTS. The rules look before
//     they move; the Book refuses to be moved there all the same.
import { type AccountOwner, accountIdOf } from "./account.ts";
import type { ClearingKey } from "./catalog.ts";
import { MAX_POINTS } from "./points.ts";

export type EntryKind = "credit" | "debit" | "hold" | "capture" | "release";

/** An account as loaded under lock; absent ones have no number and version 0. */
export interface LoadedAccount {
  readonly accountNo: bigint;
  readonly available: bigint;
  readonly frozen: bigint;
  readonly version: number;
}

export interface BookAccount {
  readonly accountId: string;
  readonly owner: AccountOwner;
  /** Null while the account exists in this batch only. */
  readonly accountNo: bigint | null;
  available: bigint;
  frozen: bigint;
  version: number;
  /** It was moved, or opened empty, by this batch. */
  touched: boolean;
}

export interface Movement {
  readonly account: BookAccount;
  readonly version: number;
  readonly clearing: ClearingKey;
  readonly entry: EntryKind;
  readonly amount: bigint;
  readonly availableAfter: bigint;
  readonly frozenAfter: bigint;
  readonly operationId: string;
}

/** What each entry does with an amount: to available, to frozen, and to the clearing account. */
const effects: Record<EntryKind, readonly [available: bigint, frozen: bigint, clearing: bigint]> = {
  credit: [1n, 0n, -1n],
  debit: [-1n, 0n, 1n],
  hold: [-1n, 1n, 0n],
  capture: [0n, -1n, 1n],
  release: [1n, -1n, 0n],
};

/** How much an entry adds to its clearing account. */
export function clearingEffect(entry: EntryKind, amount: bigint): bigint {
  return effects[entry][2] * amount;
}

export class Book {
  readonly #accounts = new Map<string, BookAccount>();
  readonly #movements: Movement[] = [];

  /** Adds an account that was locked and read, or found absent (undefined). */
  load(accountId: string, owner: AccountOwner, loaded: LoadedAccount | undefined): void {
    this.#accounts.set(accountId, {
      accountId,
      owner,
      accountNo: loaded?.accountNo ?? null,
      available: loaded?.available ?? 0n,
      frozen: loaded?.frozen ?? 0n,
      version: loaded?.version ?? 0,
      touched: false,
    });
  }

  account(owner: AccountOwner): BookAccount {
    return this.accountById(accountIdOf(owner));
  }

  accountById(accountId: string): BookAccount {
    const account = this.#accounts.get(accountId);
    if (account === undefined) throw new Error(`account ${accountId} was not locked before it was used`);
    return account;
  }

  /** Whether the account could take this many points more (B3). */
  hasRoomFor(account: BookAccount, amount: bigint): boolean {
    return amount <= MAX_POINTS - account.available - account.frozen;
  }

  /** Makes an account exist though nothing moves. */
  open(account: BookAccount): void {
    account.touched = true;
  }

  move(
    account: BookAccount,
    entry: EntryKind,
    amount: bigint,
    clearing: ClearingKey,
    operationId: string,
  ): Movement {
    const [toAvailable, toFrozen] = effects[entry];
    const available = account.available + toAvailable * amount;
    const frozen = account.frozen + toFrozen * amount;
    if (amount <= 0n || available < 0n || frozen < 0n || available + frozen > MAX_POINTS) {
      throw new Error(`a ${entry} of ${amount} would break the bounds of account ${account.accountId} (B3)`);
    }
    account.available = available;
    account.frozen = frozen;
    account.version += 1;
    account.touched = true;
    const movement: Movement = {
      account,
      version: account.version,
      clearing,
      entry,
      amount,
      availableAfter: available,
      frozenAfter: frozen,
      operationId,
    };
    this.#movements.push(movement);
    return movement;
  }

  get movements(): readonly Movement[] {
    return this.#movements;
  }

  /** The accounts to be written: moved ones and newly opened ones. */
  touchedAccounts(): BookAccount[] {
    return [...this.#accounts.values()].filter((account) => account.touched);
  }
}

/** The public id of a movement: its account and its line there. */
export function transactionIdOf(movement: Movement): string {
  return `${movement.account.accountId}.${movement.version}`;
}
