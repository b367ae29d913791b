// Files and flags that are not as they should be: what is told, the exit codes, and that nothing is applied.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDirectory } from "../support/embedded-database.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { endAll, findFreePort, runCommand, ServedNode } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "pointbridge-bad-input-"));
let place: TestDatabase;
let node: ServedNode;

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const exchange = (id: string, amount: unknown) =>
  JSON.stringify({
    operation_id: id,
    user_id: "u1",
    source_system: "shop",
    target_system: "club",
    source_credit_type: "coin",
    target_credit_type: "star",
    amount,
  });

const balances = "system_id,user_id,credit_type_id,amount\n";

beforeAll(async () => {
  place = await createTestDatabase();
  node = new ServedNode(await findFreePort(), { DATABASE_URL: place.url });
  await node.start();
  const files = {
    systems: "system_id,name,kind\nshop,电商商城,hosted\nclub,Club,hosted\n",
    "credit-types": "system_id,credit_type_id,name\nshop,coin,coin\nclub,star,star\n",
    links: "source_system,target_system,user_mapping\nshop,club,same_id\n",
    rates:
      "source_system,target_system,source_credit_type,target_credit_type,rate\nshop,club,coin,star,0.5\n",
    balances: `${balances}shop,u1,coin,1000\r\n"shop","u,2",coin,7\n`,
  };
  for (const [kind, text] of Object.entries(files)) {
    const path = write(`${kind}.csv`, `\uFEFF${text}`);
    const { code, stderr } = await runCommand(["import", kind, path], node.environment);
    if (code !== 0) throw new Error(stderr);
  }
}, 120_000);

afterAll(async () => {
  await endAll();
  await place.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function exportLedger(): Promise<string> {
  return (await runCommand(["ledger", "export"], node.environment)).stdout;
}

const opened =
  'system_id,user_id,credit_type_id,available,frozen\nshop,"u,2",coin,7,0\nshop,u1,coin,1000,0\n';

describe("import", () => {
  const bad: readonly (readonly [name: string, content: string | Uint8Array, told: string, code: number])[] =
    [
      ["negative", `${balances}shop,u3,coin,5\n\nshop,u4,coin,-1\n`, ":4: amount: must be", 2],
      ["short", `${balances}shop,u3,coin\n`, ":2: amount: the line has 3 fields", 2],
      ["quote", `${balances}shop,u3,coin,5\nshop,"u4,coin,5\n`, ":3: ", 2],
      ["columns", "system_id,user,credit_type_id,amount\nshop,u3,coin,5\n", ":1: user: is not a column", 2],
      ["system", `${balances}shop,u3,coin,5\nnone,u4,coin,5\n`, ":3: system_id: system none is not known", 2],
      ["contradiction", `${balances}shop,u3,coin,5\nshop,u3,coin,6\n`, ":3: amount: line 2 has the same", 2],
      ["empty", "", ":1: the file is empty", 2],
      [
        "latin1",
        Buffer.from(`${balances}shop,u\xe9,coin,5\n`, "latin1"),
        ":2: the line is not valid UTF-8",
        2,
      ],
      [
        "other-amount",
        `${balances}shop,u3,coin,5\nshop,u1,coin,999\n`,
        ":3: amount: the account was opened",
        1,
      ],
    ];
  it.each(bad)("names line and column: %s", async (name, content, told, code) => {
    const path = write(`bad-${name}.csv`, content);
    const ended = await runCommand(["import", "balances", path], node.environment);
    expect(ended.stderr).toContain(`bad-${name}.csv${told}`);
    expect(ended).toMatchObject({ code, stdout: "" });
  });

  it("has applied nothing of any of them", async () => {
    expect(await exportLedger()).toBe(opened);
  });

  it("prints one JSON document, also of bad lines", async () => {
    const path = write("bad-json.csv", `${balances}shop,u3,coin,x\n`);
    const ended = await runCommand(["import", "balances", path, "--json"], node.environment);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({ errors: [{ line: 2, field: "amount" }] });
  });

  it.each([
    ["an unknown kind", ["import", "points", "x.csv"]],
    ["a missing file", ["import", "balances", join(folder, "none.csv")]],
    ["a directory", ["import", "balances", folder]],
    ["an unknown flag", ["ledger", "export", "--colour"]],
    ["no command", []],
  ])("ends with 2 for %s", async (_name, words) => {
    expect(await runCommand(words, node.environment)).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("exchange run", () => {
  const lines = [exchange("run-1", "10"), "{", "", exchange("run-2", 1.5), exchange("run-3", 20)];
  const path = write("bad.ndjson", `${lines.join("\r\n")}\r\n`);
  const out = join(folder, "results.ndjson");

  it("names line and field of every bad line and applies nothing", async () => {
    const ended = await runCommand(["exchange", "run", path, "--out", out], node.environment);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("bad.ndjson:2: is not valid JSON");
    expect(ended.stderr).toContain("bad.ndjson:4: /amount: must be");
    expect(await exportLedger()).toBe(opened);
    expect(() => readFileSync(out)).toThrow("ENOENT");
  });

  it("refuses lines without an id, which could not be run again", async () => {
    const text = exchange("x", "1").replace('"operation_id":"x",', "");
    const ended = await runCommand(["exchange", "run", write("no-id.ndjson", text)], node.environment);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain("no-id.ndjson:1: /operation_id: is missing");
  });

  it("reports bad lines in their place where it is told to go on, and answers the same when it is run again", async () => {
    const words = ["exchange", "run", path, "--out", out, "--skip-bad-lines", "--json"];
    const ended = await runCommand(words, node.environment);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ answered: 4, completed: 2, malformed: 2 });
    const expected = [
      { operation_id: "run-1", status: "completed", target_amount: "5" },
      { line: 2, status: "malformed" },
      { line: 4, operation_id: "run-2", status: "malformed", errors: [{ path: "/amount" }] },
      { operation_id: "run-3", status: "completed", target_amount: "10" },
    ];
    const read = () =>
      readFileSync(out, "utf8")
        .trimEnd()
        .split("\n")
        .map((line): unknown => JSON.parse(line));
    expect(read()).toMatchObject(expected);
    expect((await runCommand(words, node.environment)).code).toBe(0);
    expect(read()).toMatchObject(
      expected.map((line) => ("line" in line ? line : { ...line, idempotent: true })),
    );
  });

  it("writes results as NDJSON where no file is named; an empty file has none", async () => {
    const ended = await runCommand(["exchange", "run", "-"], node.environment, `${exchange("run-1", 10)}\n`);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ operation_id: "run-1", idempotent: true });
    const empty = await runCommand(["exchange", "run", write("empty.ndjson", "")], node.environment);
    expect(empty).toMatchObject({ code: 0, stdout: "" });
  });
});

// Each is a process or many: a busy machine takes its time.
describe("every command", { timeout: 120_000 }, () => {
  it("ends with 1 for a wrong key and for a refusal, with the problem as JSON", async () => {
    const ended = await runCommand(["rate", "list", "--json", "--api-key", "wrong"], node.environment);
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({ code: "unauthenticated" });
    const words = [
      "exchange",
      "create",
      "--user",
      "u1",
      "--from",
      "shop/coin",
      "--to",
      "club/star",
      "--json",
    ];
    const refused = await runCommand([...words, "--amount", "1", "--id", "small"], node.environment);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ code: "amount_too_small", operation_id: "small" });
  });

  it("ends with 3 where no node answers", async () => {
    const environment = {
      POINTBRIDGE_URL: `http://127.0.0.1:${await findFreePort()}`,
      POINTBRIDGE_API_KEY: "key",
    };
    const ended = await runCommand(["ledger", "verify", "--json"], environment);
    expect(ended.code).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({ code: "unreachable" });
  });

  it("refuses an embedded database that is in use", async () => {
    const dataDirectory = join(folder, "ledger");
    const holder = await openDirectory(dataDirectory);
    const ended = await runCommand(["ledger", "export"], { POINTBRIDGE_DATA_DIR: dataDirectory });
    await holder.close();
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain("is in use");
  });

  it("answers what the API answers", async () => {
    const run = async (...words: string[]): Promise<unknown> => {
      const ended = await runCommand([...words, "--json"], node.environment);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      return JSON.parse(ended.stdout) as unknown;
    };
    expect(await run("account", "open", "club", "客户1", "star")).toMatchObject({
      user_id: "客户1",
      available: "0",
    });
    expect(await run("account", "list", "--system", "club")).toMatchObject({ next_cursor: null });
    expect(await run("credit", "club", "客户1", "star", "5", "--id", "c1")).toMatchObject({
      new_balance: "5",
    });
    expect(await run("rate", "set", "shop/coin", "club/star", "0.6")).toMatchObject({ old_rate: "0.5" });
    const proposed = await run("rate", "set", "shop/coin", "club/star", "0.1", "--id", "cut");
    expect(proposed).toMatchObject({ status: "pending_approval", change_percentage: "-83.333334" });
    expect(await run("rate", "changes")).toMatchObject({ items: [{ operation_id: "cut" }] });
    expect(await runCommand(["rate", "approve", "cut"], node.environment)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("four_eyes_required") as string,
    });
    expect(await run("rate", "reject", "cut")).toMatchObject({ failure: { code: "rate_change_rejected" } });
    expect(await run("rate", "change", "cut")).toMatchObject({ status: "failed" });
    expect(await run("mapping", "set", "shop", "u1", "club", "m1")).toMatchObject({ target_user_id: "m1" });
    expect(await run("mapping", "show", "shop", "u1", "club")).toMatchObject({ target_user_id: "m1" });
    expect(await run("ledger", "verify")).toMatchObject({ ok: true });
  });
});
