// Two nodes that agree on rates over a line that loses, doubles and delays, with clocks of their own that are wrong.
import { loadCatalog, readCatalogState } from "../../src/catalog/index.ts";
import { type Database, openDatabase } from "../../src/database/index.ts";
import {
  type AgreementCalls,
  decideRateChange,
  defaultAgreementSettings,
  defaultRateRules,
  RateAgreements,
  setRate,
} from "../../src/rates/index.ts";
import { AppError, createLog } from "../../src/system/index.ts";
import { listAgreements, listWaiting } from "./agreement-world-queries.ts";
import {
  keysOf,
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putRemote,
  putTestRoute,
} from "./partner-node.ts";
import { type ShiftedClock, shiftClock } from "./shifted-clock.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";
import { rateOf } from "./test-ledger.ts";

export const agreedPair = {
  sourceSystem: "shop",
  targetSystem: "airline",
  sourceCreditType: "coin",
  targetCreditType: "mile",
} as const;

/** What becomes of a call. `crash…`: the process that makes it dies, before or after it was answered. */
export const lineFaults = [
  "none",
  "lost",
  "answer_lost",
  "twice",
  "late",
  "crash_before",
  "crash_after",
] as const;
export type LineFault = (typeof lineFaults)[number];

export interface AgreementRowSeen {
  readonly agreement_id: string;
  readonly proposer_node: string;
  readonly operation_id: string;
  readonly state: string;
  readonly effective_at: Date | null;
  readonly is_settled: boolean;
}

class Crash extends Error {}

export class AgreementSide {
  readonly clock: ShiftedClock;
  readonly node: PartnerNode;
  readonly #late: (() => Promise<unknown>)[] = [];
  fault: LineFault = "none";
  /** What it has agreed never arrives. */
  losesAgreed = false;

  constructor(node: PartnerNode, clock: ShiftedClock) {
    this.node = node;
    this.clock = clock;
  }

  get database(): Database {
    return this.node.database;
  }

  /** Through the node's own signed line, but for the fault. */
  readonly #calls: AgreementCalls = {
    callThrough: async (systemId, path, body) => {
      const call = () => this.node.partners.lines.callThrough(systemId, path, body);
      const { fault } = this;
      if (fault === "crash_before") throw new Crash("before the call");
      const { state } = JSON.parse(Buffer.from(body).toString()) as { state: string };
      if (this.losesAgreed && state === "agreed") return { unknown: "lost" };
      if (fault === "lost") return { unknown: "lost" };
      if (fault === "late") {
        this.#late.push(call);
        return { unknown: "late" };
      }
      const result = await call();
      if (fault === "crash_after") throw new Crash("after the call");
      if (fault === "answer_lost") return { unknown: "the answer was lost" };
      return fault === "twice" ? call() : result;
    },
  };

  /** What one round of a process does that may die in it. */
  async tell(fault: LineFault = "none"): Promise<void> {
    this.fault = fault;
    const settings = { ...defaultAgreementSettings, shardCount: this.node.services.shardCount };
    const agreements = new RateAgreements(this.database, this.#calls, settings, createLog("silent"));
    // What is due only later, and what a process took up before it died, is due now.
    this.clock.offsetMs += 1;
    try {
      await agreements.tellDue();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    await agreements.stop();
  }

  async deliverLate(): Promise<void> {
    for (const call of this.#late.splice(0)) await call();
  }

  async propose(rate: string, wantedInMs?: number): Promise<string | undefined> {
    const now = await this.now();
    const { shardCount } = this.node.services;
    const change = {
      ...agreedPair,
      rate: rateOf(rate),
      rounding: "down",
      principal: "ann",
      agree: true,
    } as const;
    const effectiveAt = wantedInMs === undefined ? undefined : new Date(now.getTime() + wantedInMs);
    try {
      const { operationId, status } = await setRate(this.database, shardCount, { ...change, effectiveAt });
      if (status === "pending_approval") await this.decide(operationId, "approve", "bob");
      return operationId;
    } catch (error) {
      if (error instanceof AppError && error.code === "rate_change_under_way") return undefined;
      throw error;
    }
  }

  async decide(operationId: string, verdict: "approve" | "reject", principal: string): Promise<void> {
    const { shardCount } = this.node.services;
    try {
      await decideRateChange(
        this.database,
        shardCount,
        { operationId, verdict, principal },
        defaultRateRules,
      );
    } catch (error) {
      const known = ["rate_change_under_way", "four_eyes_required"];
      if (!(error instanceof AppError) || !known.includes(error.code)) throw error;
    }
  }

  /** Two persons of this node say the same of whatever waits for them. */
  async decideAll(verdict: "approve" | "reject", isPartners: boolean): Promise<void> {
    for (const { operation_id: id, principal } of await this.waiting()) {
      if (principal.startsWith("partner ") !== isPartners) continue;
      for (const person of ["cid", "dan"]) await this.decide(id, verdict, person);
    }
  }

  waiting() {
    return this.database.transaction((transaction) =>
      transaction.query<{ operation_id: string; status: string; principal: string }>(listWaiting),
    );
  }

  agreements(): Promise<AgreementRowSeen[]> {
    return this.database.transaction((transaction) => transaction.query<AgreementRowSeen>(listAgreements));
  }

  async now(): Promise<Date> {
    return (await this.database.transaction(readCatalogState)).now;
  }

  /** The rate in force by this side's clock, and those at which it takes credits. */
  async rates(): Promise<{ readonly inForce: string | undefined; readonly taken: readonly number[] }> {
    return this.database.transaction(async (transaction) => {
      const { now } = await readCatalogState(transaction);
      const catalog = await loadCatalog(transaction);
      const { sourceSystem, targetSystem, sourceCreditType, targetCreditType } = agreedPair;
      const pair = [sourceSystem, targetSystem, sourceCreditType, targetCreditType] as const;
      const taken = catalog.agreedRates(...pair, now).map(({ text }) => Number(text));
      return { inForce: catalog.rate(...pair, now)?.rate.text, taken };
    });
  }
}

export class AgreementWorld {
  readonly source: AgreementSide;
  readonly target: AgreementSide;
  readonly #places: readonly TestDatabase[];
  readonly #databases: readonly Database[];

  constructor(sides: readonly [AgreementSide, AgreementSide], places: TestDatabase[], databases: Database[]) {
    [this.source, this.target] = sides;
    this.#places = places;
    this.#databases = databases;
  }

  get sides(): readonly [AgreementSide, AgreementSide] {
    return [this.source, this.target];
  }

  otherOf(side: AgreementSide): AgreementSide {
    return side === this.source ? this.target : this.source;
  }

  moveOn(ms: number): void {
    for (const { clock } of this.sides) clock.offsetMs += ms;
  }

  /** What must hold at every moment; a text tells what does not. */
  async findFault(): Promise<string | undefined> {
    const { inForce } = await this.source.rates();
    const { taken } = await this.target.rates();
    if (inForce !== undefined && !taken.some((rate) => rate >= Number(inForce))) {
      return `the source uses ${inForce}, and the target takes ${taken.join(", ")}`;
    }
    const [left, right] = await Promise.all([this.source.agreements(), this.target.agreements()]);
    return findUnknown(left, right) ?? findUnknown(right, left);
  }

  async close(): Promise<void> {
    for (const { node } of this.sides) await node.close();
    for (const database of this.#databases) await database.close();
    for (const place of this.#places) await place.drop();
  }
}

/** A change that is agreed on one side is promised or agreed on the other, and one that an acceptor has agreed too. */
function findUnknown(
  own: readonly AgreementRowSeen[],
  other: readonly AgreementRowSeen[],
): string | undefined {
  for (const row of own.filter(({ state }) => state === "agreed")) {
    const there = other.find(({ agreement_id: id }) => id === row.agreement_id);
    const isPromised = there?.proposer_node !== "" && there?.state === "accepted";
    const isKnown = there?.state === "agreed" || isPromised;
    if (!isKnown) return `${row.agreement_id} is agreed here and ${there?.state ?? "unknown"} there`;
  }
  return undefined;
}

/** @param firstRate in force on both sides to begin with */
export async function openAgreementWorld(firstRate: string): Promise<AgreementWorld> {
  const places: TestDatabase[] = [];
  const databases: Database[] = [];
  const openSide = async () => {
    const place = await createTestDatabase();
    const database = await openDatabase({ url: place.url, connectionsMax: 4 });
    places.push(place);
    databases.push(database);
    const clock = { offsetMs: 0 };
    // Its own rounds never come: tests make them.
    const rateAgreements = { pollIntervalMs: 2 ** 30 };
    return new AgreementSide(await openPartnerNode(shiftClock(database, clock), { rateAgreements }), clock);
  };
  const [shop, airline] = [await openSide(), await openSide()];
  await putHosted(shop.node, "shop", "coin");
  await putHosted(airline.node, "airline", "mile");
  const remote = async (node: PartnerNode, systemId: string, creditTypeId: string) => ({
    systemId,
    creditTypeId,
    baseUrl: node.url,
    keys: await keysOf(node),
  });
  await putRemote(shop.node, await remote(airline.node, "airline", "mile"));
  await putRemote(airline.node, await remote(shop.node, "shop", "coin"));
  const route = { source: ["shop", "coin"], target: ["airline", "mile"], rate: firstRate } as const;
  for (const { node } of [shop, airline]) await putTestRoute(node, route);
  return new AgreementWorld([shop, airline], places, databases);
}
