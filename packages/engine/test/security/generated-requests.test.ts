// Thousands of requests that nobody thought of, over every endpoint of both documents: well-formed, altered and
// malformed, by everybody, signed and unsigned. No answer is a failure of the node or another than its document
// promises, and what comes without authority leaves every row of every table as it was.
//
// `npm run soak:requests` sends 20,000 of them and prints its seed; POINTBRIDGE_TEST_SEED sends the same again.
import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allowedRoles, foreignAnswers } from "../http/allowed-calls.ts";
import { randomOf } from "../support/partner-mix.ts";
import { apiEndpoints, type Endpoint, partnerEndpoints } from "./documents.ts";
import { type DrawnRequest, RequestMaker, type Signing } from "./request-maker.ts";
import { describeAnswer, RequestSender, type SeenAnswer } from "./request-sender.ts";
import { digestTables } from "./table-digest-queries.ts";
import { type Caller, openSecurityWorld, type SecurityWorld } from "./world.ts";

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
const requestCount = Number(process.env["POINTBRIDGE_SOAK_REQUESTS"] ?? (isSoak ? 20_000 : 300));
const seed = Number(process.env["POINTBRIDGE_TEST_SEED"] ?? randomInt(2 ** 31));
/** How many of a kind go together; what is refused first, since nothing is under way then. */
const rounds: readonly (readonly [refused: number, allowed: number])[] = isSoak
  ? [
      [requestCount / 4, requestCount / 2],
      [requestCount / 4, 0],
    ]
  : [[requestCount / 2, requestCount / 2]];
/** Between two looks at the tables that have to be the same: longer than anybody waits before asking a partner again. */
const quietMs = 10_000;

/** Who has no right to what the endpoint does, whatever the request says: by the reviewed table, which has to name it. */
function isRefused(caller: Caller, { name }: Endpoint): boolean | undefined {
  const roles = allowedRoles[name]?.split(" ");
  if (caller.role === null) return true;
  if (roles === undefined) return undefined;
  if (!roles.includes(caller.role)) return true;
  if (caller.scope !== "foreign") return false;
  return foreignAnswers[name] === "forbidden" || foreignAnswers[name] === "absent";
}

const refusedSignings: readonly Signing[] = [
  "inn",
  "withdrawn",
  "stranger",
  "unsigned",
  "spoilt body",
  "spoilt path",
  "spoilt signature",
  "stale",
  "replayed",
];

/**
 * How an answer to somebody without authority says otherwise. A partner of another system may say nothing of the systems
 * that are named; that it is asked at all, and each line of a batch by itself, it may.
 */
function findPermission({ signing, caller, endpoint }: DrawnRequest, answer: SeenAnswer): string | undefined {
  const isOfInn = signing === "inn";
  if (isOfInn && endpoint.name === "node") return undefined;
  if (isOfInn && endpoint.name === "batch" && answer.status === 200) {
    const { results } = JSON.parse(answer.text) as { results: { status: number; outcome?: string }[] };
    const done = results.filter(({ status, outcome }) => status < 400 || outcome !== undefined);
    return done.length === 0 ? undefined : "a line was decided";
  }
  const isNobody = caller === undefined ? !isOfInn : caller.role === null;
  const statuses = isNobody ? [401] : [400, 403, 404, 405, 413, 415];
  return statuses.includes(answer.status) ? undefined : "was not refused";
}

describe(`${requestCount} generated requests, seed ${seed}`, () => {
  let world: SecurityWorld;
  let maker: RequestMaker;
  let sender: RequestSender;
  const random = randomOf(seed);
  const statuses = new Map<string, Set<number>>();
  /** Of each kind the first: what was promised and not kept, with the request that showed it. */
  const faults = new Map<string, string>();
  let sent = 0;

  beforeAll(async () => {
    world = await openSecurityWorld();
    maker = new RequestMaker(random, world);
    sender = new RequestSender(world);
    await sender.open();
  });
  afterAll(() => world.node.close());

  async function send(request: DrawnRequest): Promise<SeenAnswer> {
    const { answer, fault } = await sender.send(request);
    sent += 1;
    const { name, isSigned } = request.endpoint;
    const key = isSigned ? `pxp ${name}` : name;
    if (fault !== undefined) note(fault, request, answer);
    const seen = statuses.get(key) ?? new Set();
    statuses.set(key, seen.add(answer.status));
    return answer;
  }

  function note(fault: string, request: DrawnRequest, answer: SeenAnswer): void {
    const { name, path } = request.endpoint;
    const kind = `${name} ${path} ${answer.status} ${fault.slice(0, 60)}`;
    if (!faults.has(kind)) faults.set(kind, `${fault}: ${describeAnswer(request, answer)}`);
  }

  /** What is under way towards partners that nobody listens for comes to its end by itself. */
  async function readQuiet(): Promise<Record<string, string>> {
    const { database } = world.node;
    let before = await digestTables(database);
    if (sent === 0) return before;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, quietMs));
      const after = await digestTables(database);
      if (JSON.stringify(after) === JSON.stringify(before)) return after;
      before = after;
    }
  }

  async function sendRefused(count: number): Promise<void> {
    const before = await readQuiet();
    for (let made = 1; made <= count; made += 1) {
      const isSigned = random() < 0.25;
      const request = isSigned
        ? maker.drawSigned(refusedSignings)
        : maker.draw((caller, endpoint) => isRefused(caller, endpoint) === true);
      const answer = await send(request);
      const permission = findPermission(request, answer);
      if (permission !== undefined) note(permission, request, answer);
      // Often enough that what wrote is near, seldom enough to be quick.
      if (made % 250 > 0 && made < count) continue;
      const isSame = JSON.stringify(await digestTables(world.node.database)) === JSON.stringify(before);
      if (!isSame) note(`rows were written by one of the last, ${made} of ${count}`, request, answer);
      if (!isSame) return;
    }
  }

  async function sendAllowed(count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) {
      const isSigned = random() < 0.25;
      const request = isSigned
        ? maker.drawSigned(["airline"])
        : maker.draw((caller, endpoint) => isRefused(caller, endpoint) === false);
      await send(request);
    }
  }

  it("come to nothing but documented answers, and to no effect without authority", {
    timeout: 3_600_000,
  }, async () => {
    for (const [refused, allowed] of rounds) {
      await sendRefused(refused);
      await sendAllowed(allowed);
    }
    const asked = apiEndpoints.length + partnerEndpoints.length;
    const done = [...statuses].filter(([, seen]) => [...seen].some((status) => status < 300));
    const figures = `${statuses.size} of ${asked} endpoints, ${done.length} of them did what they are for`;
    process.stdout.write(`${sent} requests, seed ${seed}: ${figures}\n`);
    expect([...faults.values()].join("\n\n")).toBe("");
  });

  it.runIf(requestCount >= 10_000)("have gone to every endpoint", () => {
    expect(statuses.size).toBe(apiEndpoints.length + partnerEndpoints.length);
  });

  it("leave a ledger and an audit log that hold", async () => {
    const ledger = await world.node.call("GET", "/v1/ledger/verification");
    expect(ledger.body).toMatchObject({ ok: true, differences: [] });
    const audit = await world.node.call("GET", "/v1/audit/verification");
    expect(audit.body).toMatchObject({ ok: true });
  });
});
