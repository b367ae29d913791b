// `pointbridge events` in real processes: listed once, followed while the node goes away and comes back, ended well.
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { endAll, findFreePort, runCommand, ServedNode, startCommand } from "./processes.ts";

let node: ServedNode;
let place: TestDatabase;

beforeAll(async () => {
  place = await createTestDatabase();
  node = new ServedNode(await findFreePort(), { DATABASE_URL: place.url });
  await node.start();
}, 120_000);

afterAll(async () => {
  await endAll();
  await place.drop();
});

async function put(path: string, body: object): Promise<void> {
  const { POINTBRIDGE_URL: url, POINTBRIDGE_API_KEY: key } = node.environment;
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const method = path.endsWith("credits") ? "POST" : "PUT";
  const answer = await fetch(`${url}/v1/${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

const credit = (id: string) =>
  put("credits", { operation_id: id, system_id: "shop", user_id: "u1", credit_type_id: "coin", amount: "5" });

it("events, once and followed", async () => {
  await put("systems/shop", { name: "Shop", kind: "hosted" });
  await put("systems/shop/credit-types/coin", { name: "Coin" });
  await credit("c-1");
  const first = await runCommand(["events", "--json", "--types", "credit.completed"], node.environment);
  expect(first.code).toBe(0);
  const [event] = first.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  expect(event).toMatchObject({ specversion: "1.0", type: "credit.completed", subject: "c-1" });
  const words = ["events", "--follow", "--json", "--after", event?.["cursor"] ?? ""];
  const following = startCommand(words, node.environment);
  let output = "";
  const has = (text: string) =>
    new Promise<void>((resolve) => {
      const look = (chunk = "") => {
        output += chunk;
        if (!output.includes(text)) return;
        following.child.stdout?.off("data", look);
        resolve();
      };
      following.child.stdout?.on("data", look);
      look();
    });
  await has("account.balance_changed");
  await node.end("SIGKILL");
  await node.start();
  await credit("c-2");
  await has("c-2");
  following.child.kill("SIGTERM");
  const ended = await following.ended;
  expect(ended.code).toBe(0);
  const subjects = ended.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect(subjects).toEqual(["account.balance_changed", "credit.completed", "account.balance_changed"]);

  expect((await runCommand(["events", "--after", "nonsense"], node.environment)).code).toBe(2);
}, 120_000);
