// A partner's store in memory, as concurrent as a database that commits what it has read: transactions run side by
// side, a row is locked until its transaction ends, an insert under a key waits for the one that has it.
import type {
  CreditCall,
  HoldCall,
  PartnerRow,
  PartnerStore,
  PointsMovement,
  ProvisionedUser,
  pendingCredit,
  RatePair,
  RowKey,
  RowQuery,
  UsersCall,
} from "../src/partner/index.ts";

export interface MemoryTransaction {
  readonly undo: (() => void)[];
  readonly locks: Map<string, () => void>;
}

function keyText({ callingNode, system, kind, operationId }: RowKey): string {
  return JSON.stringify([callingNode, system, kind, operationId]);
}

/** Lets other transactions run, as a statement that goes over a network does. */
async function pass(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

export class MemoryStore implements PartnerStore<MemoryTransaction> {
  readonly rows = new Map<string, PartnerRow>();
  /** Of what members may spend, and of what is set aside. */
  readonly available = new Map<string, bigint>();
  readonly held = new Map<string, bigint>();
  readonly nonces = new Set<string>();
  readonly users = new Map<string, string>();
  /** Movements that were made, by name. */
  readonly moves: string[] = [];
  rate: string | undefined = "0.8";
  judgement: string | typeof pendingCredit | undefined;
  canCancel = true;
  /** Thrown by the next movement. */
  failure: Error | undefined;
  readonly #locked = new Map<string, Promise<void>>();
  readonly #uncommitted = new Map<string, MemoryTransaction>();

  async transaction<T>(work: (tx: MemoryTransaction) => Promise<T>): Promise<T> {
    const tx: MemoryTransaction = { undo: [], locks: new Map() };
    try {
      return await work(tx);
    } catch (error) {
      for (const step of tx.undo.reverse()) step();
      throw error;
    } finally {
      for (const [key, unlock] of tx.locks) {
        this.#uncommitted.delete(key);
        unlock();
      }
    }
  }

  async #lock(tx: MemoryTransaction, key: string): Promise<void> {
    if (tx.locks.has(key)) return;
    for (let holder = this.#locked.get(key); holder !== undefined; holder = this.#locked.get(key))
      await holder;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#locked.set(key, promise);
    tx.locks.set(key, () => {
      this.#locked.delete(key);
      resolve();
    });
  }

  #set<V>(tx: MemoryTransaction, map: Map<string, V>, key: string, value: V): void {
    const before = map.get(key);
    map.set(key, value);
    tx.undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
  }

  async insertRow(tx: MemoryTransaction, row: PartnerRow): Promise<boolean> {
    await pass();
    const key = keyText(row);
    await this.#lock(tx, key);
    if (this.rows.has(key)) return false;
    this.#uncommitted.set(key, tx);
    this.#set(tx, this.rows, key, row);
    return true;
  }

  async lockRow(tx: MemoryTransaction, rowKey: RowKey): Promise<PartnerRow | undefined> {
    await pass();
    const key = keyText(rowKey);
    const maker = this.#uncommitted.get(key);
    // What another transaction has not committed is not seen, and what is not there is not locked.
    if (!this.rows.has(key) || (maker !== undefined && maker !== tx)) return undefined;
    await this.#lock(tx, key);
    return this.rows.get(key);
  }

  async updateRow(tx: MemoryTransaction, row: PartnerRow): Promise<void> {
    await pass();
    this.#set(tx, this.rows, keyText(row), row);
  }

  async judge(
    _tx: MemoryTransaction,
    _movement: PointsMovement,
    call: CreditCall | HoldCall,
  ): Promise<string | typeof pendingCredit | undefined> {
    await pass();
    return call.user_id === "nobody" ? "user_not_found" : this.judgement;
  }

  findHighestRate(_tx: MemoryTransaction, { sourceCreditType }: RatePair): string | undefined {
    return sourceCreditType === "mile" ? this.rate : undefined;
  }

  /** False, and nothing done, where it would be below 0. */
  async #change(
    tx: MemoryTransaction,
    balances: Map<string, bigint>,
    movement: PointsMovement,
    points: bigint,
  ): Promise<boolean> {
    const account = `${movement.system} ${movement.userId} ${movement.creditTypeId}`;
    await this.#lock(tx, account);
    const balance = (balances.get(account) ?? 0n) + points;
    if (balance < 0n) return false;
    this.#set(tx, balances, account, balance);
    return true;
  }

  #count(name: string): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
    this.moves.push(name);
  }

  async addPoints(tx: MemoryTransaction, movement: PointsMovement): Promise<void> {
    await this.#change(tx, this.available, movement, movement.amount);
    this.#count("add");
  }

  async takePoints(tx: MemoryTransaction, movement: PointsMovement): Promise<boolean> {
    if (!(await this.#change(tx, this.available, movement, -movement.amount))) return false;
    this.#count("take");
    return true;
  }

  async holdPoints(tx: MemoryTransaction, movement: PointsMovement): Promise<boolean> {
    if (!(await this.#change(tx, this.available, movement, -movement.amount))) return false;
    await this.#change(tx, this.held, movement, movement.amount);
    this.#count("hold");
    return true;
  }

  async captureHold(tx: MemoryTransaction, movement: PointsMovement): Promise<void> {
    await this.#change(tx, this.held, movement, -movement.amount);
    this.#count("capture");
  }

  async releaseHold(tx: MemoryTransaction, movement: PointsMovement): Promise<void> {
    await this.#change(tx, this.held, movement, -movement.amount);
    await this.#change(tx, this.available, movement, movement.amount);
    this.#count("release");
  }

  cancelPending(): boolean {
    return this.canCancel;
  }

  provisionUser(_tx: MemoryTransaction, call: UsersCall): ProvisionedUser {
    if (call.profile.username === undefined) return { refused: "username_needed" };
    const source = `${call.source_system} ${call.source_user_id}`;
    const known = this.users.get(source);
    if (known !== undefined) return { userId: known, created: false };
    const userId = `user-${this.users.size + 1}`;
    this.users.set(source, userId);
    return { userId, created: true };
  }

  listRows(_tx: MemoryTransaction, query: RowQuery): PartnerRow[] {
    const order = (row: { initiatedAt: string; operationId: string }) =>
      `${row.initiatedAt} ${row.operationId}`;
    return [...this.rows.values()]
      .filter(
        (row) =>
          row.callingNode === query.callingNode &&
          row.system === query.system &&
          row.kind === query.kind &&
          (row.kind === "credit" ? row.sourceSystem : row.targetSystem) === query.counterparty &&
          row.initiatedAt >= query.startTime &&
          row.initiatedAt < query.endTime &&
          (query.after === undefined || order(row) > order(query.after)),
      )
      .sort((left, right) => (order(left) < order(right) ? -1 : 1))
      .slice(0, query.limit);
  }

  takeNonce(callingNode: string, nonce: string): boolean {
    const key = `${callingNode} ${nonce}`;
    if (this.nonces.has(key)) return false;
    this.nonces.add(key);
    return true;
  }
}
