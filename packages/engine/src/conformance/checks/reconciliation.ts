// Checks of comparing without listing: what a partner of level 1 to 3 says it adds up to. Each makes credits of its
// own in a second of its own, and adds them up itself.
import { randomBytes, randomInt } from "node:crypto";
import {
  DigestSum,
  type PxpCallName,
  RecordHash,
  recordText,
  rowKeyBytes,
  Sketch,
  splitTime,
} from "@pointbridge/protocol/pxp";
import { parseRate } from "../../domain/index.ts";
import { type Answer, type Fields, isFields } from "../answer.ts";
import { creditBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import { openAgain, sides, undoWhereAllowed } from "../side.ts";
import type { Trial } from "../trial.ts";

const side = sides.target;
const cells = 16;

interface KnownRecord {
  readonly id: string;
  readonly text: string;
  readonly timeMs: number;
}

/** A second of the last days with credits in it, of which some stand. */
interface Scene {
  readonly window: Fields;
  readonly records: readonly KnownRecord[];
}

function requireLevel(trial: Trial, level: number): void {
  const told = trial.world.node?.reconciliation_level ?? 0;
  if (told < level) trial.skip(`the node's reconciliation_level is ${told}`);
}

function legOf({ world }: Trial): Fields {
  return {
    kind: "credits",
    source_system: world.config.own.system_id,
    target_system: world.config.partner_system,
  };
}

function hashOf({ world }: Trial, secret: Uint8Array): RecordHash {
  const { own, partner_system: targetSystem } = world.config;
  return new RecordHash(secret, { kind: "credits", sourceSystem: own.system_id, targetSystem });
}

async function makeCredit(trial: Trial, id: string, timeMs: number): Promise<KnownRecord> {
  const initiatedAt = new Date(timeMs).toISOString();
  const answer = await openAgain(trial, side, id, { initiated_at: initiatedAt });
  trial.expect(answer, side.opened);
  const body = creditBody(trial.world, id);
  const text = recordText({
    operationId: id,
    userId: body.user_id,
    creditTypeId: body.credit_type_id,
    amount: BigInt(body.amount),
    standing: "moved",
    exchangeRate: parseRate(body.exchange_rate)?.text ?? body.exchange_rate,
  });
  if (text === undefined) throw new Error("a credit that stands has a record");
  return { id, text, timeMs };
}

async function makeScene(trial: Trial): Promise<Scene> {
  const startMs = trial.world.now().getTime() - randomInt(3_600_000, 3 * 86_400_000);
  const base = trial.world.makeId("sum");
  const records = [
    await makeCredit(trial, `${base}.a`, startMs),
    await makeCredit(trial, `${base}.b`, startMs + 500),
    await makeCredit(trial, `${base}.c`, startMs + 500),
  ];
  // None of these belongs to what has moved in the window: fenced, taken back where that is allowed, at its end.
  const initiated_at = new Date(startMs + 700).toISOString();
  const fence = await trial.settle(side.undo, side.undoBody(trial.world, `${base}.fence`, { initiated_at }));
  trial.expect(fence, side.undone);
  const undone = await makeCredit(trial, `${base}.undone`, startMs + 800);
  if (!(await undoWhereAllowed(trial, side, undone.id))) records.push(undone);
  await makeCredit(trial, `${base}.end`, startMs + 1000);
  const times = {
    start_time: new Date(startMs).toISOString(),
    end_time: new Date(startMs + 1000).toISOString(),
  };
  return { window: { ...legOf(trial), ...times }, records };
}

/** Sums may be made with a delay: asks until they are there. */
async function ask(trial: Trial, call: PxpCallName, body: Fields, isDone: (answer: Answer) => boolean) {
  const giveUpAt = performance.now() + trial.world.deadlines.pendingMs;
  for (let pauseMs = 50; ; pauseMs *= 2) {
    const answer = await trial.call(call, body);
    const isUnready = answer.status === 409 && answer.body["code"] === "summaries_unready";
    const isOver = performance.now() + pauseMs > giveUpAt;
    if ((!isUnready && isDone(answer)) || isOver) return answer;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function sendSecret(trial: Trial, version: number): Promise<Buffer> {
  const secret = randomBytes(32);
  const body = { ...legOf(trial), key_version: version, secret: secret.toString("base64url") };
  trial.expect(await trial.call("reconciliation/key", body), { status: 200 }, "a new secret");
  trial.expect(await trial.call("reconciliation/key", body), { status: 200 }, "the same secret again");
  return secret;
}

/** Versions grow with time, so a partner that was certified before takes the next. */
function nextVersion(trial: Trial): number {
  return Math.floor(trial.world.now().getTime() / 1000);
}

async function readSums(trial: Trial, scene: Scene, more: Fields): Promise<Fields> {
  const { length } = scene.records;
  const body = { ...scene.window, ...more };
  const answer = await ask(trial, "reconciliation/summary", body, ({ body: { count } }) => count === length);
  trial.expect(answer, { status: 200 });
  const told = JSON.stringify(answer.body["count"]);
  expectThat(answer.body["count"] === length, `a count of ${length}: what has moved in the window`, told);
  return answer.body;
}

async function runCounts(trial: Trial): Promise<void> {
  requireLevel(trial, 1);
  const scene = await makeScene(trial);
  const { totals, hours, open_count: openCount } = await readSums(trial, scene, { per: "hour" });
  const points = String(2 * scene.records.length);
  const total = Array.isArray(totals) && totals.length === 1 && isFields(totals[0]) ? totals[0] : {};
  const isRight = total["amount"] === points && total["count"] === scene.records.length;
  expectThat(
    isRight,
    `one total of ${scene.records.length} records and "${points}" points`,
    JSON.stringify(totals),
  );
  expectThat(openCount === 0, "an open_count of 0", JSON.stringify(openCount));
  const list = Array.isArray(hours) ? hours.filter(isFields) : [];
  const amount = list.reduce((sum, { amount: text }) => {
    return typeof text === "string" && /^[0-9]{1,40}$/.test(text) ? sum + BigInt(text) : sum;
  }, 0n);
  expectThat(String(amount) === points, `hours that add up to "${points}" points`, JSON.stringify(hours));
}

async function runDigests(trial: Trial): Promise<void> {
  requireLevel(trial, 2);
  const version = nextVersion(trial);
  const secret = await sendSecret(trial, version);
  const scene = await makeScene(trial);
  const hash = hashOf(trial, secret);
  const sum = new DigestSum();
  for (const { text } of scene.records) {
    hash.hashText(text);
    sum.add(hash.words);
  }
  const told = await readSums(trial, scene, { key_version: version });
  const digest = JSON.stringify(told["digest_sum"]);
  expectThat(digest === `"${sum.toString()}"`, `the digest_sum "${sum.toString()}"`, digest);
}

async function runSecret(trial: Trial): Promise<void> {
  requireLevel(trial, 2);
  // Above the other checks' versions, so that none of them is in the way of another.
  const version = nextVersion(trial) + 100_000;
  await sendSecret(trial, version);
  const secret = randomBytes(32).toString("base64url");
  const other = { ...legOf(trial), key_version: version, secret };
  const answer = await trial.call("reconciliation/key", other);
  trial.expect(
    answer,
    { status: 409, outcome: null, code: "reconciliation_key_taken" },
    "another secret under it",
  );
  const body = {
    ...legOf(trial),
    start_time: "2026-01-01T00:00:00.000Z",
    end_time: "2026-01-01T01:00:00.000Z",
  };
  const unknown = await trial.call("reconciliation/summary", { ...body, key_version: version + 1 });
  trial.expect(
    unknown,
    { status: 409, outcome: null, code: "reconciliation_key_unknown" },
    "an unknown version",
  );
}

async function runForeign(trial: Trial): Promise<void> {
  requireLevel(trial, 1);
  const scene = await makeScene(trial);
  await readSums(trial, scene, {});
  const { key } = { key: trial.world.keys.foreign };
  const answer = await trial.call("reconciliation/summary", scene.window, { key });
  if (answer.status === 200) {
    const told = JSON.stringify(answer.body["count"]);
    expectThat(answer.body["count"] === 0, "no record of the kit's in what another node is told", told);
  } else trial.expect(answer, { status: 403, outcome: null }, "another node's question");
}

async function runSketch(trial: Trial): Promise<void> {
  requireLevel(trial, 3);
  const version = nextVersion(trial) + 200_000;
  const secret = await sendSecret(trial, version);
  const scene = await makeScene(trial);
  await readSums(trial, scene, { key_version: version });
  const hash = hashOf(trial, secret);
  const sketch = new Sketch(cells);
  for (const { text, timeMs } of scene.records) {
    hash.hashText(text);
    const [keyHigh, keyLow] = [(hash.words[4] ?? 0) >>> 0, (hash.words[5] ?? 0) >>> 0];
    sketch.add({ keyHigh, keyLow, ...splitTime(timeMs) });
  }
  const body = { ...scene.window, key_version: version, cells };
  const answer = await trial.call("reconciliation/sketch", body);
  trial.expect(answer, { status: 200 });
  const { sketches } = answer.body;
  const [told] = Array.isArray(sketches) ? sketches.filter(isFields) : [];
  const wanted = sketch.encode().toString("base64");
  expectThat(told?.["sketch"] === wanted, `the sketch ${wanted}`, String(told?.["sketch"]));
}

async function runRows(trial: Trial): Promise<void> {
  requireLevel(trial, 3);
  const version = nextVersion(trial) + 300_000;
  const secret = await sendSecret(trial, version);
  const scene = await makeScene(trial);
  await readSums(trial, scene, { key_version: version });
  const [first, second] = scene.records;
  if (first === undefined || second === undefined) throw new Error("a scene has records");
  const key = Buffer.alloc(rowKeyBytes);
  key.writeUIntBE(first.timeMs, 0, 6);
  hashOf(trial, secret).digest(first.text).copy(key, 6, 16, 24);
  const wanted = { keys: key.toString("base64"), operation_ids: [second.id] };
  const answer = await trial.call("reconciliation/rows", {
    ...scene.window,
    key_version: version,
    ...wanted,
  });
  trial.expect(answer, { status: 200 });
  const { rows } = answer.body;
  const ids = (Array.isArray(rows) ? rows : [])
    .map((row: unknown) => (Array.isArray(row) ? String(row[0]) : ""))
    .sort();
  const expected = [first.id, second.id].sort();
  expectThat(String(ids) === String(expected), `the rows ${expected.join(" and ")}`, ids.join(" and "));
}

export const reconciliationChecks: readonly Check[] = (
  [
    ["counts", "Sums are of what has moved in the window, by credit type and hour", runCounts],
    ["digests", "Digests are those of the records, added up", runDigests],
    ["secret", "A version of a secret is one secret, and an unknown one is told as such", runSecret],
    ["foreign", "Another node is told nothing of it", runForeign],
    ["sketch", "A sketch holds the records of its window", runSketch],
    ["rows", "Single rows are found by key and by id", runRows],
  ] as const
).map(([name, title, run]) => ({
  id: `reconciliation/${name}`,
  title,
  rule: name === "foreign" ? "speaks-for" : "sums",
  level: "must",
  run,
}));
