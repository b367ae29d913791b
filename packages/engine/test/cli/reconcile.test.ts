// `pointbridge reconcile` in real processes: what agrees ends with 0, what differs with 1, a bad file with 2 and nothing
// sent; a file that a partner without an API has sent is compared line by line.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { endAll, findFreePort, runCommand, ServedNode } from "./processes.ts";

let place: TestDatabase;
let node: ServedNode;
let directory: string;

const pair = [
  "--source",
  "shop",
  "--target",
  "club",
  "--start",
  "2020-01-01T00:00:00Z",
  "--end",
  "2099-01-01T00:00:00Z",
];

async function ask(method: "PUT" | "POST" | "GET", path: string, body?: object): Promise<unknown> {
  const { POINTBRIDGE_URL: url = "", POINTBRIDGE_API_KEY: key = "" } = node.environment;
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(told)}`);
  return told;
}

async function setUp(): Promise<void> {
  for (const [system, type] of [
    ["shop", "coin"],
    ["club", "star"],
  ] as const) {
    await ask("PUT", `/v1/systems/${system}`, { name: system, kind: "hosted" });
    await ask("PUT", `/v1/systems/${system}/credit-types/${type}`, { name: type });
  }
  const systems = { source_system: "shop", target_system: "club" };
  const types = { source_credit_type: "coin", target_credit_type: "star" };
  await ask("PUT", "/v1/links", { ...systems, user_mapping: "same_id" });
  await ask("PUT", "/v1/rates", { ...systems, ...types, rate: "2" });
  const member = { system_id: "shop", user_id: "u1", credit_type_id: "coin" };
  await ask("POST", "/v1/credits", { operation_id: "open", ...member, amount: "1000" });
  for (const id of ["e-1", "e-2", "e-3"]) {
    await ask("POST", "/v1/exchanges", {
      operation_id: id,
      user_id: "u1",
      ...systems,
      ...types,
      amount: "10",
    });
  }
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "pointbridge-reconcile-"));
  place = await createTestDatabase();
  node = new ServedNode(await findFreePort(), { DATABASE_URL: place.url });
  await node.start();
  await setUp();
}, 120_000);

afterAll(async () => {
  await endAll();
  await place.drop();
  await rm(directory, { recursive: true });
});

async function runFile(lines: readonly string[], ...more: string[]) {
  const path = join(directory, "partner.csv");
  await writeFile(path, `${lines.join("\n")}\n`);
  return runCommand(["reconcile", "run", ...pair, "--file", path, ...more], node.environment);
}

it("run: 0 where both ledgers agree; show, list, and what there is no evidence of", async () => {
  const agreed = await runCommand(["reconcile", "run", ...pair, "--json"], node.environment);
  expect(agreed).toMatchObject({ code: 0, stderr: "" });
  const run = JSON.parse(agreed.stdout) as Record<string, string>;
  expect(run).toMatchObject({ status: "completed", source_operations_count: 3, mismatches_count: 0 });
  const id = run["reconciliation_id"] ?? "";
  const [shown, listed, none, absent] = await Promise.all([
    runCommand(["reconcile", "show", id, "--json"], node.environment),
    runCommand(["reconcile", "list", "--source", "shop"], node.environment),
    runCommand(["reconcile", "evidence", id, "e-1"], node.environment),
    runCommand(["reconcile", "approve", id, "e-1"], node.environment),
  ]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ reconciliation_id: id });
  expect(listed.stdout).toContain(id);
  for (const refused of [none, absent]) {
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("mismatch_not_found");
  }
}, 120_000);

it("run --file: every difference is told, and ends with 1", async () => {
  const ended = await runFile(
    ["operation_id,amount,user_id,colour", "e-1,20,u1,red", "e-2,21,u1,red", "e-9,5,u2,red"],
    "--json",
    "--id",
    "by-file",
  );
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain("colour");
  expect(JSON.parse(ended.stdout)).toMatchObject({
    reconciliation_id: "by-file",
    origin: "file",
    status: "completed",
    mismatches_by_type: { amount_mismatch: 1, missing_in_source: 1, missing_in_target: 1 },
  });
  // The same again goes on with the same run: nothing is compared twice.
  const again = await runFile(["operation_id,amount", "e-1,20"], "--id", "by-file");
  expect(again.code).toBe(1);
  expect(again.stdout).toMatch(/e-2 +amount_mismatch/);
}, 120_000);

it("run --file: a bad file ends with 2, names line and field, and makes no run", async () => {
  const before = await ask("GET", "/v1/reconciliations");
  const [bad, missing, nothing] = [
    await runFile(["operation_id,amount", "e-1,20", "e-2,-3"]),
    await runFile(["operation_id", "e-1"]),
    await runCommand(["reconcile", "run", ...pair, "--file", join(directory, "none.csv")], node.environment),
  ];
  for (const ended of [bad, missing, nothing]) expect(ended.code).toBe(2);
  expect(bad.stderr).toMatch(/3.*amount/);
  expect(missing.stderr).toContain("amount");
  expect(await ask("GET", "/v1/reconciliations")).toEqual(before);
}, 120_000);
