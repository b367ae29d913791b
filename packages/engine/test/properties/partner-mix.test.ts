// A random mix of faults over many exchanges: nothing is made, nothing is lost, everything ends. More of them by
// `npm run soak:partners`.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { faultKinds } from "../support/partner-faults.ts";
import { mixHub, playMix } from "../support/partner-mix.ts";
import { PartnerWorld } from "../support/partner-world.ts";

const seed = Number(process.env["POINTBRIDGE_TEST_SEED"] ?? Date.now() % 2 ** 31);
const soakCount = Number(process.env["POINTBRIDGE_SOAK_EXCHANGES"] ?? 0);
const slice = { postgres: 600, embedded: 200 } as const;

describeOnBothEngines(`a mix of all faults, seed ${seed}`, (engine) => {
  let world: PartnerWorld;

  beforeAll(async () => {
    world = await PartnerWorld.open(await engine.open(), mixHub);
  });

  afterAll(async () => {
    await world.close();
  });

  it("makes and loses nothing, and ends everything (K1 to K6)", async () => {
    const count = soakCount > 0 ? soakCount : slice[engine.name];
    const report = await playMix(world, seed, count);
    if (soakCount > 0) process.stdout.write(`${engine.name}, seed ${seed}: ${JSON.stringify(report)}\n`);
    expect(report.completed + report.failed).toBe(count);
    // What is never drawn is never tried; a small slice does not come to all of it.
    const missing = faultKinds.filter((kind) => report.faults[kind] === undefined);
    expect(missing.length).toBeLessThan(soakCount > 0 ? 1 : faultKinds.length / 2);
    expect(report.completed).toBeGreaterThan(0);
    expect(report.failed).toBeGreaterThan(0);
  }, 3_600_000);
});
