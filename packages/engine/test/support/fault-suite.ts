// Declares a test for each of some faults, all of them on one hub.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestEngine } from "./both-engines.ts";
import { embeddedTableHub, playFault, playNodeFault, type TableFault, tableHub } from "./fault-table.ts";
import { PartnerWorld } from "./partner-world.ts";

export interface FaultSuite {
  readonly onCalls?: readonly TableFault[];
  readonly onNode?: readonly TableFault[];
}

export function declareFaultSuite(engine: TestEngine, { onCalls = [], onNode = [] }: FaultSuite): void {
  let world: PartnerWorld;

  beforeAll(async () => {
    world = await PartnerWorld.open(
      await engine.open(),
      engine.name === "embedded" ? embeddedTableHub : tableHub,
    );
  });

  afterAll(async () => {
    await world.close();
  });

  for (const [name, fault] of onCalls) {
    it(`${name}, on every call: nothing is made or lost (K1 to K6)`, async () => {
      await expect(playFault(world, fault)).resolves.toBeUndefined();
    }, 60_000);
  }

  for (const [name, fault] of onNode) {
    it(`${name}, on asking what the partner is: nothing is held up`, async () => {
      await expect(playNodeFault(world, fault)).resolves.toBeUndefined();
    });
  }

  it("sends every attempt of a call with the same bytes", () => {
    expect(world.all.flatMap((partner) => partner.changedBodies)).toEqual([]);
  });
}
