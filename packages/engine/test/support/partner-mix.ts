// A seeded random mix of everything that can go wrong between a hub and its partners, over many exchanges at once.
import { deepStrictEqual } from "node:assert/strict";
import { defaultLadder } from "../../src/domain/index.ts";
import { type Fault, type FaultKind, faultKinds, statusFaults } from "./partner-faults.ts";
import type { PartnerNodeOptions } from "./partner-node.ts";
import { type AskedExchange, type PartnerWorld, type RouteName, worldRoutes } from "./partner-world.ts";
import type { ScriptablePartner } from "./scriptable-partner.ts";

export const mixHub: PartnerNodeOptions = {
  ladder: {
    ...defaultLadder,
    delaysMs: [10, 20, 50, 100, 200, 400],
    undoAfterMs: 700,
    alarmAfterMs: 2_500,
    leaseMs: 3_000,
  },
  timeoutMs: 400,
};

export interface MixReport {
  readonly exchanges: number;
  readonly completed: number;
  readonly failed: number;
  /** How many needed a person's attention when the faults ended. */
  readonly needsAttention: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly outages: number;
  readonly skews: number;
  readonly seconds: number;
}

export type Random = () => number;

/** The same numbers for the same seed (xorshift). */
export function randomOf(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error("there is nothing to pick from");
  return one;
}

// What is silent costs its timeout, so that it is drawn less often.
const silent: readonly FaultKind[] = ["request_lost", "answer_lost", "answer_late", "delivered_late"];
const drawn: readonly FaultKind[] = faultKinds.flatMap((kind) =>
  silent.includes(kind) ? [kind] : [kind, kind, kind],
);

function drawFault(random: Random): Fault {
  const kind = pick(random, drawn);
  const hasEffect = (statusFaults as readonly string[]).includes(kind) ? { hasEffect: random() < 0.5 } : {};
  const isQuiet = kind === "too_many" && random() < 0.02;
  return {
    kind,
    lateMs: Math.floor(200 + random() * 2_000),
    ...hasEffect,
    ...(isQuiet ? { retryAfterSeconds: 1 } : {}),
  };
}

const users = Array.from({ length: 40 }, (_, index) => `m${index}`);
const refusedUsers = users.slice(0, 3);

class Mix {
  readonly #world: PartnerWorld;
  readonly #random: Random;
  readonly #prefix: string;
  outages = 0;
  skews = 0;
  #isOver = false;

  constructor(world: PartnerWorld, seed: number) {
    this.#world = world;
    this.#random = randomOf(seed);
    this.#prefix = `s${seed}-`;
  }

  async prepare(): Promise<void> {
    await this.#world.openUsers(users, 1_000_000_000);
    // The last ones are nobody that could be created.
    await this.#world.putProfiles(users.slice(0, -3));
    for (const partner of this.#world.all) {
      for (const userId of refusedUsers) partner.ledger.blocked.set(`${userId}-at-hotel`, "user_closed");
      partner.script = ({ call }) => {
        if (call === "credits/rollback" || call === "batch") this.#spendSome(partner);
        return this.#random() < 0.25 ? drawFault(this.#random) : undefined;
      };
    }
    this.#world.partners.airline.ledger.blocked.set(users[5] ?? "", "user_closed");
  }

  /** Members spend what they have, so that some credits can't be taken back. */
  #spendSome({ ledger }: ScriptablePartner): void {
    if (this.#random() > 0.1) return;
    const userId = pick(this.#random, [...ledger.accounts.keys()]);
    ledger.spend(userId, ledger.accountOf(userId).available);
  }

  exchangeOf(number: number): AskedExchange {
    const route = pick(this.#random, Object.keys(worldRoutes) as RouteName[]);
    const amount = 3 + Math.floor(this.#random() * 500);
    const metadata = this.#random() < 0.3 ? { zone: number, code: { y: "1", x: null } } : undefined;
    const one = { id: `${this.#prefix}${number}`, route, userId: pick(this.#random, users), amount };
    return metadata === undefined ? one : { ...one, metadata };
  }

  /** Now and then a partner is away for a while, or its clock is off. */
  async disturb(): Promise<void> {
    while (!this.#isOver) {
      await new Promise((resolve) => setTimeout(resolve, 300 + this.#random() * 1_500));
      if (this.#isOver) return;
      const partner = pick(this.#random, this.#world.all);
      const lastsMs = 50 + this.#random() * 700;
      if (this.#random() < 0.6) {
        this.outages += 1;
        await partner.refuseConnections();
      } else {
        this.skews += 1;
        partner.clockOffsetMs = this.#random() < 0.5 ? -600_000 : 600_000;
      }
      await new Promise((resolve) => setTimeout(resolve, lastsMs));
      partner.clockOffsetMs = 0;
      await partner.acceptConnections();
    }
  }

  endDisturbing(): void {
    this.#isOver = true;
  }
}

async function findUnderWay(world: PartnerWorld, ids: readonly string[]): Promise<string[]> {
  const operations = await world.read(ids);
  return operations
    .filter(({ status }) => status === "processing" || status === "needs_attention")
    .map(({ operationId }) => operationId);
}

/** Asks for as many exchanges as there is room for, until all were asked for and nearly all have ended. */
async function askAll(world: PartnerWorld, mix: Mix, count: number, atOnce: number): Promise<string[]> {
  const ids: string[] = [];
  let open: string[] = [];
  while (ids.length < count) {
    const wave = Array.from({ length: Math.min(100, count - ids.length) }, (_, index) =>
      mix.exchangeOf(ids.length + index),
    );
    await world.ask(wave);
    ids.push(...wave.map(({ id }) => id));
    open.push(...wave.map(({ id }) => id));
    const isLast = ids.length === count;
    for (let look = 0; look < 400; look += 1) {
      open = await findUnderWay(world, open);
      if (open.length <= (isLast ? count / 50 : atOnce)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return ids;
}

function countFaults(world: PartnerWorld): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const partner of world.all) {
    for (const [kind, count] of partner.injected) counts[kind] = (counts[kind] ?? 0) + count;
  }
  return counts;
}

/** Plays the mix and requires that the ledgers are equal during it and after it. */
export async function playMix(world: PartnerWorld, seed: number, count: number): Promise<MixReport> {
  const startedMs = Date.now();
  const mix = new Mix(world, seed);
  await mix.prepare();
  const disturbing = mix.disturb();
  const ids = await askAll(world, mix, count, 200);
  const during = await world.read(ids);
  deepStrictEqual(during.map((operation) => world.findFault(operation)).filter(Boolean), []);
  mix.endDisturbing();
  await disturbing;
  const alarmed = (await world.read(ids)).filter(({ status }) => status === "needs_attention").length;
  world.endFaults();
  const operations = await world.ended(ids, 60_000);
  world.endFaults();
  await world.requireEqual(ids);
  await world.requireShopSum(world.asked);
  return {
    exchanges: operations.length,
    completed: operations.filter(({ status }) => status === "completed").length,
    failed: operations.filter(({ status }) => status === "failed").length,
    needsAttention: alarmed,
    faults: countFaults(world),
    outages: mix.outages,
    skews: mix.skews,
    seconds: Math.round((Date.now() - startedMs) / 1000),
  };
}
