// A partner that keeps to the protocol passes every check: what the kit finds fault with is the partner's.
import { describe, expect, it } from "vitest";
import { runConformance } from "../../src/conformance/index.ts";
import { makeKitConfig, withPartner } from "./kit-world.ts";

describe("a partner that keeps to the protocol", () => {
  for (const [name, cap] of [
    ["with a limit of its members", "1000"],
    ["without a limit but 2^63-1", undefined],
  ] as const) {
    it(`passes every check, ${name}`, async () => {
      const config = makeKitConfig(cap);
      await withPartner(config, [], async ({ url, publicJwk, ledger }) => {
        const report = await runConformance({ url, config, partnerKeys: [publicJwk] });
        const departed = report.results.filter(({ status }) => status !== "ok");
        const told = departed.map(({ id, status, reason, expected, received }) => {
          return { id, status, reason, expected, received };
        });
        const skipped = cap === undefined ? ["batch/order"] : [];
        expect(told.filter(({ id }) => !skipped.includes(id))).toEqual([]);
        expect(report.leftovers).toEqual([]);
        expect(report.profiles).toEqual(["target", "source"]);
        expect(ledger.balanceOf(config.source.purse_member)).toBe(1000n);
      });
    });
  }
});
