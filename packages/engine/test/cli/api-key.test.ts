// `pointbridge api-key` in real processes: a key is made, works, is listed without itself, and ends.
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { endAll, findFreePort, runCommand, ServedNode } from "./processes.ts";

let place: TestDatabase;
let node: ServedNode;

beforeAll(async () => {
  place = await createTestDatabase();
  node = new ServedNode(await findFreePort(), { DATABASE_URL: place.url });
  await node.start();
}, 120_000);

afterAll(async () => {
  await endAll();
  await place.drop();
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
  const grant = ["grant", "put", "kim-1", "--subject", "kim", "--action", "administer", "--json"];
  expect(JSON.parse((await runCommand(grant, node.environment)).stdout)).toMatchObject({ grant_id: "kim-1" });
  expect((await runCommand(["keys", "rotate"], asKim)).code).toBe(0);
  expect((await runCommand(["grant", "take", "kim-1"], node.environment)).code).toBe(0);
  expect((await runCommand(["keys", "rotate"], asKim)).code).toBe(1);
  expect((await runCommand(["api-key", "revoke", id ?? ""], node.environment)).code).toBe(0);
  expect((await runCommand(["api-key", "list"], asKim)).stderr).toContain("was revoked");
  const wrong = await runCommand(["api-key", "create", "Desk", "--principal", "kim", "--role", "king"]);
  expect(wrong.code).toBe(2);
}, 120_000);
