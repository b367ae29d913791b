// No check is idle: each fails against some partner that is wrong altogether, or has a fault of its own
// (wrong-partners.test.ts).
import { expect, it } from "vitest";
import { checksOf, type Profile, runConformance } from "../../src/conformance/index.ts";
import { faultCases, type WholeFault } from "./faults.ts";
import { makeKitConfig, withPartner } from "./kit-world.ts";

const profiles: readonly Profile[] = ["target", "source"];

/** What each of them is asked; nothing: everything. */
const wrongs: Readonly<Record<WholeFault, readonly string[] | undefined>> = {
  "takes-any-signature": ["signature/"],
  "takes-no-signature": ["signature/"],
  "takes-any-form": ["form/"],
  "says-yes": undefined,
  "answers-500": undefined,
  "drops-fields": ["credits/", "holds/", "batch/", "users/", "answers/form"],
};

async function findFailed(fault: WholeFault, only: readonly string[] | undefined): Promise<string[]> {
  const config = { ...makeKitConfig("1000"), deadlines: { answer_ms: 5000, pending_ms: 50 } };
  const failed: string[] = [];
  await withPartner(config, [fault], async ({ url, publicJwk }) => {
    const asked = only === undefined ? {} : { only };
    const report = await runConformance({ url, config, partnerKeys: [publicJwk], ...asked });
    const results = report.results.filter(({ status }) => status === "failed");
    failed.push(...results.map(({ profile, id }) => `${profile} ${id}`));
  });
  return failed;
}

/** A fault that both parts can have is tried on one of them. */
function findTried(profile: Profile): string[] {
  const ids = new Set(checksOf(profile).map(({ id }) => id));
  return Object.values(faultCases)
    .filter(({ caughtBy }) => ids.has(caughtBy))
    .map(({ caughtBy }) => `${profile} ${caughtBy}`);
}

it("every check fails against some wrong partner", async () => {
  const failed = new Set(profiles.flatMap(findTried));
  for (const [fault, only] of Object.entries(wrongs) as Array<[WholeFault, readonly string[] | undefined]>) {
    for (const name of await findFailed(fault, only)) failed.add(name);
  }
  const names = profiles.flatMap((profile) => checksOf(profile).map(({ id }) => `${profile} ${id}`));
  const idle = names.filter((name) => !failed.has(name));
  expect(idle).toEqual([]);
}, 60_000);
