// SIGKILL of either node at random moments under load, both ways and now and then undone: when everything is up
// again all exchanges come to an end and the ledgers agree. `npm test` kills a few times, the soak fifty.
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endAll } from "../cli/processes.ts";
import {
  exchangeInput,
  insist,
  type KilledPair,
  openKilledPair,
  requireAgreement,
  waitForEnd,
} from "./killed-nodes.ts";

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
const killCount = isSoak ? 50 : 5;
const seed = Number(process.env["POINTBRIDGE_TEST_SEED"] ?? Date.now() % 1_000_000);
const userIds = Array.from({ length: 20 }, (_, index) => `u${index}`);

/** A small generator of its own, so that the seed tells the same story again (mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe(`random kills under load, seed ${seed}`, () => {
  let pair: KilledPair;

  beforeAll(async () => {
    // Undone after two seconds without a verdict, so that some are.
    pair = await openKilledPair(userIds, { POINTBRIDGE_UNDO_AFTER_MS: "2000" });
  }, 120_000);

  afterAll(async () => {
    await pair.close();
    await endAll();
  });

  it(
    `${killCount} kills make and lose nothing`,
    async () => {
      const random = randomOf(seed);
      const pick = (count: number) => Math.floor(random() * count);
      const ids: string[] = [];
      let isLoading = true;

      const load = async (client: number): Promise<void> => {
        for (let round = 0; isLoading; round += 1) {
          const inputs = Array.from({ length: 20 }, (_, line) => {
            const id = `load-${client}-${round}-${line}`;
            const userId = userIds[pick(userIds.length)] ?? "u0";
            return exchangeInput(id, pick(3) === 0 ? "in" : "out", userId, BigInt(2 + pick(50)));
          });
          ids.push(...inputs.map(({ operation_id: id }) => id));
          // The same ids again where the answer was lost: an effect each, whatever was done before.
          await insist(() => pair.shop.client.exchanges.createBatch(inputs, { waitSeconds: 1 }));
        }
      };

      const loading = [load(0), load(1)];
      for (let kill = 0; kill < killCount; kill += 1) {
        await wait(200 + pick(1_200));
        const victims =
          pick(5) === 0 ? [pair.shop, pair.airline] : [pick(2) === 0 ? pair.shop : pair.airline];
        await Promise.all(victims.map((victim) => victim.kill()));
        await Promise.all(victims.map((victim) => victim.start()));
      }
      isLoading = false;
      await Promise.all(loading);
      const ends = await Promise.all(ids.map((id) => waitForEnd(pair, id)));
      expect(ends).toContain("completed");
      await requireAgreement(pair, userIds.length);
      const failed = ends.filter((end) => end === "failed").length;
      process.stdout.write(`${ids.length} exchanges, ${failed} failed, ${killCount} kills, seed ${seed}\n`);
    },
    isSoak ? 900_000 : 180_000,
  );
});
