// `pointbridge alert` and `alert-channel` in real processes: a channel is put, tried and listed without its secrets,
// and what it can't take ends the command as refused.
import { afterAll, beforeAll, expect, it } from "vitest";
import { dingtalkRobot, Receiver } from "../alerts/robot-receivers.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { endAll, findFreePort, runCommand, ServedNode } from "./processes.ts";

let place: TestDatabase;
let node: ServedNode;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.open(dingtalkRobot("canary-token", "SECcanary"));
  place = await createTestDatabase();
  const settings = { DATABASE_URL: place.url, POINTBRIDGE_ALLOW_LOOPBACK: "true" };
  node = new ServedNode(await findFreePort(), settings);
  await node.start();
}, 120_000);

afterAll(async () => {
  await endAll();
  await receiver.close();
  await place.drop();
});

it("alert-channel put, test and list; alert list; inconsistency assign", async () => {
  const address = `${receiver.url}/robot/send?access_token=canary-token`;
  const put = (secret: string) =>
    runCommand(
      ["alert-channel", "put", "ops", "--kind", "dingtalk", "--type", "ledger_unbalanced", "--json"],
      {
        ...node.environment,
        POINTBRIDGE_CHANNEL_ADDRESS: address,
        POINTBRIDGE_CHANNEL_SECRET: secret,
      },
    );
  const made = await put("SECcanary");
  expect(made.code).toBe(0);
  expect(JSON.parse(made.stdout)).toMatchObject({
    channel_id: "ops",
    signed: true,
    types: ["ledger_unbalanced"],
  });
  expect((await runCommand(["alert-channel", "test", "ops"], node.environment)).code).toBe(0);
  expect(receiver.takenCount).toBe(1);
  await put("SECwrong");
  const refused = await runCommand(["alert-channel", "test", "ops", "--json"], node.environment);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ delivered: false });
  const listed = await runCommand(["alert-channel", "list"], node.environment);
  expect(listed.stdout).toContain("310000");
  for (const { stdout, stderr } of [made, refused, listed]) expect(stdout + stderr).not.toContain("canary");
  const alerts = await runCommand(["alert", "list", "--type", "alert_channel_failing"], node.environment);
  expect(alerts.stdout).toContain("channel_id:ops");
  const assigned = await runCommand(
    ["inconsistency", "assign", "exchange:none", "--to", "ann"],
    node.environment,
  );
  expect([assigned.code, assigned.stderr.includes("inconsistency_not_found")]).toEqual([1, true]);
}, 120_000);
