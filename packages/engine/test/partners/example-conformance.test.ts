// Proves that the partners under examples/ keep every rule that the conformance kit checks of a target.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type PrivateJwk, type PublicJwk, thumbprintOf } from "@pointbridge/protocol/pxp";
import { describe, expect, it } from "vitest";
import { type ConformanceConfig, makeConfig, runConformance } from "../../src/conformance/index.ts";
import { type ExampleName, type ExamplePartner, startExamplePartner } from "./example-partner.ts";
import { listExamples } from "./example-world.ts";

const partnerSystem = "club";
/** Of any account in a day: the kit's capped member has no more than this, the others get less. */
const dailyLimit = 1_000_000;

function makeKitConfig(spendHook: string): ConformanceConfig {
  const config = makeConfig(partnerSystem);
  return {
    ...config,
    target: { ...config.target, cap: String(dailyLimit) },
    hooks: { spend: spendHook },
    deadlines: { answer_ms: 10_000, pending_ms: 5_000, prompt_ms: 5_000 },
  };
}

function publicHalf({ x }: PrivateJwk): PublicJwk {
  const jwk = { kty: "OKP", crv: "Ed25519", x } as const;
  return { ...jwk, kid: thumbprintOf(jwk) };
}

function startPartner(
  name: ExampleName,
  command: string,
  config: ConformanceConfig,
): Promise<ExamplePartner> {
  const { own, foreign, revoked, target } = config;
  const sources = [own.system_id, own.second_system_id, foreign.system_id];
  return startExamplePartner(name, command, {
    callers: {
      kit: {
        systems: [own.system_id, own.second_system_id],
        keys: [publicHalf(own.private_jwk)],
        revoked: [publicHalf(revoked.private_jwk)],
      },
      foreign: { systems: [foreign.system_id], keys: [publicHalf(foreign.private_jwk)] },
    },
    systems: { [partnerSystem]: [target.credit_type_id] },
    rates: sources.map((source) => ({
      source_system: source,
      target_system: partnerSystem,
      source_credit_type: target.source_credit_type,
      target_credit_type: target.credit_type_id,
      rate: target.rate,
    })),
    dailyLimit,
    members: "any",
  });
}

/** What a partner in test would put before its own shop: spends points of a member when the kit asks for it. */
async function startSpendHook(
  spend: (order: Readonly<Record<string, string>>) => Promise<unknown>,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
      await spend(JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, string>);
      response.writeHead(204).end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

async function certify(name: ExampleName, command: string) {
  const partners: ExamplePartner[] = [];
  const hook = await startSpendHook(async (order) => {
    const { system_id: system = "", user_id: user = "", credit_type_id: type = "", amount = "" } = order;
    await partners[0]?.run(["spend", system, user, type, amount]);
  });
  try {
    const config = makeKitConfig(hook.url);
    const partner = await startPartner(name, command, config);
    partners.push(partner);
    return await runConformance({ url: partner.baseUrl, config, partnerKeys: partner.keys });
  } finally {
    await partners[0]?.stop();
    hook.server.close();
  }
}

describe.each(listExamples())("the example partner in %s", (name, command) => {
  it.skipIf(command === undefined)(
    "passes every check of a target",
    async () => {
      const report = await certify(name, command ?? "");
      const departed = report.results.filter(({ status }) => status !== "ok");
      const told = departed.map(({ id, status, reason, expected, received }) => {
        return status === "skipped" ? id : { id, reason, expected, received };
      });
      // It never answers pending, has no holds whose ids could be taken for credits', signs no receipts, and adds up
      // to level 2.
      expect(told).toEqual([
        "credits/pending-credit",
        "credits/pending-rollback",
        "authority/kinds-of-ids",
        "receipts/verifies",
        "receipts/differing",
        "receipts/undone",
        "receipts/unknown",
        "reconciliation/sketch",
        "reconciliation/rows",
      ]);
      expect(report.leftovers).toEqual([]);
      expect(report.profiles).toEqual(["target"]);
    },
    120_000,
  );
});
