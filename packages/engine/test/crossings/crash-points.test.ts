// SIGKILL of either node at every named crash point of an exchange: after a restart the exchange ends and the ledgers
// agree. `npm test` takes every tenth point, others on each run; the soak takes all.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endAll } from "../cli/processes.ts";
import {
  type Direction,
  exchangeInput,
  insist,
  type KilledPair,
  type NodeName,
  openKilledPair,
  requireAgreement,
  waitForEnd,
} from "./killed-nodes.ts";

interface Scenario {
  readonly victim: NodeName;
  readonly point: string;
  readonly direction: Direction;
  /** The airline is away when the exchange is made, so that it is undone when it is back. */
  readonly isUndone?: boolean;
  /** Exchanges in one batch; one alone where absent. */
  readonly lines?: number;
}

function around(victim: NodeName, what: string, rest: Omit<Scenario, "victim" | "point">): Scenario[] {
  return ["before", "after"].map((when) => ({ victim, point: `${when} ${what}`, ...rest }));
}

const scenarios: readonly Scenario[] = [
  ...around("shop", "the commit of exchange", { direction: "out" }),
  ...around("shop", "the call of /pxp/v1/credits", { direction: "out" }),
  ...around("airline", "the commit of partner_credit", { direction: "out" }),
  ...around("shop", "the commit of advance", { direction: "out" }),
  ...around("shop", "the call of /pxp/v1/holds", { direction: "in" }),
  ...around("airline", "the commit of partner_hold", { direction: "in" }),
  ...around("shop", "the commit of advance", { direction: "in" }),
  ...around("shop", "the call of /pxp/v1/holds/capture", { direction: "in" }),
  ...around("airline", "the commit of partner_capture", { direction: "in" }),
  ...around("shop", "the call of /pxp/v1/credits/rollback", { direction: "out", isUndone: true }),
  ...around("airline", "the commit of partner_rollback", { direction: "out", isUndone: true }),
  ...around("shop", "the call of /pxp/v1/holds/release", { direction: "in", isUndone: true }),
  ...around("airline", "the commit of partner_release", { direction: "in", isUndone: true }),
  ...around("shop", "the call of /pxp/v1/batch", { direction: "out", lines: 20 }),
  ...around("airline", "the commit of partner_credit", { direction: "out", lines: 20 }),
];

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
const tenth = Number(process.env["POINTBRIDGE_TEST_SEED"] ?? Date.now()) % 10;
const chosen = scenarios.filter((_, index) => isSoak || index % 10 === tenth);
const timeoutMs = 120_000;

describe(`a node killed at a crash point (tenth ${tenth})`, () => {
  let pair: KilledPair;
  let undoing: KilledPair;

  beforeAll(async () => {
    pair = await openKilledPair(["u1"]);
    undoing = await openKilledPair(["u1"], { POINTBRIDGE_UNDO_AFTER_MS: "0" });
  }, timeoutMs);

  afterAll(async () => {
    await pair.close();
    await undoing.close();
    await endAll();
  });

  async function makeExchanges(
    used: KilledPair,
    ids: readonly string[],
    direction: Direction,
  ): Promise<void> {
    const inputs = ids.map((id) => exchangeInput(id, direction, "u1", 10n));
    const { exchanges } = used.shop.client;
    // Not awaited by the scenario: the node may die before it answers; then it is asked for again.
    await insist(() => exchanges.createBatch(inputs, { waitSeconds: 0 }));
  }

  it.each(chosen)(
    "$victim, $point ($direction, undone: $isUndone, lines: $lines)",
    async (scenario) => {
      const { victim, point, direction, isUndone = false, lines = 1 } = scenario;
      const used = isUndone ? undoing : pair;
      const place = scenarios.indexOf(scenario);
      const ids = Array.from({ length: lines }, (_, index) => `kill-${place}-${index}`);
      if (isUndone) await used.airline.kill();
      else await used[victim].kill();
      if (victim === "shop" && isUndone) await used.shop.kill();
      if (victim === "shop") await used.shop.start(point);
      else if (!isUndone) await used.airline.start(point);

      const made = makeExchanges(used, ids, direction);
      if (isUndone) {
        if (victim === "airline") {
          await made;
          await used.airline.start(point);
        } else {
          await used.shop.died();
          await used.airline.start();
        }
      }
      await used[victim].died();
      await used[victim].start();
      await made;
      const ends = await Promise.all(ids.map((id) => waitForEnd(used, id)));
      expect(new Set(ends)).toEqual(new Set([isUndone ? "failed" : "completed"]));
      await requireAgreement(used, 1);
    },
    timeoutMs,
  );
});
