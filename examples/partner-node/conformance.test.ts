// Proves that the partner kit, on the example's store, keeps every rule that `pointbridge conformance` checks of a
// target and of a source.
import { type PrivateJwk, type PublicJwk, thumbprintOf } from "@pointbridge/protocol/pxp";
import { expect, it } from "vitest";
import { makeConfig, runConformance } from "../../packages/engine/src/conformance/index.ts";
import { startExamplePartner } from "../../packages/engine/test/partners/example-partner.ts";

const system = "club";
const dailyLimit = 1_000_000;

function publicHalf({ x }: PrivateJwk): PublicJwk {
  const jwk = { kty: "OKP", crv: "Ed25519", x } as const;
  return { ...jwk, kid: thumbprintOf(jwk) };
}

async function certify() {
  const plain = makeConfig(system);
  const config = {
    ...plain,
    target: { ...plain.target, cap: String(dailyLimit) },
    deadlines: { answer_ms: 10_000, pending_ms: 5_000, prompt_ms: 5_000 },
  };
  const { own, foreign, revoked, target, source } = config;
  const sources = [own.system_id, own.second_system_id, foreign.system_id];
  const partner = await startExamplePartner("node", process.execPath, {
    callers: {
      kit: {
        systems: [own.system_id, own.second_system_id],
        keys: [publicHalf(own.private_jwk)],
        revoked: [publicHalf(revoked.private_jwk)],
      },
      foreign: { systems: [foreign.system_id], keys: [publicHalf(foreign.private_jwk)] },
    },
    systems: { [system]: [target.credit_type_id] },
    rates: sources.map((source_system) => ({
      source_system,
      target_system: system,
      source_credit_type: target.source_credit_type,
      target_credit_type: target.credit_type_id,
      rate: target.rate,
    })),
    dailyLimit,
    members: "any",
  });
  try {
    await partner.run(["give", system, source.member, source.credit_type_id, "5000"]);
    await partner.run(["give", system, source.purse_member, source.credit_type_id, source.purse_balance]);
    return await runConformance({ url: partner.baseUrl, config, partnerKeys: partner.keys });
  } finally {
    await partner.stop();
  }
}

it("the example passes every check of both parts", async () => {
  const { results, leftovers, profiles } = await certify();
  const departed = results.filter(({ status }) => status !== "ok").map(({ id, status }) => `${status} ${id}`);
  // Its judge leaves no credit pending; packages/sdk/test/partner-table.test.ts has those cells. And it counts and
  // sums, so that what belongs to digests and sketches is not asked of it.
  const beyond = ["digests", "secret", "sketch", "rows"].map((name) => `skipped reconciliation/${name}`);
  const receipts = ["verifies", "differing", "undone", "unknown"].map((name) => `skipped receipts/${name}`);
  const pending = ["skipped credits/pending-credit", "skipped credits/pending-rollback"];
  expect(departed).toEqual([...pending, ...receipts, ...beyond, ...receipts]);
  expect(leftovers).toEqual([]);
  expect(profiles).toEqual(["target", "source"]);
}, 120_000);
