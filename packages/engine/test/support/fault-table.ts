// Every call of the protocol with one fault: exchanges that come to that call, the fault on it for a while or until
// it is ended, and what has to hold while it lasts and afterwards.
import { deepStrictEqual } from "node:assert/strict";
import type { PxpCallName } from "@pointbridge/protocol/pxp";
import { defaultLadder, type Ladder } from "../../src/domain/index.ts";
import { batchFaults, type Fault, lies, orderFaults, statusFaults, wireFaults } from "./partner-faults.ts";
import { openPartnerNode, type PartnerNode, type PartnerNodeOptions } from "./partner-node.ts";
import type { AskedExchange, PartnerWorld, RouteName } from "./partner-world.ts";
import type { Script, SeenCall } from "./scriptable-partner.ts";

/** Minutes become milliseconds. A timing never decides whether a test passes, only which way an exchange ends. */
export const tableLadder: Ladder = {
  ...defaultLadder,
  delaysMs: [3, 5, 10, 20, 40],
  undoAfterMs: 250,
  alarmAfterMs: 350,
  leaseMs: 2_000,
};
/** With a breaker that never opens: every exchange is to meet its own fault. */
export const tableHub: PartnerNodeOptions = {
  ladder: tableLadder,
  timeoutMs: 100,
  lines: { failuresMax: Number.MAX_SAFE_INTEGER, placesMax: 64 },
  crossings: { callsMax: 64, probeIntervalMs: 1_000 },
};

function nameFault(fault: Fault): string {
  if (fault.hasEffect === undefined) return fault.kind;
  return `${fault.kind} ${fault.hasEffect ? "after" : "instead of"} the effect`;
}

export type TableFault = readonly [name: string, fault: Fault];

export const tableFaults: readonly TableFault[] = [
  ...[...wireFaults, ...orderFaults, ...lies, ...batchFaults].map((kind): Fault => ({ kind })),
  ...statusFaults.flatMap((kind): Fault[] => [
    { kind, hasEffect: true },
    { kind, hasEffect: false },
  ]),
].map((fault) => [nameFault(fault), fault] as const);

/** The embedded database works in this process, so that everything else waits for it. */
export const embeddedTableHub: PartnerNodeOptions = {
  ...tableHub,
  ladder: { ...tableLadder, delaysMs: [20, 50, 100, 200], undoAfterMs: 800, alarmAfterMs: 1_200 },
  timeoutMs: 600,
};

interface CallRow {
  readonly call: PxpCallName;
  readonly route: RouteName;
  /** How many exchanges go together. */
  readonly count: number;
  /** The target refuses the user, so that the source has to be released. */
  readonly isRefused?: boolean;
  /** The credit's outcome stays unknown, so that it has to be undone; it has its effect, or not. */
  readonly credit?: "there" | "not_there" | "spent";
}

const rows: readonly CallRow[] = [
  { call: "holds", route: "in", count: 1 },
  { call: "holds/capture", route: "in", count: 1 },
  { call: "holds/capture", route: "between", count: 1 },
  { call: "holds/release", route: "between", count: 1, isRefused: true },
  { call: "credits", route: "out", count: 1 },
  { call: "credits", route: "between", count: 1 },
  { call: "credits/rollback", route: "out", count: 1, credit: "there" },
  { call: "credits/rollback", route: "between", count: 1, credit: "not_there" },
  { call: "credits/rollback", route: "out", count: 1, credit: "spent" },
  { call: "users", route: "provisioned", count: 1 },
  { call: "batch", route: "batchOut", count: 4 },
  { call: "batch", route: "batchIn", count: 4 },
];

interface PlannedFault {
  readonly call: PxpCallName;
  left: number;
}

/** The exchanges of a table, and the fault on the call that each of them comes to. */
class TablePlan {
  readonly exchanges: AskedExchange[] = [];
  /** Those whose fault goes on until it is ended. */
  readonly lasting: string[] = [];
  /** Those of whose exchanges one has met the fault. */
  readonly met = new Set<CallRow>();
  readonly #rowOf = new Map<string, CallRow>();
  readonly #planned = new Map<string, PlannedFault>();
  readonly #unknownCredits = new Map<string, Fault>();
  readonly #spenders = new Set<string>();
  readonly #world: PartnerWorld;
  readonly #fault: Fault;

  constructor(world: PartnerWorld, fault: Fault) {
    this.#world = world;
    this.#fault = fault;
  }

  add(row: CallRow, id: string, isLasting: boolean): void {
    const metadata = { zone: 1, a: [id], order: { b: 1, a: 2 } };
    this.exchanges.push({ id, route: row.route, userId: id, amount: 100, metadata });
    this.#rowOf.set(id, row);
    this.#planned.set(id, { call: row.call, left: isLasting ? Number.POSITIVE_INFINITY : 2 });
    if (row.credit !== undefined) {
      this.#unknownCredits.set(id, { kind: "server_error", hasEffect: row.credit !== "not_there" });
    }
    if (row.credit === "spent") this.#spenders.add(id);
    if (row.isRefused === true) this.#world.partners.hotel.ledger.blocked.set(id, "user_closed");
    if (isLasting) this.lasting.push(id);
  }

  /** The member is quicker than the rollback. */
  #spendFirst(ids: readonly string[]): void {
    const { ledger } = this.#world.partners.airline;
    for (const id of ids) if (this.#spenders.delete(id)) ledger.spend(id, ledger.accountOf(id).available);
  }

  readonly script: Script = (seen: SeenCall) => {
    if (seen.call === "credits/rollback") this.#spendFirst(seen.ids);
    const id = seen.ids.find((one) => this.#planned.get(one)?.call === seen.call);
    const planned = id === undefined ? undefined : this.#planned.get(id);
    if (planned !== undefined && planned.left > 0) {
      for (const one of seen.ids) {
        const row = this.#rowOf.get(one);
        if (row !== undefined) this.met.add(row);
      }
      planned.left -= 1;
      return this.#fault;
    }
    return seen.call === "credits" ? this.#unknownCredits.get(seen.ids[0] ?? "") : undefined;
  };
}

let exchangeCount = 0;

async function planTable(world: PartnerWorld, fault: Fault, wanted: readonly CallRow[]): Promise<TablePlan> {
  const plan = new TablePlan(world, fault);
  for (const row of wanted) {
    for (const isLasting of [false, true]) {
      for (let index = 0; index < row.count; index += 1) {
        exchangeCount += 1;
        plan.add(row, `e${exchangeCount}`, isLasting);
      }
    }
  }
  await world.openUsers(plan.exchanges.map(({ userId }) => userId));
  const provisioned = plan.exchanges.filter(({ route }) => route === "provisioned");
  await world.putProfiles(provisioned.map(({ userId }) => userId));
  return plan;
}

/** @returns the rows that have met the fault */
async function playRows(
  world: PartnerWorld,
  fault: Fault,
  wanted: readonly CallRow[],
): Promise<ReadonlySet<CallRow>> {
  const plan = await planTable(world, fault, wanted);
  for (const partner of world.all) partner.script = plan.script;
  await world.ask(plan.exchanges);
  // However long it lasts: an end, or a person is called while the hold stands.
  const during = await world.until(plan.lasting, ({ status }) => status !== "processing");
  const ids = plan.exchanges.map(({ id }) => id);
  deepStrictEqual(during.map((operation) => world.findFault(operation)).filter(Boolean), []);
  world.endFaults();
  await world.ended(ids);
  await world.requireEqual(ids);
  return plan.met;
}

/** Plays one fault on every call, and requires what has to hold of its exchanges. */
export async function playFault(world: PartnerWorld, fault: Fault): Promise<void> {
  let wanted = rows;
  // On a slow machine one may be undone before its call has come to its turn.
  for (let round = 1; round <= 5 && wanted.length > 0; round += 1) {
    const met = await playRows(world, fault, wanted);
    wanted = wanted.filter((row) => !met.has(row));
  }
  await world.requireShopSum(world.asked);
  // A fault that was never met proves nothing.
  deepStrictEqual(wanted, []);
}

/** @returns how many questions met the fault */
async function askWithNodeFault(world: PartnerWorld, hub: PartnerNode, fault: Fault): Promise<number> {
  const exchanges = Array.from({ length: 6 }, (): AskedExchange => {
    exchangeCount += 1;
    return { id: `n${exchangeCount}`, route: "batchOut", userId: `n${exchangeCount}`, amount: 100 };
  });
  await world.openUsers(exchanges.map(({ userId }) => userId));
  let metCount = 0;
  world.partners.railway.script = ({ call }) => {
    if (call !== "node" || metCount > 2) return undefined;
    metCount += 1;
    return fault;
  };
  await world.ask(exchanges, hub);
  const ids = exchanges.map(({ id }) => id);
  await world.ended(ids);
  world.endFaults();
  await world.requireEqual(ids);
  return metCount;
}

/** Plays one fault on the question what a partner is, which a fresh hub asks before its first batch. */
export async function playNodeFault(world: PartnerWorld, fault: Fault): Promise<void> {
  let metCount = 0;
  // Where the other hub was quicker, nothing was asked.
  for (let round = 1; round <= 5 && metCount === 0; round += 1) {
    const hub = await openPartnerNode(world.hub.database, tableHub);
    try {
      metCount = await askWithNodeFault(world, hub, fault);
    } finally {
      await hub.close();
    }
  }
  deepStrictEqual(metCount > 0, true);
}
