// GET /v1/events: what is told of each effect, cursors, filters, waiting, streams, and who may read what.
import { request as openRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/index.ts";
import { readEvents } from "../../src/events/index.ts";
import { acceptKey } from "../../src/http/index.ts";
import { assembleNode } from "../../src/node.ts";
import { createLog } from "../../src/system/index.ts";
import type { Answer } from "./documented-answer.ts";
import { openTestNode, seedNode, type TestNode, testPartnerSetup } from "./test-node.ts";

interface ToldEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly cursor: string;
  readonly orderingkey: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function eventsOf(answer: Answer): ToldEvent[] {
  expect(answer.status).toBe(200);
  return answer.body["items"] as ToldEvent[];
}

function cursorOf(answer: Answer): string {
  return answer.body["next_cursor"] as string;
}

/** The stream's events as a reader sees them, until the stream ends or enough have come. */
class StreamReader {
  readonly #chunks: string[] = [];
  readonly #ended: Promise<string>;
  #wake: () => void = () => undefined;
  #socketEnd: () => void = () => undefined;

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.#ended = new Promise((resolve, reject) => {
      const sent = openRequest(url, { headers: { accept: "text/event-stream", ...headers } }, (answer) => {
        this.status = answer.statusCode ?? 0;
        this.contentType = answer.headers["content-type"];
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          this.#chunks.push(chunk);
          this.#wake();
        });
        answer.on("end", () => resolve("end"));
        answer.on("error", () => resolve("cut"));
      });
      sent.on("error", reject);
      sent.end();
      this.#socketEnd = () => sent.destroy();
    });
  }

  status = 0;
  contentType: string | undefined;

  get text(): string {
    return this.#chunks.join("");
  }

  get events(): ToldEvent[] {
    return [...this.text.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? "") as ToldEvent);
  }

  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      const more = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([more, this.#ended]);
    }
  }

  ended(): Promise<string> {
    return this.#ended;
  }

  leave(): void {
    this.#socketEnd();
  }
}

const exchange = {
  user_id: "u1",
  source_system: "shop",
  target_system: "club",
  source_credit_type: "coin",
  target_credit_type: "star",
  amount: "100",
};

describe("events", () => {
  let node: TestNode;
  const get = (query: string, headers: Readonly<Record<string, string>> = {}) =>
    node.call("GET", `/v1/events${query}`, { headers });
  const latest = async () => cursorOf(await get("?start=latest"));

  beforeAll(async () => {
    node = await openTestNode("postgres");
    await seedNode(node);
  });
  afterAll(() => node.close());

  it("tell of an exchange, its two lines, and nothing of its metadata", async () => {
    const after = await latest();
    const metadata = { note: "secret words" };
    await node.call("POST", "/v1/exchanges", { body: { ...exchange, operation_id: "e-1", metadata } });
    const answer = await get(`?after=${after}`);
    const events = eventsOf(answer);
    expect(events.map((event) => event.type)).toEqual([
      "exchange.completed",
      "account.balance_changed",
      "account.balance_changed",
    ]);
    expect(events[0]).toMatchObject({
      specversion: "1.0",
      subject: "e-1",
      datacontenttype: "application/json",
      orderingkey: "operation/e-1",
      data: { operation_id: "e-1", status: "completed", source_amount: "100", target_amount: "29" },
    });
    expect(events[1]?.data).toMatchObject({
      system_id: "shop",
      user_id: "u1",
      version: 2,
      available: "900",
      frozen: "0",
      entry: "debit",
      amount: "100",
      operation_id: "e-1",
    });
    expect(events[2]?.data).toMatchObject({
      system_id: "club",
      version: 1,
      available: "29",
      entry: "credit",
    });
    expect(answer.text).not.toContain("secret");
    expect(new Set(events.map((event) => event.source)).size).toBe(1);
    expect(new Set(events.map((event) => event.id)).size).toBe(3);
  });

  it("are read the same from each event's own cursor, and by pages of one", async () => {
    const all = eventsOf(await get("?limit=1000"));
    expect(all.length).toBeGreaterThan(3);
    for (const [index, event] of all.entries()) {
      expect(eventsOf(await get(`?after=${event.cursor}&limit=1000`))).toEqual(all.slice(index + 1));
    }
    const singly: ToldEvent[] = [];
    for (let answer = await get("?limit=1"); ; answer = await get(`?limit=1&after=${cursorOf(answer)}`)) {
      const [event] = eventsOf(answer);
      if (event === undefined) break;
      singly.push(event);
    }
    expect(singly).toEqual(all);
  });

  it("tell of refusals, holds and their ends, rates, mappings and accounts opened empty", async () => {
    const after = await latest();
    const account = { system_id: "shop", user_id: "u1", credit_type_id: "coin" };
    await node.call("POST", "/v1/exchanges", {
      body: { ...exchange, operation_id: "e-2", amount: "100000" },
    });
    await node.call("POST", "/v1/holds", { body: { ...account, operation_id: "h-1", amount: "5" } });
    await node.call("POST", "/v1/holds/h-1/capture", { body: { amount: "2" } });
    await node.call("POST", "/v1/accounts", { body: { ...account, user_id: "empty" } });
    await node.call("POST", "/v1/accounts", { body: { ...account, user_id: "empty" } });
    const pair = { source_system: "shop", target_system: "club" };
    const types = { source_credit_type: "coin", target_credit_type: "star" };
    await node.call("PUT", "/v1/rates", { body: { ...pair, ...types, rate: "0.3" } });
    await node.call("PUT", "/v1/rates", {
      body: { ...pair, ...types, rate: "0.3", operation_id: "same-again" },
    });
    await node.call("PUT", "/v1/rates", { body: { ...pair, ...types, rate: "0.6", operation_id: "double" } });
    await node.call("POST", "/v1/rate-changes/double/reject");
    await node.call("PUT", "/v1/mappings", {
      body: { ...pair, source_user_id: "u1", target_user_id: "v1" },
    });
    const told = eventsOf(await get(`?after=${after}`)).map(({ type, data }) => [
      type,
      data["failure_code"] ?? data["entry"] ?? data["new_rate"] ?? data["target_user_id"] ?? data["version"],
    ]);
    expect(told).toEqual([
      ["exchange.failed", "insufficient_balance"],
      ["hold.placed", undefined],
      ["account.balance_changed", "hold"],
      ["hold.captured", undefined],
      ["account.balance_changed", "capture"],
      ["account.balance_changed", "release"],
      ["account.opened", 0],
      ["exchange_rate.updated", "0.3"],
      ["exchange_rate.proposed", "0.6"],
      ["exchange_rate.rejected", "rate_change_rejected"],
      ["mapping.updated", "v1"],
    ]);
  });

  it("tell from when a rate is in force, and the same of one that was taken back", async () => {
    const from = cursorOf(await node.call("GET", "/v1/events?start=latest"));
    const change = {
      operation_id: "rate-for-later",
      source_system: "shop",
      target_system: "club",
      source_credit_type: "coin",
      target_credit_type: "star",
      rate: "0.26",
      effective_at: new Date(Date.now() + 3_600_000).toISOString(),
    };
    const { status } = await node.call("PUT", "/v1/rates", { body: change });
    expect(status).toBe(200);
    const read = async () => eventsOf(await node.call("GET", `/v1/events?after=${from}`));
    const told = await read();
    expect(told.map(({ type }) => type)).toEqual(["exchange_rate.updated"]);
    expect(told[0]?.data).toMatchObject({ effective_at: change.effective_at, new_rate: "0.26" });
    expect(told[0]?.data["rate_version"]).toEqual(expect.any(Number));
    await node.call("POST", "/v1/rate-changes/rate-for-later/reject");
    const [again, taken] = await read();
    expect(again).toEqual(told[0]);
    expect(taken).toMatchObject({ type: "exchange_rate.rejected", data: { rate_version: null } });
  });

  it("are filtered by type, and the cursor moves past what is left out", async () => {
    const only = await get("?types=exchange.failed,mapping.updated");
    expect(eventsOf(only).map((event) => event.type)).toEqual(["exchange.failed", "mapping.updated"]);
    const none = await get("?types=inconsistency.opened");
    expect(eventsOf(none)).toEqual([]);
    expect(cursorOf(none)).toBe(await latest());
    const wrong = await get("?types=exchange.failed,exchange.exploded");
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({ code: "invalid_request", errors: [{ path: "/query/types" }] });
  });

  it("refuse a cursor that is none, one of another log, and one from ahead", async () => {
    const [logId, position] = (await latest()).split(".");
    for (const cursor of [
      "x",
      "null",
      `${logId}`,
      `${logId}.-1`,
      `other.${position}`,
      `${logId}.99999999999`,
    ]) {
      const answer = await get(`?after=${cursor}`);
      expect({ cursor, status: answer.status, code: answer.body["code"] }).toEqual({
        cursor,
        status: 400,
        code: "cursor_unknown",
      });
    }
    const both = await get(`?start=latest&after=${logId}.${position}`);
    expect(both.status).toBe(400);
  });

  it("wait for what comes where they are told to", async () => {
    const after = await latest();
    const waiting = get(`?after=${after}`, { prefer: "wait=20" });
    const early = await Promise.race([
      waiting,
      new Promise((resolve) => setImmediate(() => resolve("waits"))),
    ]);
    expect(early).toBe("waits");
    await node.call("POST", "/v1/exchanges", { body: { ...exchange, operation_id: "e-3", amount: "10" } });
    expect(eventsOf(await waiting).map((event) => event.subject)).toContain("e-3");
  });

  it("are read many at a time for a caller of some systems, however small its page", async () => {
    const after = await latest();
    const credits = Array.from({ length: 60 }, (_, index) => ({
      operation_id: `many-${index}`,
      system_id: "shop",
      user_id: `many-${index}`,
      credit_type_id: "coin",
      amount: "1",
    }));
    await node.call("POST", "/v1/credits/batch", { body: { credits } });
    let count = 0;
    const counted: Database = {
      engine: node.database.engine,
      close: () => Promise.resolve(),
      transaction: (work) =>
        node.database.transaction((transaction) =>
          work({
            query: (statement, parameters) => {
              count += 1;
              return transaction.query(statement, parameters);
            },
            send: (statement, parameters) => transaction.send(statement, parameters),
          }),
        ),
    };
    const page = (systems: ReadonlySet<string>) =>
      readEvents(counted, node.services.shardCount, { after, limit: 1, systems });
    const [others, own] = [await page(new Set(["club"])), await page(new Set(["shop"]))];
    expect(others.items).toEqual([]);
    expect(own.items).toMatchObject([{ type: "credit.completed" }]);
    expect(count).toBeLessThan(60);
  });

  it("show a caller of some systems what concerns them, and nothing of the node's", async () => {
    const make = async (role: string, systems: string[]) => {
      const made = await node.call("POST", "/v1/api-keys", {
        body: { name: `${role} key`, principal: role, role, systems },
      });
      return made.body["api_key"] as string;
    };
    const partner = await make("partner", ["club"]);
    const read = await node.call("GET", "/v1/events?limit=1000", { key: partner });
    const events = eventsOf(read);
    expect(events.length).toBeGreaterThan(3);
    const systemsOf = ({ data }: ToldEvent) =>
      [data["system_id"], data["source_system"], data["target_system"]].filter(
        (system) => system !== undefined,
      );
    expect(events.filter((event) => !systemsOf(event).includes("club"))).toEqual([]);
    expect(events.some((event) => event.type === "account.balance_changed")).toBe(true);
    const stranger = await make("service", ["club"]);
    expect(eventsOf(await node.call("GET", "/v1/events?limit=1000", { key: stranger }))).toEqual(events);
    expect((await node.call("GET", "/v1/events", { key: null })).status).toBe(401);
  });
});

describe("the stream of events", () => {
  let node: TestNode;
  let url: string;
  const key = { authorization: "Bearer streaming-key-1" };
  let close: () => Promise<void>;

  beforeAll(async () => {
    node = await openTestNode("postgres");
    await seedNode(node);
    const second = await assembleNode(node.database, {
      shardCount: 1,
      log: createLog("silent"),
      acceptedKeys: [acceptKey("streaming-key-1", { name: "reader", role: "viewer" })],
      partners: testPartnerSetup,
      feed: { heartbeatMs: 50, lookIntervalMs: 5 },
    });
    url = `${await second.app.listen({ port: 0, host: "127.0.0.1" })}/v1/events`;
    close = () => second.close();
  });
  afterAll(() => node.close());

  it("sends what there is and what comes, each with its cursor as its id, and heartbeats between", async () => {
    const reader = new StreamReader(url, key);
    await reader.until(() => reader.events.length >= 2);
    expect(reader.contentType).toBe("text/event-stream");
    await node.call("POST", "/v1/exchanges", { body: { ...exchange, operation_id: "s-1" } });
    await reader.until(() => reader.events.some((event) => event.subject === "s-1"));
    const heartbeats = () => reader.text.split(": here").length;
    const before = heartbeats();
    await reader.until(() => heartbeats() > before + 2);
    const ids = [...reader.text.matchAll(/^id: (.*)\ndata: /gm)].map((match) => match[1]);
    expect(ids).toEqual(reader.events.map((event) => event.cursor));
    reader.leave();

    const [first] = reader.events;
    const again = new StreamReader(`${url}?start=oldest`, { ...key, "last-event-id": first?.cursor ?? "" });
    await again.until(() => again.events.length >= reader.events.length - 1);
    expect(again.events).toEqual(reader.events.slice(1));
    again.leave();
  });

  it("refuses a bad cursor before it begins", async () => {
    const reader = new StreamReader(url, { ...key, "last-event-id": "nonsense" });
    expect(await reader.ended()).toBe("end");
    expect(reader.status).toBe(400);
    expect(reader.text).toContain("cursor_unknown");
  });

  it("ends with the node, whole, and the node does not wait for it", async () => {
    const reader = new StreamReader(url, key);
    await reader.until(() => reader.events.length > 0);
    // One that keeps connections alive and does not even read.
    const idle = await fetch(url, { headers: { accept: "text/event-stream", ...key } });
    await close();
    expect((await idle.text()).endsWith("\n\n")).toBe(true);
    expect(await reader.ended()).toBe("end");
    expect(reader.text.endsWith("\n\n")).toBe(true);
  });
});
