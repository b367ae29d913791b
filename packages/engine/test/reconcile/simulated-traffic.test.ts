// Every kind of difference planted at random among traffic that goes on while both sides are read: all of them are
// found, each as what it is, and nothing else. The sides are in memory and time is counted, so that hundreds of days pass
// in a second.
import { describe, expect, it } from "vitest";
import type { Database } from "../../src/database/index.ts";
import { readFindings } from "../../src/reconcile/check-step.ts";
import { ExchangeLeg } from "../../src/reconcile/exchange-leg.ts";
import { type ComparedRow, judgeRows, type MismatchType } from "../../src/reconcile/matching.ts";
import type { OwnSide } from "../../src/reconcile/own-exchanges.ts";
import { comparePlaces, type NewCandidate } from "../../src/reconcile/sides.ts";
import type { LegRow, PartnerSide } from "../../src/summaries/index.ts";

const MINUTE_MS = 60_000;
const GRACE_MS = 15 * MINUTE_MS;
const START_MS = Date.parse("2026-11-23T12:00:00.000Z");
const SKEW_MS = 5_000;
const seeds = Number(process.env["POINTBRIDGE_TEST_SOAK"] === "1" ? 2_000 : 20);

/** Numbers in [0, 1), the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Plant = MismatchType | "stuck" | undefined;

interface SimulatedExchange {
  readonly id: string;
  /** By the hub's clock. */
  readonly createdMs: number;
  /** When the target has credited it, and when the hub has heard so; in true time. */
  readonly creditedMs: number;
  readonly completedMs: number;
  readonly amount: bigint;
  readonly plant: Plant;
}

const plants: readonly Plant[] = [
  "missing_in_source",
  "missing_in_target",
  "amount_mismatch",
  "status_mismatch",
  "rate_mismatch",
  "duplicate_id",
  "wrong_account",
  "stuck",
];

class SimulatedWorld {
  readonly exchanges: SimulatedExchange[];
  readonly #random: () => number;
  nowMs = START_MS;

  constructor(seed: number) {
    this.#random = randomOf(seed);
    const random = this.#random;
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    this.exchanges = Array.from({ length: 400 }, (_, index): SimulatedExchange => {
      // Many are made while the sides are read.
      const isNew = random() < 0.4;
      const beganMs = isNew
        ? START_MS + random() * MINUTE_MS
        : START_MS - 60 * MINUTE_MS + random() * 60 * MINUTE_MS;
      // Half of them come back at once, the others up to ten minutes late.
      const creditedMs = beganMs + (random() < 0.5 ? random() * 50 : random() * 5 * MINUTE_MS);
      const completedMs = creditedMs + (random() < 0.5 ? random() * 50 : random() * 5 * MINUTE_MS);
      const isOld = beganMs < START_MS - 20 * MINUTE_MS;
      const plant = isOld && random() < 0.06 ? pick(plants) : undefined;
      // Many at one moment, as a batch is.
      const createdMs = Math.floor((beganMs + SKEW_MS) / 50) * 50;
      const amount = BigInt(Math.floor(random() * 1_000) + 1) * 100n;
      return { id: `e${index}`, createdMs, creditedMs, completedMs, amount, plant };
    });
  }

  /** Time passes whenever somebody looks. */
  pass(): void {
    this.nowMs += Math.floor(this.#random() * 2_000);
  }

  get hubNow(): Date {
    return new Date(this.nowMs + SKEW_MS);
  }

  ourRow(one: SimulatedExchange): ComparedRow | undefined {
    if (one.createdMs > this.nowMs + SKEW_MS || one.plant === "missing_in_source") return undefined;
    const isCompleted = one.completedMs <= this.nowMs && one.plant !== "stuck";
    return {
      operationId: one.id,
      userId: "u1",
      creditTypeId: "mile",
      amount: one.amount,
      outcome: isCompleted ? "moved" : "open",
      state: isCompleted ? "completed" : "crediting",
      initiatedAt: new Date(one.createdMs),
      sourceAmount: one.amount,
      rate: "1",
    };
  }

  theirRows(one: SimulatedExchange): LegRow[] {
    if (one.creditedMs > this.nowMs || one.plant === "missing_in_target") return [];
    const amount = one.plant === "amount_mismatch" ? one.amount + 1n : one.amount;
    const row: LegRow = {
      operationId: one.id,
      userId: one.plant === "wrong_account" ? "u2" : "u1",
      creditTypeId: "mile",
      amount: one.plant === "rate_mismatch" ? one.amount * 2n : amount,
      outcome: one.plant === "status_mismatch" ? "rolled_back" : "completed",
      standing: "moved",
      isEnded: true,
      initiatedAt: new Date(one.createdMs),
      completedAt: null,
      exchangeRate: one.plant === "rate_mismatch" ? "2" : "1",
    };
    return one.plant === "duplicate_id" ? [row, row] : [row];
  }

  get expected(): Map<string, MismatchType> {
    const planted = this.exchanges.filter(({ plant }) => plant !== undefined);
    return new Map(
      planted.map(({ id, plant }) => [id, plant === "stuck" ? "status_mismatch" : (plant as MismatchType)]),
    );
  }
}

function inOrder<T extends { readonly initiatedAt: Date; readonly operationId: string }>(rows: T[]): T[] {
  return rows.sort(comparePlaces);
}

function ownSideOf(world: SimulatedWorld): OwnSide {
  return {
    async list({ startTime, endTime }, { after, until, limit }) {
      world.pass();
      const rows = world.exchanges.map((one) => world.ourRow(one)).filter((row) => row !== undefined);
      const within = inOrder(rows).filter(
        (row) =>
          row.initiatedAt >= startTime &&
          row.initiatedAt < endTime &&
          (after === undefined || comparePlaces(row, after) > 0) &&
          (until === undefined || comparePlaces(row, until) <= 0),
      );
      return within.slice(0, limit).map((row) => ({ row, isExpected: true }));
    },
    async find(ids) {
      world.pass();
      const wanted = new Set(ids);
      const rows = world.exchanges
        .filter(({ id }) => wanted.has(id))
        .map((one) => world.ourRow(one))
        .filter((row) => row !== undefined);
      return new Map(
        rows.map((row) => [
          row.operationId,
          { row, updatedAtMs: row.outcome === "open" ? 0 : 1, evidenceId: undefined },
        ]),
      );
    },
  };
}

function partnerSideOf(world: SimulatedWorld): PartnerSide {
  return {
    leg: { kind: "credits", sourceSystem: "shop", targetSystem: "airline" },
    levelMax: 0,
    traffic: { trips: 0, bytesSent: 0, bytesReceived: 0 },
    async *list({ startTime, endTime }) {
      let after: LegRow | undefined;
      for (;;) {
        world.pass();
        const rows = inOrder(world.exchanges.flatMap((one) => world.theirRows(one)));
        const rest = rows.filter(
          (row) =>
            row.initiatedAt >= startTime &&
            row.initiatedAt < endTime &&
            (after === undefined || comparePlaces(row, after) > 0),
        );
        const page = rest.slice(0, 37);
        if (page.length === 0) return;
        // A page does not end between two of one place.
        const last = page.at(-1);
        const doubles = rest.slice(37).filter((row) => last !== undefined && comparePlaces(row, last) === 0);
        yield [...page, ...doubles];
        after = last;
      }
    },
    readRows: async () => [],
    readCompleteUntil: async () => undefined,
  };
}

/** Reads the database's clock only. */
function clockOf(world: SimulatedWorld): Database {
  const transaction = { query: async () => [{ now: world.hubNow }] };
  return { transaction: (work: (one: unknown) => unknown) => work(transaction) } as unknown as Database;
}

interface Outcome {
  readonly found: Map<string, MismatchType>;
  /** What differed at first sight only. */
  readonly lateCount: number;
}

async function reconcile(world: SimulatedWorld): Promise<Outcome> {
  const source = new ExchangeLeg({
    leg: "target_credits",
    theirSide: "target",
    ours: ownSideOf(world),
    theirs: partnerSideOf(world),
    window: { startTime: new Date(0), endTime: new Date(START_MS + 24 * 60 * MINUTE_MS) },
  });
  const leg = {
    source,
    counted: { ours: undefined, theirs: undefined },
    otherRates: [],
    candidatesMax: 1_000,
  };
  const candidates = new Map<string, NewCandidate>();
  for await (const { pairs } of source.compare({})) {
    const context = { theirSide: "target", now: world.hubNow, graceMs: GRACE_MS, otherRates: [] } as const;
    for (const { ours, theirs } of pairs) {
      const [row = ours] = theirs;
      if (row === undefined || judgeRows(ours, theirs, context).kind !== "mismatch") continue;
      candidates.set(row.operationId, { operationId: row.operationId, initiatedAt: row.initiatedAt });
    }
  }
  const place = { database: clockOf(world), graceMs: GRACE_MS };
  const again = [...candidates.values()].map((one) => ({
    operationId: one.operationId,
    times: [one.initiatedAt],
  }));
  const findings = await readFindings(place, leg, again);
  const found = new Map<string, MismatchType>();
  for (const [id, { verdict }] of findings) if (verdict.kind === "mismatch") found.set(id, verdict.type);
  return { found, lateCount: candidates.size - found.size };
}

describe("differences among traffic, clocks 5 s apart, completions up to 10 minutes late", () => {
  it(`finds every planted one as what it is and no other, seeds 1 to ${seeds} (M1, M3, C1, C2)`, async () => {
    let plantedCount = 0;
    let agreedCount = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const world = new SimulatedWorld(seed);
      const { found, lateCount } = await reconcile(world);
      agreedCount += lateCount;
      const sorted = (map: Map<string, MismatchType>) =>
        [...map].sort(([left], [right]) => (left < right ? -1 : 1));
      expect({ seed, found: sorted(found) }).toEqual({ seed, found: sorted(world.expected) });
      plantedCount += found.size;
    }
    expect(plantedCount).toBeGreaterThan(seeds);
    // Without the second look these would have been false ones.
    expect(agreedCount).toBeGreaterThan(0);
  });
});
