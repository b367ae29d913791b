// Every call of the partner protocol by everybody who may send one: the partner that speaks for the system that is
// named, another partner, a key that was withdrawn, one that nobody registered, and nobody at all. What is forbidden is
// told alike, whether the system that is named exists or not, and leaves every row as it was.

import { callPaths, type PxpCallName } from "@pointbridge/protocol/pxp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PartnerResult, TestPartner } from "../http/test-partner.ts";
import { partnerEndpoints } from "./documents.ts";
import { digestTables } from "./table-digest-queries.ts";
import { creditCall, holdCall, initiatedAt, openSecurityWorld, type SecurityWorld } from "./world.ts";

let world: SecurityWorld;
beforeAll(async () => {
  world = await openSecurityWorld();
});
afterAll(() => world.node.close());

const credited = { source_system: "airline", target_system: "shop" };
const held = { source_system: "shop", target_system: "airline" };
const window = {
  kind: "credits",
  ...credited,
  start_time: initiatedAt,
  end_time: "2026-11-24T00:00:00.000Z",
};
const reconciled = { ...window, key_version: 1 };

/**
 * A well-formed call of airline's node, and what it may not be answered: the reviewed table of the partner protocol.
 * - `speaker`: only the node that speaks for the caller's side of the pair; anybody else is told 403, without outcome.
 * - `anybody`: every registered node, since it says nothing of anybody's.
 * - `by line`: every registered node, each line judged as if it were sent alone.
 */
const reviewed: Readonly<
  Record<PxpCallName, { readonly may: "speaker" | "anybody" | "by line"; readonly body: object }>
> = {
  node: { may: "anybody", body: {} },
  credits: { may: "speaker", body: creditCall("reach-1") },
  "credits/rollback": {
    may: "speaker",
    body: { ...credited, operation_id: "pxp-credit-1", initiated_at: initiatedAt, reason: "test" },
  },
  holds: { may: "speaker", body: holdCall("reach-2") },
  "holds/capture": {
    may: "speaker",
    body: { ...held, operation_id: "pxp-hold-1", initiated_at: initiatedAt },
  },
  "holds/release": {
    may: "speaker",
    body: { ...held, operation_id: "pxp-hold-1", initiated_at: initiatedAt },
  },
  batch: { may: "by line", body: { calls: [{ call: "credits", ...creditCall("reach-3") }] } },
  users: {
    may: "speaker",
    body: { ...credited, source_user_id: "flyer-1", profile: { username: "Li" } },
  },
  operations: { may: "speaker", body: { ...window, limit: 10 } },
  rates: {
    may: "speaker",
    body: {
      ...credited,
      agreement_id: "agreed-1",
      state: "offered",
      source_credit_type: "mile",
      target_credit_type: "coin",
      exchange_rate: "1.1",
      min_source_amount: "1",
      expires_at: "2099-01-01T00:00:00.000Z",
    },
  },
  receipts: {
    may: "speaker",
    body: { ...credited, kind: "credits", operation_id: "pxp-credit-1", payload: "e30" },
  },
  "reconciliation/key": {
    may: "speaker",
    body: { kind: "credits", ...credited, key_version: 1, secret: "A".repeat(43) },
  },
  "reconciliation/summary": { may: "speaker", body: reconciled },
  "reconciliation/sketch": { may: "speaker", body: { ...reconciled, cells: 64 } },
  "reconciliation/rows": { may: "speaker", body: { ...window, operation_ids: ["pxp-credit-1"] } },
};

const calls = Object.entries(reviewed) as [PxpCallName, (typeof reviewed)[PxpCallName]][];

function send(partner: TestPartner, name: PxpCallName, body: object): Promise<PartnerResult> {
  return partner.call(world.node, name, body);
}

function sendUnsigned(name: PxpCallName, body: object): Promise<PartnerResult> {
  const spoil = ({ headers }: { headers: Record<string, string> }) => {
    delete headers["signature"];
    delete headers["signature-input"];
  };
  return world.airline.call(world.node, name, body, { spoil });
}

/** The same call of another pair. */
function renamed(body: object, names: Readonly<Record<string, string>>): object {
  const text = Object.entries(names).reduce(
    (all, [from, to]) => all.replaceAll(from, to),
    JSON.stringify(body),
  );
  return JSON.parse(text) as object;
}

/** What is told to whoever may not say it: of the whole call, or of each line. */
function forbiddenTo(may: string): object {
  const line = { status: 403, code: "forbidden" };
  return may === "by line"
    ? { status: 200, body: { results: [line] } }
    : { status: 403, body: { code: "forbidden" } };
}

/** Beside the ids of requests and the names that were sent. */
function toldBy(result: PartnerResult, ...names: readonly string[]): string {
  const text = JSON.stringify(result.body).replaceAll(/"request_id":"[^"]*"/g, "");
  return names.reduce((all, name) => all.replaceAll(name, "NAME"), text);
}

describe("calls of the partner protocol", () => {
  it("are all in the table", () => {
    expect(calls.map(([name]) => callPaths[name] as string).sort()).toEqual(
      partnerEndpoints.map(({ path }) => path).sort(),
    );
  });

  const asked = calls.filter(([, { may }]) => may !== "anybody");
  let before: Record<string, string>;

  it.each(calls)("%s is done for nobody whom the node does not know", async (name, { body }) => {
    before ??= await digestTables(world.node.database);
    for (const [code, sent] of [
      ["missing_component", () => sendUnsigned(name, body)],
      ["unknown_key", () => send(world.stranger, name, body)],
      ["revoked_key", () => send(world.withdrawn, name, body)],
    ] as const) {
      const result = await sent();
      expect(result).toMatchObject({ status: 401, body: { code } });
      expect(result.body).not.toHaveProperty("outcome");
    }
  });

  it.each(asked)("%s is done for no partner that does not speak for the system", async (name, one) => {
    const { may, body } = one;
    const forbidden = forbiddenTo(may);
    const others = await send(world.inn, name, body);
    expect(others).toMatchObject(forbidden);
    expect(JSON.stringify(others.body)).not.toContain('"outcome"');
    // Of a system that is another partner's and of one that nobody has put here, the same is told.
    const foreign = await send(world.airline, name, renamed(body, { '"airline"': '"inn"' }));
    const absent = await send(world.airline, name, renamed(body, { '"airline"': '"nowhere"' }));
    expect(foreign).toMatchObject(forbidden);
    expect(toldBy(foreign, "inn")).toBe(toldBy(absent, "nowhere"));
    const elsewhere = await send(world.airline, name, renamed(body, { '"shop"': '"inn"' }));
    const nowhere = await send(world.airline, name, renamed(body, { '"shop"': '"nowhere"' }));
    expect(elsewhere).toMatchObject(forbidden);
    expect(toldBy(elsewhere, "inn")).toBe(toldBy(nowhere, "nowhere"));
  });

  it("that are done for nobody have written nothing", async () => {
    expect(await digestTables(world.node.database)).toEqual(before);
  });

  it.each(asked)("%s is done for the partner that speaks for the system", async (name, { body }) => {
    const own = await send(world.airline, name, body);
    expect([401, 403]).not.toContain(own.status);
    expect(JSON.stringify(own.body)).not.toContain('"forbidden"');
  });

  it("node is told to every registered partner alike", async () => {
    const [own, other] = [await send(world.airline, "node", {}), await send(world.inn, "node", {})];
    expect(own.status).toBe(200);
    const { time: _own, ...told } = own.body;
    const { time: _other, ...toldToOthers } = other.body;
    expect(toldToOthers).toEqual(told);
  });
});

describe("a crowd of a partner's calls", () => {
  const crowd = 200;

  async function expectWithin(
    limitId: string,
    limit: object,
    sendOne: (index: number) => Promise<PartnerResult>,
  ) {
    await world.node.call("PUT", `/v1/limits/${limitId}`, { body: limit });
    const results = await Promise.all(Array.from({ length: crowd }, (_, index) => sendOne(index)));
    const done = results.filter(({ status }) => status === 200);
    const refused = results.filter(({ body }) => body["code"] === "limit_exceeded");
    // Fourteen times 70 are 980; one more would pass 1000.
    expect({ done: done.length, refused: refused.length }).toEqual({ done: 14, refused: crowd - 14 });
    await world.node.call("DELETE", `/v1/limits/${limitId}`);
  }

  it("never passes what the target's limit lets in, by one point", async () => {
    const limit = { side: "target", target_system: "shop", credit_type_id: "coin", bound: "1000" };
    await expectWithin("in", { ...limit, measure: "day_amount", subject: "everybody" }, (index) =>
      send(world.airline, "credits", {
        ...creditCall(`crowd-${index}`),
        amount: "70",
        source_amount: "70",
      }),
    );
  });

  it("never passes what the source's limit lets out, by one point", async () => {
    const account = { system_id: "shop", user_id: "u9", credit_type_id: "coin", amount: "1000000" };
    await world.node.call("POST", "/v1/credits", { body: account });
    const limit = { side: "source", source_system: "shop", target_system: "airline", credit_type_id: "coin" };
    await expectWithin("out", { ...limit, measure: "position", subject: "member", bound: "1000" }, (index) =>
      send(world.airline, "holds", { ...holdCall(`crowd-${index}`), user_id: "u9", amount: "70" }),
    );
  });
});
