// Limits: how much may leave a source or be credited to a target, and how much of it has been used.
//
// F1  A limit is judged and its counter raised by the decision that moves or holds the points, under a lock on the
//     counter: whoever comes at once is judged one after the other, and the limit is never passed by one point.
// F2  What was counted is given back when all of it is put back: an exchange that failed after its hold, a partner's
//     credit that was rolled back, its hold that was released. Which counters those are is stored with the
//     operation, so that a limit which was changed meanwhile gives back what it took.
// F3  A refusal names the limit, and counts nothing.
// F4  A movement is judged once: an exchange by its source's limits where it is taken, a partner's credit by its
//     target's, a partner's hold by its source's.
import { MAX_POINTS } from "./points.ts";

export const limitMeasures = [
  "exchange_amount",
  "day_amount",
  "day_count",
  "balance_left",
  "position",
] as const;
/**
 * `exchange_amount`: points of one exchange, at most. `day_amount` and `day_count`: points and exchanges of a day, at
 * most. `balance_left`: what has to be left available, at least. `position`: points taken and not yet settled, at most.
 */
export type LimitMeasure = (typeof limitMeasures)[number];

export type LimitSide = "source" | "target";
/** Whether each member has the whole limit, or all have it together. */
export type LimitSubject = "member" | "everybody";

export interface CatalogLimit {
  readonly limitId: string;
  readonly side: LimitSide;
  /** Null for any. */
  readonly sourceSystem: string | null;
  readonly targetSystem: string | null;
  readonly creditTypeId: string;
  readonly subject: LimitSubject;
  readonly measure: LimitMeasure;
  readonly value: bigint;
  readonly utcOffsetMinutes: number;
  /** Since when it counts; always where absent. */
  readonly createdAt?: Date | undefined;
}

/** Where limits are looked up: the catalog. */
export interface LimitDirectory {
  limitsOf(
    side: LimitSide,
    sourceSystem: string,
    targetSystem: string,
    creditTypeId: string,
  ): readonly CatalogLimit[];
  /** Whether a limit has counted since before a time. */
  countsSince(limitId: string, time: Date): boolean;
}

/** Names one counter. Stored with operations, so in the form of JSON. */
export interface LimitUse {
  readonly limit_id: string;
  /** A member's id, or empty. */
  readonly subject: string;
  /** A day, or empty. */
  readonly period: string;
}

export interface LimitCounter extends LimitUse {
  readonly amount: bigint;
  readonly count: bigint;
}

/** What is about to leave a source or to reach a target. */
export interface Flow {
  readonly side: LimitSide;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly creditTypeId: string;
  /** Of the side that is measured. */
  readonly userId: string;
  readonly amount: bigint;
}

/** What a refusal says of the limit, as it is stored. */
export interface ExceededLimit {
  readonly limit_id: string;
  readonly measure: LimitMeasure;
  readonly subject: LimitSubject;
  readonly bound: string;
  /** Before this one; absent where nothing is counted. */
  readonly used?: string;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60 * 1_000;

function isCounted({ measure }: CatalogLimit): boolean {
  return measure === "day_amount" || measure === "day_count" || measure === "position";
}

/** Whether what one member does counts against another: such exchanges have to be decided in their order. */
export function isShared(limit: CatalogLimit): boolean {
  return isCounted(limit) && limit.subject === "everybody";
}

/** The day of a limit that a time falls into, as 2026-11-23. */
export function limitDay(now: Date, utcOffsetMinutes: number): string {
  return new Date(now.getTime() + utcOffsetMinutes * MINUTE_MS).toISOString().slice(0, 10);
}

/** The first day whose counters may still be asked for, so long after. */
export function oldestKeptDay(now: Date, keptDays: number): string {
  return limitDay(new Date(now.getTime() - keptDays * DAY_MS), 0);
}

function useOf(limit: CatalogLimit, userId: string, now: Date): LimitUse {
  return {
    limit_id: limit.limitId,
    subject: limit.subject === "everybody" ? "" : userId,
    period: limit.measure === "position" ? "" : limitDay(now, limit.utcOffsetMinutes),
  };
}

function limitsOf(flow: Flow, catalog: LimitDirectory): readonly CatalogLimit[] {
  return catalog.limitsOf(flow.side, flow.sourceSystem, flow.targetSystem, flow.creditTypeId);
}

/** The counters that a flow is judged by. */
export function limitUsesOf(flow: Flow, catalog: LimitDirectory, now: Date): LimitUse[] {
  return limitsOf(flow, catalog)
    .filter(isCounted)
    .map((limit) => useOf(limit, flow.userId, now));
}

/**
 * The counters that an operation gives back to (F2). Not those of a limit that is no more, and not those of one that
 * was made anew under the same id, which has never counted it.
 */
export function usesToGiveBack(
  uses: readonly LimitUse[] | undefined,
  countedAt: Date,
  catalog: LimitDirectory,
): readonly LimitUse[] {
  return (uses ?? []).filter((use) => catalog.countsSince(use.limit_id, countedAt));
}

// None of the parts but the last may contain a space.
export function limitUseKey(use: LimitUse): string {
  return `${use.limit_id} ${use.period} ${use.subject}`;
}

interface Count {
  readonly use: LimitUse;
  amount: bigint;
  count: bigint;
  isChanged: boolean;
}

/** The counters of a batch, locked, as its decisions change them. */
export class LimitBook {
  readonly #counts = new Map<string, Count>();

  load({ amount, count, ...use }: LimitCounter): void {
    this.#counts.set(limitUseKey(use), { use, amount, count, isChanged: false });
  }

  #find(use: LimitUse): Count {
    const count = this.#counts.get(limitUseKey(use));
    if (count === undefined) throw new Error(`the counter of limit ${use.limit_id} was not loaded (F1)`);
    return count;
  }

  usedOf(use: LimitUse): { readonly amount: bigint; readonly count: bigint } {
    return this.#find(use);
  }

  take(uses: readonly LimitUse[], amount: bigint): void {
    for (const use of uses) {
      const found = this.#find(use);
      // What only counts exchanges has no bound on their points, and a row has.
      found.amount = found.amount + amount > MAX_POINTS ? MAX_POINTS : found.amount + amount;
      found.count += 1n;
      found.isChanged = true;
    }
  }

  /** F2. A counter that was swept, or settled meanwhile, has nothing left to give. */
  giveBack(uses: readonly LimitUse[], amount: bigint): void {
    for (const use of uses) {
      const found = this.#find(use);
      found.amount = found.amount > amount ? found.amount - amount : 0n;
      found.count = found.count > 0n ? found.count - 1n : 0n;
      found.isChanged = true;
    }
  }

  changedCounters(): LimitCounter[] {
    return [...this.#counts.values()]
      .filter(({ isChanged }) => isChanged)
      .map(({ use, amount, count }) => ({ ...use, amount, count }));
  }
}

function describe(limit: CatalogLimit, used?: bigint): ExceededLimit {
  const { limitId: limit_id, measure, subject, value } = limit;
  const told = { limit_id, measure, subject, bound: String(value) };
  return used === undefined ? told : { ...told, used: String(used) };
}

function judge(
  limit: CatalogLimit,
  flow: Flow,
  available: bigint | undefined,
  book: LimitBook,
  now: Date,
): ExceededLimit | undefined {
  const { value, measure } = limit;
  const { amount } = flow;
  if (measure === "exchange_amount") return amount > value ? describe(limit) : undefined;
  if (measure === "balance_left") {
    // Where there is not even the amount, that is what is told.
    const isShort = available !== undefined && available >= amount && available - amount < value;
    return isShort ? describe(limit) : undefined;
  }
  const used = book.usedOf(useOf(limit, flow.userId, now));
  if (measure === "day_count") return used.count + 1n > value ? describe(limit, used.count) : undefined;
  return used.amount + amount > value ? describe(limit, used.amount) : undefined;
}

/**
 * The first limit that a flow would pass; undefined where there is none.
 * @param available what the account has; undefined where it is a partner's
 */
export function findExceededLimit(
  flow: Flow,
  available: bigint | undefined,
  book: LimitBook,
  catalog: LimitDirectory,
  now: Date,
): ExceededLimit | undefined {
  for (const limit of limitsOf(flow, catalog)) {
    const exceeded = judge(limit, flow, available, book, now);
    if (exceeded !== undefined) return exceeded;
  }
  return undefined;
}
