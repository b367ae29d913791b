// `pointbridge api-key` in real processes: a key is made, works, is listed without itself, and ends.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endAll, findFreePort, runCommand, ServedNode } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "pointbridge-api-key-"));
let node: ServedNode;

beforeAll(async () => {
  node = new ServedNode(await findFreePort(), { POINTBRIDGE_DATA_DIR: folder });
  await node.start();
}, 120_000);

afterAll(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
});

it("api-key create, list and revoke", async () => {
  const words = ["api-key", "create", "Desk", "--principal", "kim", "--role", "viewer", "--json"];
  const made = await runCommand(words, node.environment);
  expect(made.code).toBe(0);
  const { api_key_id: id, api_key: key } = JSON.parse(made.stdout) as Record<string, string>;
  const asKim = { ...node.environment, POINTBRIDGE_API_KEY: key ?? "" };
  const list = await runCommand(["api-key", "list"], asKim);
  expect(list.code).toBe(0);
  expect(list.stdout).toContain(id);
  expect(list.stdout).not.toContain(key);
  expect((await runCommand(["keys", "rotate"], asKim)).stderr).toContain("does not include the permission");
  expect((await runCommand(["api-key", "revoke", id ?? ""], node.environment)).code).toBe(0);
  expect((await runCommand(["api-key", "list"], asKim)).stderr).toContain("was revoked");
  const wrong = await runCommand(["api-key", "create", "Desk", "--principal", "kim", "--role", "king"]);
  expect(wrong.code).toBe(2);
}, 120_000);
