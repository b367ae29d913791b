// Every kind of channel against a receiver that verifies what the real one would, and says no as it would.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChannelInput } from "../../src/alerts/index.ts";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { AlertWorld } from "./alert-world.ts";
import {
  dingtalkRobot,
  feishuRobot,
  type Judge,
  Receiver,
  type RobotAnswer,
  slackRobot,
  webhookReceiver,
  wecomRobot,
} from "./robot-receivers.ts";

const secret = "SECb1f5+/=&?密";
const webhookSecret = `whsec_${Buffer.from("a secret of a webhook, 32 bytes.").toString("base64")}`;

interface KindCase {
  readonly kind: ChannelInput["kind"];
  readonly judge: Judge;
  readonly path: string;
  readonly secret?: string;
  /** Another secret, or another token where there is no signature: how a wrong one is answered. */
  readonly wrong: { readonly path?: string; readonly secret?: string };
  readonly said: string;
  readonly busy: RobotAnswer;
}

const cases: readonly KindCase[] = [
  {
    kind: "webhook",
    judge: webhookReceiver(webhookSecret),
    path: "/alerts?team=points",
    secret: webhookSecret,
    wrong: { secret: "whsec_AAAA" },
    said: "answered 401",
    busy: { status: 429, body: "later", headers: { "retry-after": "120" } },
  },
  {
    kind: "dingtalk",
    judge: dingtalkRobot("token-1", secret),
    path: "/robot/send?access_token=token-1",
    secret,
    wrong: { secret: "SECother" },
    said: "code 310000",
    busy: { status: 200, body: '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}' },
  },
  {
    kind: "wecom",
    judge: wecomRobot("key-1"),
    path: "/cgi-bin/webhook/send?key=key-1",
    wrong: { path: "/cgi-bin/webhook/send?key=key-2" },
    said: "code 93000",
    busy: { status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' },
  },
  {
    kind: "feishu",
    judge: feishuRobot(secret),
    path: "/open-apis/bot/v2/hook/hook-1",
    secret,
    wrong: { secret: "other" },
    said: "code 19021",
    busy: { status: 200, body: '{"code":11232,"msg":"frequency limited"}' },
  },
  {
    kind: "slack",
    judge: slackRobot("/services/T0/B0/xyz"),
    path: "/services/T0/B0/xyz",
    wrong: { path: "/services/T0/B0/other" },
    said: "answered 404: no_service",
    busy: { status: 429, body: "rate_limited", headers: { "retry-after": "120" } },
  },
];

let place: TestDatabase;
let database: Database;
let world: AlertWorld;
beforeAll(async () => {
  place = await createTestDatabase();
  database = await openDatabase({ url: place.url });
  await migrate(database);
  world = new AlertWorld(database);
});
afterAll(async () => {
  await world.close();
  await database.close();
  await place.drop();
});

describe.each(cases)("a channel of the kind $kind", (one) => {
  let receiver: Receiver;
  const secretsWith = ({ path = one.path, secret: key = one.secret }: KindCase["wrong"]) => ({
    url: receiver.url + path,
    ...(key === undefined ? {} : { secret: key }),
  });

  beforeAll(async () => {
    receiver = await Receiver.open(one.judge);
    await world.empty();
    await world.put("c", { kind: one.kind, secrets: secretsWith({}) });
  });
  afterAll(() => receiver.close());

  it("tells an alert and its end, signed and formed as the place asks, in both languages", async () => {
    const alert = {
      type: "partner_unreachable",
      key: "p-1",
      subject: { system_id: "club_a*<@all>_" },
    } as const;
    await world.raise(alert);
    expect(await world.tell()).toBe(1);
    await world.put("c", { kind: one.kind, secrets: {}, language: "zh" });
    await world.raise({ type: "ledger_unbalanced", key: "ledger" });
    expect(await world.tell()).toBe(1);
    expect((await world.channel("c")).lastError).toBeNull();
    expect(receiver.takenCount).toBe(2);
    const [english, chinese] = receiver.received.map(({ text }) => text);
    expect(english).toContain("A partner can't be reached");
    expect(english).toContain("docs/runbook/partner_unreachable.md");
    // Slack and Feishu take plain text, in which nothing is a mention; a webhook takes data.
    const marks: Partial<Record<ChannelInput["kind"], string>> = {
      dingtalk: "<@all>",
      wecom: "<@all>",
      feishu: "lark_md",
      slack: "mrkdwn",
    };
    expect(english).not.toContain(marks[one.kind] ?? "mrkdwn");
    expect(chinese).toContain(one.kind === "webhook" ? "ledger_unbalanced" : "账本不平");
    expect(chinese).toContain("Pointbridge");
    expect(await world.tell()).toBe(0);
  });

  it("fits a storm of every type into one message that is taken", async () => {
    const types = ["webhook_dead", "rate_change_pending", "inconsistency_open", "key_expiring"] as const;
    await world.raise(
      ...types.flatMap((type) =>
        Array.from({ length: 300 }, (_, index) => ({
          type,
          key: `storm-${index}`,
          subject: { operation_id: `operation-${"x".repeat(100)}-${index}`, source_system: "s".repeat(64) },
        })),
      ),
    );
    const before = receiver.takenCount;
    expect(await world.tell()).toBe(1);
    expect((await world.channel("c")).lastError).toBeNull();
    expect(receiver.takenCount).toBe(before + 1);
    expect(receiver.received.at(-1)?.text).toMatch(/300/);
  });

  it("a wrong signature or token is seen from the place's own words, which show no secret", async () => {
    await world.put("c", { kind: one.kind, secrets: secretsWith(one.wrong) });
    await world.raise({ type: "webhook_dead", key: "wrong" });
    expect(await world.tell()).toBe(1);
    const { failures, lastError } = await world.channel("c");
    expect(failures).toBe(1);
    expect(lastError).toContain(one.said);
    for (const text of ["token-1", "key-2", "/services/T0", one.wrong.secret ?? "none"]) {
      expect(lastError).not.toContain(text);
    }
    await world.put("c", { kind: one.kind, secrets: secretsWith({}) });
    await world.passTime();
    expect(await world.tell()).toBe(1);
    expect(await world.channel("c")).toMatchObject({ failures: 0, lastError: null, failingSince: null });
  });

  it("a place that has had too much is left alone for as long as it asks", async () => {
    receiver.judge = () => one.busy;
    await world.raise({ type: "reconciliation_failed", key: "busy" });
    expect(await world.tell()).toBe(1);
    expect((await world.channel("c")).failures).toBe(1);
    expect(await world.restMs("c")).toBeGreaterThan(30_000);
    expect(await world.tell()).toBe(0);
    receiver.judge = one.judge;
    await world.passTime();
    expect(await world.tell()).toBe(1);
    expect((await world.channel("c")).failures).toBe(0);
  });

  it.each(["hang", "cut"] as const)(
    "a place that does not answer (%s) fails, and hears everything later",
    async (mood) => {
      receiver.mood = mood;
      await world.raise({
        type: "exchange_needs_attention",
        key: `exchange:${mood}`,
        subject: { operation_id: mood },
      });
      expect(await world.tell(world.newNode({ timeoutMs: 100 }))).toBe(1);
      expect((await world.channel("c")).failures).toBe(1);
      receiver.mood = "well";
      const before = receiver.takenCount;
      await world.passTime();
      await world.tell();
      expect(receiver.takenCount).toBe(before + 1);
      expect(receiver.received.at(-1)?.text).toContain("exchange_needs_attention");
      expect((await world.channel("c")).failures).toBe(0);
    },
  );
});
