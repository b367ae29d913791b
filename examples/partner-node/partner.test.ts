// Runs the example as its README says: set up, serve, take signed calls, survive a kill, give back what it stored.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PublicJwk } from "@pointbridge/sdk/partner";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  type CallBody,
  Caller,
  creditOf,
  endingOf,
  holdOf,
  rollbackOf,
} from "../../packages/sdk/test/partner-caller.ts";

// Each step is a process of its own, which takes a second or two on a busy machine.
const timeoutMs = 90_000;
const program = fileURLToPath(new URL("partner.ts", import.meta.url));
const rate = {
  source_system: "airline",
  target_system: "club",
  source_credit_type: "mile",
  target_credit_type: "star",
};

let folder: string;
let env: NodeJS.ProcessEnv;
let server: ChildProcess | undefined;
let airline: Caller;

/** What a command of the example prints. */
function run(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

async function serve(): Promise<void> {
  const child = spawn(process.execPath, [program, "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  server = child;
  for await (const line of createInterface(child.stdout)) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    airline.url = url;
    return;
  }
  throw new Error("the example ended before it was ready");
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (server === undefined) return;
  const ended = new Promise((resolve) => server?.once("exit", resolve));
  server.kill(signal);
  await ended;
  server = undefined;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "partner-node-"));
  env = {
    ...process.env,
    PARTNER_PORT: "0",
    PARTNER_BASE_URL: "https://club.example",
    PARTNER_DATABASE: join(folder, "partner.db"),
    PARTNER_KEY: join(folder, "key.json"),
    PARTNER_CALLERS: JSON.stringify({
      airline: { systems: ["airline"], keys: join(folder, "airline.json") },
    }),
    PARTNER_RATES: JSON.stringify([{ ...rate, rate: "0.8" }]),
    PARTNER_DAILY_LIMIT: "200",
  };
  const { keys } = JSON.parse(run("setup")) as { keys: [PublicJwk] };
  airline = new Caller({ baseUrl: "https://club.example", publicJwk: keys[0] });
  writeFileSync(join(folder, "airline.json"), JSON.stringify({ keys: [airline.key.publicJwk] }));
  run("member", "club", "u1");
});

afterEach(async () => {
  await stop("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const credit = (id: string, changes: CallBody = {}) =>
  airline.call("credits", creditOf(id, { target_system: "club", credit_type_id: "star", ...changes }));
const rollBack = (id: string) => airline.call("credits/rollback", rollbackOf(id, { target_system: "club" }));
const hold = (id: string, amount: string) =>
  airline.call("holds", holdOf(id, { source_system: "club", credit_type_id: "star", amount }));
const end = (how: string, id: string) =>
  airline.call(`holds/${how}`, endingOf(id, { source_system: "club" }));
const balance = () => run("balance", "club", "u1", "star");

it(
  "a target and a source: credits, limits, rollbacks, holds, a kill in between, and the list of it all",
  async () => {
    await serve();
    expect((await airline.call("node", {})).body).toMatchObject({
      systems: ["club"],
      roles: ["target", "source"],
    });
    expect(await credit("c-1")).toMatchObject({
      status: 200,
      body: { outcome: "completed" },
      isSigned: true,
    });
    expect((await credit("c-2")).body).toMatchObject({ outcome: "completed" });
    expect((await credit("c-3")).body).toMatchObject({ outcome: "refused", code: "limit_exceeded" });
    expect((await credit("c-4", { user_id: "u2" })).body).toMatchObject({ code: "user_not_found" });
    expect((await credit("c-5", { amount: "5", credit_type_id: "coin" })).body).toMatchObject({
      code: "credit_type_not_found",
    });
    expect((await credit("c-6", { amount: "10", source_amount: "12" })).body).toMatchObject({
      code: "rate_not_agreed",
    });
    expect((await rollBack("c-2")).body).toMatchObject({ outcome: "rolled_back" });
    expect((await rollBack("c-7")).body).toMatchObject({ outcome: "rolled_back" });
    expect(balance()).toBe("80");

    await stop("SIGKILL");
    await serve();
    expect((await credit("c-1")).body).toMatchObject({ outcome: "completed", idempotent: true });
    expect((await credit("c-3")).body).toMatchObject({ outcome: "refused", code: "limit_exceeded" });
    expect((await credit("c-7")).body).toMatchObject({ outcome: "rolled_back" });

    expect((await hold("h-1", "50")).body).toMatchObject({ outcome: "held", amount: "50" });
    expect((await hold("h-2", "50")).body).toMatchObject({
      outcome: "refused",
      code: "insufficient_balance",
    });
    expect((await rollBack("c-1")).body).toMatchObject({ outcome: "completed", code: "rollback_refused" });
    expect((await end("capture", "h-1")).body).toMatchObject({ outcome: "captured" });
    expect((await end("release", "h-1")).status).toBe(409);
    expect(run("spend", "club", "u1", "star", "10")).toBe("20");

    const window = { start_time: "2026-11-23T00:00:00.000Z", end_time: "2026-11-24T00:00:00.000Z", limit: 3 };
    const list = { kind: "credits", source_system: "airline", target_system: "club", ...window };
    const first = await airline.call("operations", list);
    const second = await airline.call("operations", {
      ...list,
      limit: 10,
      cursor: first.body["next_cursor"],
    });
    const items = [...(first.body["items"] as CallBody[]), ...(second.body["items"] as CallBody[])];
    expect(items.map((item) => `${String(item["operation_id"])} ${String(item["outcome"])}`)).toEqual([
      "c-1 completed",
      "c-2 rolled_back",
      "c-3 refused",
      "c-4 refused",
      "c-5 refused",
      "c-6 refused",
      "c-7 rolled_back",
    ]);
  },
  timeoutMs,
);

it(
  "together: copies of a credit give once, a nonce counts once, a source user is made once; the rate before is still good",
  async () => {
    env["PARTNER_RATES"] = JSON.stringify([{ ...rate, rate: "0.5" }]);
    run("setup");
    await serve();
    const copies = await Promise.all(Array.from({ length: 10 }, () => credit("d-1")));
    expect(copies.map(({ body }) => body["outcome"])).toEqual(Array.from({ length: 10 }, () => "completed"));
    expect(balance()).toBe("80");
    const nonce = "CCCCCCCCCCCCCCCCCCCCCC";
    const replays = await Promise.all(Array.from({ length: 5 }, () => airline.call("node", {}, { nonce })));
    expect(replays.filter(({ status }) => status === 200)).toHaveLength(1);
    const user = {
      source_system: "airline",
      source_user_id: "x",
      target_system: "club",
      profile: { email: "a@b.example" },
    };
    const users = await Promise.all(Array.from({ length: 5 }, () => airline.call("users", user)));
    expect(new Set(users.map(({ body }) => body["user_id"])).size).toBe(1);
    expect(users.filter(({ body }) => body["created"])).toHaveLength(1);
    await stop("SIGTERM");
  },
  timeoutMs,
);
