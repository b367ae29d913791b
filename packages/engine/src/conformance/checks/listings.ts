// Checks of /pxp/v1/operations: what a reconciliation reads. Each makes rows of its own in a second of its own.
import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Fields, isFields } from "../answer.ts";
import { operationsBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import { openAgain, type Side, undo, undoWhereAllowed } from "../side.ts";
import type { Trial } from "../trial.ts";

interface Row {
  readonly id: string;
  readonly initiatedAt: string;
  readonly outcome: string;
  /** A fence knows no member and no amount. */
  readonly amount: string | undefined;
}

interface Page {
  readonly items: readonly Fields[];
  readonly nextCursor: string | null;
}

/** One second of the last days in which no other run is likely to have made rows. */
class Second {
  readonly startMs: number;

  constructor(trial: Trial) {
    this.startMs = trial.world.now().getTime() - randomInt(3_600_000, 3 * 86_400_000);
  }

  at(ms: number): string {
    return new Date(this.startMs + ms).toISOString();
  }

  get window(): Fields {
    return { start_time: this.at(0), end_time: this.at(1000) };
  }
}

async function listPage(trial: Trial, side: Side, changes: Fields): Promise<Page> {
  const answer = await trial.call("operations", operationsBody(trial.world, side.kind, changes));
  trial.expect(answer, { status: 200 });
  const { items, next_cursor: nextCursor } = answer.body;
  expectThat(Array.isArray(items), "items", JSON.stringify(items));
  return { items: items.filter(isFields), nextCursor: typeof nextCursor === "string" ? nextCursor : null };
}

const PAGES_MAX = 100;

async function listRest(
  trial: Trial,
  side: Side,
  window: Fields,
  limit: number,
  first?: Page,
): Promise<Fields[]> {
  const items: Fields[] = [];
  let page = first ?? (await listPage(trial, side, { ...window, limit }));
  for (let pages = 1; ; pages += 1) {
    const { length } = page.items;
    expectThat(length <= limit, `at most ${limit} items a page`, `${length} items`);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    expectThat(pages < PAGES_MAX, "a last page, with next_cursor null", `${pages} pages and no end`);
    page = await listPage(trial, side, { ...window, limit, cursor: page.nextCursor });
  }
}

/** Rows may be listed with a delay: waits until these are there, or complete_until says that nothing is to come. */
async function waitForRows(trial: Trial, side: Side, window: Fields, rows: readonly Row[]): Promise<void> {
  const { body: node } = await trial.call("node", {});
  const giveUpAt = performance.now() + trial.world.deadlines.pendingMs;
  for (let pauseMs = 50; ; pauseMs *= 2) {
    const answer = await trial.call(
      "operations",
      operationsBody(trial.world, side.kind, { ...window, limit: 1000 }),
    );
    const { items, complete_until: completeUntil } = answer.body;
    const listed = new Set(
      (Array.isArray(items) ? items : []).filter(isFields).map((item) => item["operation_id"]),
    );
    const missing = rows.find(({ id }) => !listed.has(id));
    if (missing === undefined) return;
    const isComplete = Date.parse(String(completeUntil)) >= Date.parse(String(node["time"]));
    const isOver = isComplete || performance.now() + pauseMs > giveUpAt;
    expectThat(
      !isOver,
      `the row ${missing.id}, ${missing.outcome}, in the list`,
      `${listed.size} other rows`,
    );
    await wait(pauseMs);
  }
}

async function makeRow(trial: Trial, side: Side, id: string, initiatedAt: string): Promise<Row> {
  const answer = await openAgain(trial, side, id, { initiated_at: initiatedAt });
  trial.expect(answer, side.opened);
  return { id, initiatedAt, outcome: String(side.opened.outcome), amount: "2" };
}

async function makeUndone(trial: Trial, side: Side, id: string, initiatedAt: string): Promise<Row> {
  const row = await makeRow(trial, side, id, initiatedAt);
  const isUndone = await undoWhereAllowed(trial, side, id);
  return isUndone ? { ...row, outcome: String(side.undone.outcome) } : row;
}

async function makeFence(trial: Trial, side: Side, id: string, initiatedAt: string): Promise<Row> {
  trial.expect(await undo(trial, side, id, { initiated_at: initiatedAt }), side.undone);
  return { id, initiatedAt, outcome: String(side.undone.outcome), amount: undefined };
}

async function makeRefused(trial: Trial, side: Side, id: string, initiatedAt: string): Promise<Row> {
  const { unrated_credit_type } = trial.world.config.target;
  // Of a size that floating point would not keep.
  const amount = "9223372036854775807";
  const unrated = { source_credit_type: unrated_credit_type, source_amount: amount };
  const changes = side.profile === "target" ? { amount, ...unrated } : { amount };
  const answer = await openAgain(trial, side, id, { ...changes, initiated_at: initiatedAt });
  trial.expect(answer, { status: 422, outcome: "refused" });
  return { id, initiatedAt, outcome: "refused", amount };
}

/** Rows at the same time whose ids are in another order by bytes than by any alphabet. */
const suffixes = ["B", "a", "Z", "_", "b", "0", "-"];

async function makeRows(trial: Trial, side: Side, second: Second): Promise<Row[]> {
  const base = trial.world.makeId("list");
  const rows: Row[] = [];
  for (const suffix of suffixes) rows.push(await makeRow(trial, side, `${base}.${suffix}`, second.at(200)));
  rows.push(await makeUndone(trial, side, `${base}.undone`, second.at(0)));
  rows.push(await makeFence(trial, side, `${base}.fence`, second.at(999)));
  rows.push(await makeRefused(trial, side, `${base}.refused`, second.at(500)));
  return rows;
}

async function runOutcomes(trial: Trial, side: Side): Promise<void> {
  const second = new Second(trial);
  const rows = await makeRows(trial, side, second);
  await waitForRows(trial, side, second.window, rows);
  const items = await listRest(trial, side, second.window, 1000);
  for (const row of rows) {
    const item = items.find(({ operation_id: id }) => id === row.id);
    expectThat(item !== undefined, `the row ${row.id}`, "none");
    const told = `${String(item["outcome"])} at ${String(item["initiated_at"])}`;
    const expected = `${row.outcome} at ${row.initiatedAt}`;
    expectThat(told === expected, `${row.id} as ${expected} (initiated_at as received)`, told);
    if (row.amount === undefined) continue;
    expectThat(item["amount"] === row.amount, `the amount "${row.amount}"`, JSON.stringify(item["amount"]));
  }
}

function compareBytes(left: Fields, right: Fields): number {
  const times = [left, right].map(({ initiated_at: time }) => Date.parse(String(time)));
  const [before = 0, after = 0] = times;
  if (before !== after) return before - after;
  return Buffer.compare(
    Buffer.from(String(left["operation_id"])),
    Buffer.from(String(right["operation_id"])),
  );
}

async function runOrder(trial: Trial, side: Side): Promise<void> {
  const second = new Second(trial);
  await waitForRows(trial, side, second.window, await makeRows(trial, side, second));
  const items = await listRest(trial, side, second.window, 3);
  for (const [index, item] of items.entries()) {
    const next = items[index + 1];
    if (next === undefined) return;
    const shown = `${String(item["operation_id"])} before ${String(next["operation_id"])}`;
    expectThat(
      compareBytes(item, next) < 0,
      "ascending (initiated_at, operation_id as bytes), each once",
      shown,
    );
  }
}

/** Rows come in while the pages are read, before and after the place that the reader has reached. */
async function runPages(trial: Trial, side: Side): Promise<void> {
  const second = new Second(trial);
  const rows = await makeRows(trial, side, second);
  await waitForRows(trial, side, second.window, rows);
  const first = await listPage(trial, side, { ...second.window, limit: 3 });
  expectThat(first.nextCursor !== null, `a next_cursor after 3 of ${rows.length} rows`, "null");
  const early = trial.world.makeId("early");
  for (const suffix of ["a", "b", "c", "d"]) await makeRow(trial, side, `${early}.${suffix}`, second.at(1));
  const late = await makeRow(trial, side, trial.world.makeId("later"), second.at(900));
  await waitForRows(trial, side, second.window, [late]);
  const items = await listRest(trial, side, second.window, 3, first);
  for (const { id } of [...rows, late]) {
    const count = items.filter(({ operation_id }) => operation_id === id).length;
    expectThat(count === 1, `${id} once, over all pages`, `${count} times`);
  }
}

async function runWindow(trial: Trial, side: Side): Promise<void> {
  const second = new Second(trial);
  const start = await makeRow(trial, side, trial.world.makeId("start"), second.at(100));
  const end = await makeRow(trial, side, trial.world.makeId("end"), second.at(200));
  await waitForRows(trial, side, second.window, [start, end]);
  const window = { start_time: second.at(100), end_time: second.at(200) };
  const ids = (await listRest(trial, side, window, 100)).map(({ operation_id: id }) => id);
  expectThat(ids.includes(start.id), "a row at start_time", "not listed");
  expectThat(!ids.includes(end.id), "no row at end_time", "listed");
}

async function runForeign(trial: Trial, side: Side): Promise<void> {
  const second = new Second(trial);
  const body = operationsBody(trial.world, side.kind, second.window);
  const answer = await trial.call("operations", body, { key: trial.world.keys.foreign });
  if (answer.status !== 200) {
    trial.expect(answer, { status: 403, outcome: null }, "another node's question");
    return;
  }
  const row = await makeRow(trial, side, trial.world.makeId("secret"), second.at(1));
  await waitForRows(trial, side, second.window, [row]);
  const again = await trial.call("operations", body, { key: trial.world.keys.foreign });
  const shows = again.text.includes(row.id);
  expectThat(!shows, "no row of the kit's in what another node is shown", row.id);
}

async function runBadCursor(trial: Trial, side: Side): Promise<void> {
  const second = new Second(trial);
  const changes = { ...second.window, cursor: "no-cursor-of-yours" };
  const answer = await trial.call("operations", operationsBody(trial.world, side.kind, changes));
  trial.expect(answer, { status: 400, outcome: null }, "a cursor that the partner never gave");
}

export function listingChecks(side: Side): Check[] {
  const of = (
    name: string,
    title: string,
    run: typeof runPages,
    rest: Partial<Pick<Check, "rule" | "level">> = {},
  ): Check => ({
    id: `operations/${name}`,
    title,
    rule: "listing",
    level: "must",
    ...rest,
    run: (trial) => run(trial, side),
  });
  return [
    of("outcomes", "Rows of every outcome are listed, with initiated_at as received", runOutcomes),
    of("order", "Rows come by initiated_at, then by the bytes of operation_id", runOrder),
    of("pages", "Pages have no gaps and no doubles while rows are added", runPages),
    of("window", "A window holds its start and not its end", runWindow),
    of("foreign", "Another node is not shown the rows", runForeign, { rule: "speaks-for" }),
    of("bad-cursor", "A cursor that was never given is a 400", runBadCursor, {
      rule: "malformed",
      level: "should",
    }),
  ];
}
