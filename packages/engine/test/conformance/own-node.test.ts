// Our own node keeps every rule that the kit checks of its partners, as target and as source, on PostgreSQL; on the
// embedded engine those rules that the database takes part in.
import type { PublicJwk } from "@pointbridge/protocol/pxp";
import { expect, it } from "vitest";
import { type ConformanceConfig, makeConfig, runConformance } from "../../src/conformance/index.ts";
import { describeOnBothEngines, enginesOfRun } from "../support/both-engines.ts";
import {
  keysOf,
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putTestRoute,
  requireSound,
} from "../support/partner-node.ts";
import { publicHalf } from "./kit-world.ts";

const partnerSystem = "airline";

/** What a database takes part in; the rest does not change with it and is checked once. */
const storedGroups = ["credits/", "holds/", "races/", "batch/", "operations/"];

function makeKitConfig(): ConformanceConfig {
  const config = makeConfig(partnerSystem);
  return { ...config, deadlines: { answer_ms: 20_000, pending_ms: 5_000, prompt_ms: 10_000 } };
}

/** Registers the kit as two nodes, one of whose keys was revoked. */
async function register(node: PartnerNode, { own, foreign, revoked }: ConformanceConfig): Promise<void> {
  const base_url = "http://127.0.0.1:9";
  const put = (systemId: string, keys: readonly PublicJwk[]) =>
    node.client.systems.put(systemId, {
      name: systemId,
      kind: "remote",
      base_url,
      keys: { keys: [...keys] },
    });
  const [kept, dropped] = [publicHalf(own.private_jwk), publicHalf(revoked.private_jwk)];
  await put(own.system_id, [kept, dropped]);
  await put(own.second_system_id, [kept, dropped]);
  await put(own.system_id, [kept]);
  await put(foreign.system_id, [publicHalf(foreign.private_jwk)]);
}

async function prepare(node: PartnerNode, config: ConformanceConfig): Promise<void> {
  const { own, target, source } = config;
  await putHosted(node, partnerSystem, target.credit_type_id);
  await register(node, config);
  for (const type of [target.source_credit_type, target.unrated_credit_type]) {
    await node.client.creditTypes.put(own.system_id, type, { name: type });
  }
  const [here, there] = [
    [partnerSystem, target.credit_type_id],
    [own.system_id, target.source_credit_type],
  ] as const;
  await putTestRoute(node, { source: there, target: here, rate: target.rate });
  await putTestRoute(node, { source: here, target: there, rate: "0.5" });
  const opened = [
    [source.member, "1000"],
    [source.purse_member, source.purse_balance],
  ] as const;
  for (const [user_id, amount] of opened) {
    const credit = { system_id: partnerSystem, user_id, credit_type_id: source.credit_type_id, amount };
    await node.client.credits.create({ operation_id: `open-${user_id}`, ...credit });
  }
}

describeOnBothEngines(
  "our own node",
  (engine) => {
    it("keeps every rule that the conformance kit checks", async () => {
      const config = makeKitConfig();
      const node = await openPartnerNode(await engine.open());
      try {
        await prepare(node, config);
        const { keys: partnerKeys } = (await keysOf(node)) as { keys: PublicJwk[] };
        const only = engine.name === "postgres" ? {} : { only: storedGroups };
        const report = await runConformance({ url: node.url, config, partnerKeys, ...only });
        const departed = report.results.filter(({ status }) => status !== "ok");
        const told = departed.map(({ profile, id, status, reason, expected, received }) =>
          status === "skipped" ? id : { profile, id, reason, expected, received },
        );
        // It never answers pending, and its members have no limit that a batch could use up.
        expect(told).toEqual(["credits/pending-credit", "credits/pending-rollback", "batch/order"]);
        expect(report.leftovers).toEqual([]);
        expect(report.profiles).toEqual(["target", "source"]);
        await requireSound(node);
      } finally {
        await node.close();
      }
    }, 180_000);
  },
  enginesOfRun,
);
