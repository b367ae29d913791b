// Each deliberately wrong partner is caught by the check that is meant for its fault; the kit's own good partner
// passes the same check (good-partner.test.ts).
import { describe, expect, it } from "vitest";
import { checksOf, runConformance } from "../../src/conformance/index.ts";
import { faultCases, type SingleFault } from "./faults.ts";
import { makeKitConfig, withPartner } from "./kit-world.ts";

/** What only checks over all answers find needs some answers first. */
const before: Readonly<Partial<Record<SingleFault, readonly string[]>>> = {
  "errors-unsigned": ["authority/unknown-system"],
  "signed-by-other-key": ["rates/none"],
  "answers-not-bound": ["credits/none-credit"],
  "operations-redirected": ["operations/window"],
  "node-silent-to-batches": ["batch/repeated"],
  "node-answer-varies": ["node/unknown-fields"],
  "slow-answers": ["credits/none-credit"],
  "amount-as-number": ["credits/none-credit"],
  "complete-until-missing": ["operations/window"],
  "capture-without-id": ["holds/held-capture"],
};

/** The bound of every balance is only met where the member has no limit of its own. */
function configFor(fault: SingleFault) {
  const config = makeKitConfig(fault === "amount-as-float" ? undefined : "1000");
  if (fault === "slow-answers") return { ...config, deadlines: { prompt_ms: 2 } };
  return fault === "node-silent-to-batches" ? { ...config, deadlines: { answer_ms: 200 } } : config;
}

describe("a partner with a fault is caught by the check that is meant for it", () => {
  for (const [fault, { profile, caughtBy }] of Object.entries(faultCases) as Array<
    [SingleFault, (typeof faultCases)[SingleFault]]
  >) {
    it(`${fault}: ${caughtBy}`, async () => {
      expect(checksOf(profile).map(({ id }) => id)).toContain(caughtBy);
      const config = configFor(fault);
      await withPartner(config, [fault], async ({ url, publicJwk }) => {
        const only = [...(before[fault] ?? []), caughtBy];
        const report = await runConformance({
          url,
          config,
          profiles: [profile],
          partnerKeys: [publicJwk],
          only,
        });
        const result = report.results.find(({ id }) => id === caughtBy);
        expect({ status: result?.status, reason: result?.reason }).toEqual({
          status: "failed",
          reason: undefined,
        });
        expect(result?.expected).not.toBe("");
        expect(result?.traces).not.toEqual([]);
      });
    });
  }
});
