// What is kept of a partner's requests: the one that makes a row, and the one that ends or seals it (R6).
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { partnerOperationId } from "../../src/domain/index.ts";
import { findOperations } from "../../src/operations/index.ts";
import { findEvidence } from "../../src/partner/index.ts";
import { countRows } from "./row-count-queries.ts";
import { openTestNode, seedNode, type TestNode, testPartnerSetup } from "./test-node.ts";
import { TestPartner } from "./test-partner.ts";

const initiated_at = "2026-11-23T09:30:00.000Z";
const inbound = { source_system: "airline", target_system: "shop", initiated_at };
const outbound = { source_system: "shop", target_system: "airline", initiated_at };

describe("requests of partners", () => {
  let node: TestNode;
  const airline = new TestPartner();

  const credit = (id: string, userId: string) => {
    const movement = { ...inbound, operation_id: id, user_id: userId, credit_type_id: "coin", amount: "5" };
    const terms = { source_credit_type: "mile", source_amount: "5", exchange_rate: "1" };
    return airline.call(node, "credits", { ...movement, ...terms });
  };
  const rollBack = (id: string, reason: string) =>
    airline.call(node, "credits/rollback", { ...inbound, operation_id: id, reason });
  const hold = (id: string) => {
    const points = { user_id: "u1", credit_type_id: "coin", amount: "7" };
    return airline.call(node, "holds", { ...outbound, operation_id: id, ...points });
  };
  const endHold = (call: "holds/capture" | "holds/release", id: string) =>
    airline.call(node, call, { ...outbound, operation_id: id });

  /** The path and the body of each request that is kept with a row. */
  const keptWith = (kind: "credit" | "hold", id: string) =>
    node.database.transaction(async (transaction) => {
      const operationId = partnerOperationId(kind, "airline", "shop", id);
      const [row] = await findOperations(transaction, node.services.shardCount, [operationId]);
      const { evidence_id: made = "", end_evidence_id: ended = "" } = row?.data ?? {};
      const [making, ending] = [
        await findEvidence(transaction, made),
        await findEvidence(transaction, ended),
      ];
      return [making, ending].map((kept) =>
        kept === undefined ? undefined : [kept.path, (JSON.parse(kept.body) as { reason?: string }).reason],
      );
    });

  beforeAll(async () => {
    node = await openTestNode("postgres", { ...testPartnerSetup, publicUrl: "https://points.example" });
    await seedNode(node);
    const puts: ReadonlyArray<readonly [path: string, body: object]> = [
      [
        "/v1/systems/airline",
        { name: "airline", kind: "remote", base_url: "http://127.0.0.1:9", keys: airline.keys },
      ],
      ["/v1/systems/airline/credit-types/mile", { name: "mile" }],
      ["/v1/links", { source_system: "airline", target_system: "shop", user_mapping: "same_id" }],
      ["/v1/links", { source_system: "shop", target_system: "airline", user_mapping: "same_id" }],
      [
        "/v1/rates",
        {
          source_system: "airline",
          target_system: "shop",
          source_credit_type: "mile",
          target_credit_type: "coin",
          rate: "1",
        },
      ],
    ];
    for (const [path, body] of puts) {
      const answer = await node.call("PUT", path, { body });
      if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    }
  });

  afterAll(() => node.close());

  it("that took a credit back or sealed it are kept beside the one that made it", async () => {
    await credit("taken-back", "u2");
    expect((await rollBack("taken-back", "first")).body["outcome"]).toBe("rolled_back");
    expect(await keptWith("credit", "taken-back")).toEqual([
      ["/pxp/v1/credits", undefined],
      ["/pxp/v1/credits/rollback", "first"],
    ]);

    await credit("spent", "u3");
    const debit = { operation_id: "spend", system_id: "shop", user_id: "u3", credit_type_id: "coin" };
    expect((await node.call("POST", "/v1/debits", { body: { ...debit, amount: "1" } })).status).toBe(201);
    expect((await rollBack("spent", "too late")).body["code"]).toBe("rollback_refused");
    expect(await keptWith("credit", "spent")).toEqual([
      ["/pxp/v1/credits", undefined],
      ["/pxp/v1/credits/rollback", "too late"],
    ]);
  });

  it("that captured or released a hold are kept beside the one that placed it", async () => {
    await hold("h-1");
    expect((await endHold("holds/capture", "h-1")).body["outcome"]).toBe("captured");
    await hold("h-2");
    expect((await endHold("holds/release", "h-2")).body["outcome"]).toBe("released");
    const placed = ["/pxp/v1/holds", undefined];
    expect(await keptWith("hold", "h-1")).toEqual([placed, ["/pxp/v1/holds/capture", undefined]]);
    expect(await keptWith("hold", "h-2")).toEqual([placed, ["/pxp/v1/holds/release", undefined]]);
  });

  it("that fenced an id are kept with the fence", async () => {
    await rollBack("never-came", "fence");
    await endHold("holds/release", "never-came");
    expect(await keptWith("credit", "never-came")).toEqual([
      ["/pxp/v1/credits/rollback", "fence"],
      undefined,
    ]);
    expect(await keptWith("hold", "never-came")).toEqual([["/pxp/v1/holds/release", undefined], undefined]);
  });

  it("that change nothing are not kept, and what was kept stays", async () => {
    const rowsOf = async () => (await countRows(node.database))["pointbridge.evidence"];
    const before = await rowsOf();
    expect(Number(before)).toBeGreaterThan(0);
    for (const id of ["taken-back", "spent", "never-came"]) await rollBack(id, "again");
    await credit("taken-back", "u2");
    await endHold("holds/release", "h-1");
    await endHold("holds/capture", "h-2");
    await endHold("holds/capture", "unknown");
    expect(await rowsOf()).toBe(before);
    expect(await keptWith("credit", "taken-back")).toMatchObject([{}, ["/pxp/v1/credits/rollback", "first"]]);
    expect(await keptWith("credit", "spent")).toMatchObject([{}, ["/pxp/v1/credits/rollback", "too late"]]);
  });
});
