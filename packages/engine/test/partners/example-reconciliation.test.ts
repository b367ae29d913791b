// Proves that the partners under examples/ add up what they have as the protocol has it: records, digests, hours.
import { callPaths, DigestSum, RecordHash, recordText } from "@pointbridge/protocol/pxp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ExampleWorld, listExamples, route } from "./example-world.ts";

const secret = Buffer.alloc(32, 7);
const leg = { kind: "credits", ...route };
const day = { start_time: "2026-11-23T00:00:00.000Z", end_time: "2026-11-24T00:00:00.000Z" };
const keyCall = { ...leg, key_version: 1, secret: secret.toString("base64url") };

interface Credit {
  readonly operation_id: string;
  readonly amount?: string;
  readonly user_id?: string;
  readonly exchange_rate?: string;
  readonly initiated_at?: string;
}

/** Those that stand: the amounts are what 100 coins or the like are worth. */
const standing: readonly Credit[] = [
  { operation_id: "sum-1" },
  { operation_id: "sum-2", amount: "7", exchange_rate: "000.2900", initiated_at: "2026-11-23T10:00:00.000Z" },
  { operation_id: "sum-3", user_id: "积分", initiated_at: "2026-11-23T10:59:59.999Z" },
];

function sumOf(credits: readonly Credit[]): string {
  const sum = new DigestSum();
  const hash = new RecordHash(secret, { kind: "credits", sourceSystem: "shop", targetSystem: "club" });
  for (const { operation_id: operationId, user_id: userId = "u1", amount = "29" } of credits) {
    const fields = {
      operationId,
      userId,
      creditTypeId: "star",
      amount: BigInt(amount),
      exchangeRate: "0.29",
    };
    hash.hashText(recordText({ ...fields, standing: "moved" }) ?? "");
    sum.add(hash.words);
  }
  return sum.toString();
}

describe.each(listExamples())("the example partner in %s", (name, command) => {
  let world: ExampleWorld;
  const call = (path: "key" | "summary", body: object) =>
    world.node.call(callPaths[`reconciliation/${path}`], body);

  beforeAll(async () => {
    if (command === undefined) return;
    world = await ExampleWorld.start(name, command);
    for (const credit of standing) await world.credit({ ...credit });
    await world.credit({ operation_id: "sum-refused", user_id: "nobody" });
    await world.credit({ operation_id: "sum-back" });
    await world.rollBack("sum-back");
    await world.rollBack("sum-fence");
    await world.credit({ operation_id: "sum-later", initiated_at: "2026-11-24T00:00:00.000Z" });
  });
  afterAll(() => world?.partner.stop());

  it.skipIf(command === undefined)("adds up what stands, and says so by hour", async () => {
    expect(await call("key", keyCall)).toMatchObject({ status: 200, body: { key_version: 1 } });
    const { status, body } = await call("summary", { ...leg, ...day, key_version: 1, per: "hour" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      count: 3,
      totals: [{ credit_type_id: "star", count: 3, amount: "65" }],
      open_count: 0,
      digest_sum: sumOf(standing),
      hours: [
        {
          start_time: "2026-11-23T09:00:00.000Z",
          count: 1,
          amount: "29",
          digest_sum: sumOf(standing.slice(0, 1)),
        },
        {
          start_time: "2026-11-23T10:00:00.000Z",
          count: 2,
          amount: "36",
          digest_sum: sumOf(standing.slice(1)),
        },
      ],
    });
    const holds = { kind: "holds", source_system: "club", target_system: "shop" };
    expect(await call("summary", { ...holds, ...day })).toMatchObject({
      status: 200,
      body: { count: 0, totals: [] },
    });
  });

  it.skipIf(command === undefined)(
    "keeps a secret for its version, and tells no digest without one",
    async () => {
      expect((await call("key", keyCall)).status).toBe(200);
      const other = { ...keyCall, secret: Buffer.alloc(32, 8).toString("base64url") };
      expect(await call("key", other)).toMatchObject({
        status: 409,
        body: { code: "reconciliation_key_taken" },
      });
      const unknown = await call("summary", { ...leg, ...day, key_version: 2 });
      expect(unknown).toMatchObject({ status: 409, body: { code: "reconciliation_key_unknown" } });
      const plain = await call("summary", { ...leg, ...day });
      expect(plain.body).toMatchObject({ count: 3 });
      expect(plain.body).not.toHaveProperty("digest_sum");
      const foreign = await world.other.call(callPaths["reconciliation/summary"], { ...leg, ...day });
      expect(foreign.status).toBe(403);
    },
  );
});
