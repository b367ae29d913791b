// The log is searched through its indexes: whatever is asked for, however rare or old, PostgreSQL reads a few
// hundred pages of a table of thousands, with statistics and without them. POINTBRIDGE_LOG_OPERATIONS=10000000 makes
// the same of ten million operations, in some minutes, and prints how long each search takes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Database,
  migrate,
  openDatabase,
  type Parameter,
  type Row,
  type Statement,
  type Transaction,
} from "../../src/database/index.ts";
import { listOperations, type OperationFilter } from "../../src/operations/index.ts";
import {
  analyzeLog,
  createIndex,
  dropIndex,
  explained,
  fillLog,
  listLogIndexes,
} from "../support/log-plan-queries.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const OPERATIONS = Number(process.env["POINTBRIDGE_LOG_OPERATIONS"] ?? 100_000);
const isLarge = OPERATIONS > 100_000;
/** A user's share of the operations, up to a page. */
const ofUser = Math.min(101, OPERATIONS / 50_000);
/** The whole table has more than 4000. */
const PAGES_MAX = 400;

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  readonly Plans?: readonly PlanNode[];
}

let place: TestDatabase;
let database: Database;

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** Searches, with a plan of each statement that the search sends. */
async function planSearch(filter: OperationFilter): Promise<{ plans: PlanNode[]; found: number }> {
  const plans: PlanNode[] = [];
  const found = await database.transaction((transaction) => {
    const watched: Transaction = {
      async query<R extends object = Row>(...[statement, parameters]: Parameters<Transaction["query"]>) {
        const [row] = await transaction.query<{ "QUERY PLAN": readonly { readonly Plan: PlanNode }[] }>(
          explained(statement),
          parameters,
        );
        const plan = row?.["QUERY PLAN"][0]?.Plan;
        if (plan === undefined) throw new Error(`${statement.name} has no plan`);
        plans.push(plan);
        return transaction.query<R>(statement, parameters);
      },
      send: () => {
        throw new Error("a search writes nothing");
      },
    };
    return listOperations(watched, 1, filter);
  });
  return { plans, found: found.length };
}

const last = new Date(Date.UTC(2026, 0, 1) + OPERATIONS * 100);
const middle = new Date(Date.UTC(2026, 0, 1) + OPERATIONS * 50);
const searches: readonly (readonly [name: string, filter: Omit<OperationFilter, "limit">, found: number])[] =
  [
    ["nothing in particular", {}, 101],
    ["a later page", { before: { createdAt: middle, operationId: "fill-100000" } }, 101],
    ["a window", { createdAfter: new Date(middle.getTime() - 500), createdBefore: middle }, 5],
    ["a window after the last", { createdAfter: last }, 0],
    ["a common type", { kinds: ["exchange"] }, 101],
    ["a rare type", { kinds: ["rate_change"] }, 20],
    ["a type that there is none of", { kinds: ["hold"] }, 0],
    ["what failed", { statuses: ["failed", "released", "expired", "rolled_back"] }, 20],
    ["exchanges that failed", { kinds: ["exchange"], statuses: ["failed"] }, 20],
    ["what is under way", { statuses: ["processing", "held"], isRetrying: false }, 10],
    ["what is asked again", { statuses: ["processing", "needs_attention"], isRetrying: true }, 0],
    ["what is done", { statuses: ["completed", "captured"] }, 101],
    ["a user", { userId: "u45" }, ofUser],
    ["a user's failures", { userId: "u45", statuses: ["failed"] }, 1],
    ["nobody", { userId: "nobody" }, 0],
    ["a common source", { sourceSystem: "shop" }, 101],
    ["a rare source", { sourceSystem: "rare" }, 10],
    ["a common target", { targetSystem: "club" }, 101],
    ["a rare target", { targetSystem: "seldom" }, 10],
    ["a common pair", { sourceSystem: "shop", targetSystem: "club" }, 101],
    ["a rare pair of common systems' kind", { sourceSystem: "shop", targetSystem: "seldom" }, 10],
    [
      "a rare type of a common pair",
      { sourceSystem: "shop", targetSystem: "club", kinds: ["rate_change"] },
      20,
    ],
    ["a system that there is none of", { sourceSystem: "nowhere" }, 0],
    ["a business reference", { business: { code: "order", id: "b25" } }, 1],
  ];

/** A large table is filled first and indexed then, which is several times faster. */
function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function fill(): Promise<void> {
  const startMs = performance.now();
  const run = (statement: Statement, parameters?: readonly Parameter[]) =>
    database.transaction((transaction) => transaction.query(statement, parameters));
  const indexes = isLarge
    ? await database.transaction((tx) => tx.query<{ name: string; definition: string }>(listLogIndexes))
    : [];
  for (const { name } of indexes) await run(dropIndex(name));
  const chunk = 1_000_000;
  for (let from = 0; from < OPERATIONS; from += chunk) {
    await run(fillLog, [1, from, Math.min(from + chunk, OPERATIONS) - 1]);
  }
  for (const { definition } of indexes) await run(createIndex(definition));
  if (isLarge) say(`${OPERATIONS} operations in ${Math.round((performance.now() - startMs) / 1000)} s`);
}

beforeAll(async () => {
  place = await createTestDatabase();
  const statementTimeoutMs = isLarge ? 600_000 : undefined;
  database = await openDatabase({
    url: place.url,
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
  });
  await migrate(database, 1);
  await fill();
}, 1_800_000);
afterAll(async () => {
  await database.close();
  await place.drop();
});

async function printTime(state: string, name: string, filter: Omit<OperationFilter, "limit">): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const startMs = performance.now();
    await database.transaction((transaction) => listOperations(transaction, 1, { ...filter, limit: 101 }));
    times.push(performance.now() - startMs);
  }
  const [least = 0] = times.sort((left, right) => left - right);
  say(`${state}: ${name}: ${(times[2] ?? 0).toFixed(1)} ms, at best ${least.toFixed(1)} ms`);
}

describe.each(["without statistics", "with statistics"])("plans %s", (state) => {
  beforeAll(async () => {
    if (state === "with statistics") {
      await database.transaction((transaction) => transaction.query(analyzeLog));
    }
  });

  it.each(searches)("O4: %s", async (name, filter, expected) => {
    const { plans, found } = await planSearch({ ...filter, limit: 101 });
    expect(found).toBe(expected);
    if (isLarge) await printTime(state, name, filter);
    const nodes = plans.flatMap(nodesOf);
    const reads = nodes.filter((node) => node["Relation Name"] === "operations");
    expect(reads.length).toBeGreaterThan(0);
    for (const read of reads) expect(read["Node Type"]).toMatch(/Index/);
    const pages = plans.reduce(
      (sum, plan) => sum + plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
      0,
    );
    expect(pages).toBeLessThan(PAGES_MAX);
  });
});
