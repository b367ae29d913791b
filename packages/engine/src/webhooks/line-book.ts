// The ordering keys that have events in line, and when each is due. What is in line is in the database; this is what
// whoever delivers remembers of it.
import type { Head } from "./delivery-store.ts";

interface Line {
  dueMs: number;
  /** Somebody is at it: its events are not begun a second time. */
  isBusy: boolean;
}

export class LineBook {
  readonly #lines = new Map<string, Line>();

  get size(): number {
    return this.#lines.size;
  }

  has(orderingKey: string): boolean {
    return this.#lines.has(orderingKey);
  }

  load(heads: readonly Head[], nowMs: number): void {
    for (const { orderingKey, waitMs } of heads) {
      this.#lines.set(orderingKey, { dueMs: nowMs + waitMs, isBusy: false });
    }
  }

  markBusy(orderingKey: string): void {
    const line = this.#lines.get(orderingKey);
    if (line === undefined) this.#lines.set(orderingKey, { dueMs: 0, isBusy: true });
    else line.isBusy = true;
  }

  /**
   * Takes over what the database says of some keys: those without an event in line are none any more.
   * @param done keys that nobody is at any more
   */
  update(asked: Iterable<string>, heads: readonly Head[], done: ReadonlySet<string>, nowMs: number): void {
    const found = new Map(heads.map(({ orderingKey, waitMs }) => [orderingKey, nowMs + waitMs]));
    for (const key of asked) {
      const dueMs = found.get(key);
      const isBusy = this.#lines.get(key)?.isBusy === true && !done.has(key);
      if (dueMs !== undefined || isBusy) this.#lines.set(key, { dueMs: dueMs ?? nowMs, isBusy });
      else this.#lines.delete(key);
    }
  }

  /** Everything is due. */
  hasten(nowMs: number): void {
    for (const line of this.#lines.values()) line.dueMs = Math.min(line.dueMs, nowMs);
  }

  /** Up to so many keys that are due and that nobody is at. Looks no further than it must: there may be thousands. */
  findDue(nowMs: number, limit: number): string[] {
    const found: string[] = [];
    for (const [key, { dueMs, isBusy }] of this.#lines) {
      if (found.length >= limit) break;
      if (!isBusy && dueMs <= nowMs) found.push(key);
    }
    return found;
  }

  /** The key that is due first, whether it is due or not. */
  findFirst(): string | undefined {
    let [first, firstMs] = [undefined as string | undefined, Number.POSITIVE_INFINITY];
    for (const [key, { dueMs, isBusy }] of this.#lines) {
      if (!isBusy && dueMs < firstMs) [first, firstMs] = [key, dueMs];
    }
    return first;
  }

  /** When the next one is due that nobody is at. */
  nextDueMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { dueMs, isBusy } of this.#lines.values()) if (!isBusy && dueMs < next) next = dueMs;
    return next;
  }
}
