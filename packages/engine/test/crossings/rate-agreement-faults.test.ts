// Agreeing on rates while calls are lost, doubled and delayed, processes die and clocks are wrong: what the target
// takes is never less than what the source uses, and no side has a change in force of which the other does not know.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAlerts } from "../../src/alerts/index.ts";
import { parseRate, type Rate } from "../../src/domain/index.ts";
import { answerOffer, type Offer, WAITING_MAX } from "../../src/rates/index.ts";
import {
  type AgreementSide,
  type AgreementWorld,
  agreedPair,
  lineFaults,
  openAgreementWorld,
} from "../support/agreement-world.ts";
import { randomOf } from "../support/partner-mix.ts";

const MINUTE_MS = 60_000;
const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
const stepCount = isSoak ? 1_000 : 60;
const seed = Number(process.env["POINTBRIDGE_TEST_SEED"] ?? 20_261_123);

describe("agreeing on rates under faults", () => {
  let world: AgreementWorld;
  let nextRate = 0;

  beforeAll(async () => {
    world = await openAgreementWorld("0.5");
  });
  afterAll(() => world.close());

  const requireSound = async () => expect(await world.findFault()).toBeUndefined();

  /** A rate that was not in force yet; every other one is a raise. */
  function otherRate(): string {
    nextRate += 1;
    return nextRate % 2 === 1 ? `0.6${nextRate}1` : `0.4${nextRate}1`;
  }

  async function settle(): Promise<void> {
    for (const side of world.sides) await side.deliverLate();
    for (let round = 0; round < 4; round += 1) {
      // What a clock that was put back has made due later is due by then too.
      world.moveOn(12 * MINUTE_MS);
      for (const side of world.sides) await side.tell();
    }
    world.moveOn(2 * MINUTE_MS);
  }

  async function requireAgreement(rate: string): Promise<void> {
    await settle();
    await requireSound();
    const found = await Promise.all(world.sides.map((side) => side.rates()));
    expect(found.map(({ inForce }) => inForce)).toEqual([rate, rate]);
    for (const side of world.sides) {
      expect((await side.agreements()).filter(({ is_settled: isSettled }) => !isSettled)).toEqual([]);
    }
  }

  const all = (["source", "target"] as const).flatMap((proposer) =>
    lineFaults.flatMap((fault) =>
      (["offered", "accepted", "agreed"] as const).map((at) => ({ proposer, fault, at })),
    ),
  );

  // All of them are a soak: `POINTBRIDGE_TEST_SOAK=1`.
  const cases = isSoak ? all : all.filter((_case, index) => index % 8 === 5);

  it.each(cases)(
    "$proposer proposes, and a call is $fault once it is $at",
    async ({ proposer, fault, at }) => {
      const side: AgreementSide = world[proposer];
      const other = world.otherOf(side);
      for (const skewMinutes of [10, -10]) {
        // So that what is in force stays so when a clock is put back.
        world.moveOn(30 * MINUTE_MS);
        side.clock.offsetMs = other.clock.offsetMs + skewMinutes * MINUTE_MS;
        const rate = otherRate();
        await side.propose(rate);
        const tell = async (state: typeof at) => {
          await side.tell(state === at ? fault : "none");
          await requireSound();
          // A process that died or heard nothing is followed by another.
          world.moveOn(MINUTE_MS);
          await side.tell();
          await requireSound();
        };
        await tell("offered");
        await other.decideAll("approve", true);
        await requireSound();
        await tell("accepted");
        await tell("agreed");
        await requireAgreement(rate);
      }
    },
  );

  it("keeps to it where the partner can't be told for a day, and for three", async () => {
    for (const [proposer, days] of [
      ["target", 1],
      ["target", 3],
      ["source", 3],
    ] as const) {
      const side = world[proposer];
      const rate = otherRate();
      await side.propose(rate);
      await side.tell();
      await world.otherOf(side).decideAll("approve", true);
      world.moveOn(MINUTE_MS);
      // It hears the promise and agrees; nothing that it says arrives from then on.
      await side.tell("answer_lost");
      world.moveOn(MINUTE_MS);
      await side.tell();
      for (let hour = 0; hour < days * 24; hour += 6) {
        world.moveOn(6 * 60 * MINUTE_MS);
        await side.tell("lost");
        await requireSound();
      }
      await requireAgreement(rate);
    }
  });

  it(`holds through ${stepCount} random steps (seed ${seed})`, { timeout: stepCount * 1_000 }, async () => {
    const random = randomOf(seed);
    const below = (count: number) => Math.floor(random() * count);
    const faults = { agreed: 0, ended: 0 };
    for (let step = 0; step < stepCount; step += 1) {
      const side = world.sides[below(2)] ?? world.source;
      const move = below(10);
      if (move < 2)
        await side.propose(
          `0.${300 + below(600)}`,
          below(3) === 0 ? below(40) * MINUTE_MS + 1_000 : undefined,
        );
      else if (move < 4) await side.decideAll(below(5) === 0 ? "reject" : "approve", below(4) > 0);
      else if (move < 8) await side.tell(lineFaults[below(lineFaults.length)] ?? "none");
      else if (move < 9) await side.deliverLate();
      else {
        world.moveOn(below(12) === 0 ? 25 * 60 * MINUTE_MS : below(10) * MINUTE_MS);
        world.source.clock.offsetMs = world.target.clock.offsetMs + (below(21) - 10) * MINUTE_MS;
      }
      const fault = await world.findFault();
      if (fault !== undefined) throw new Error(`seed ${seed}, step ${step}: ${fault}`);
    }
    await settle();
    for (const row of await world.source.agreements()) {
      if (row.state === "agreed") faults.agreed += 1;
      else faults.ended += 1;
    }
    expect(faults.agreed).toBeGreaterThan(0);
    const [source, target] = await Promise.all(world.sides.map((side) => side.agreements()));
    for (const row of source ?? []) {
      const there = (target ?? []).find(({ agreement_id: id }) => id === row.agreement_id);
      const isOver = there !== undefined && ["agreed", "ended"].includes(row.state);
      const { state, effective_at: effectiveAt } = isOver ? there : row;
      expect({ id: row.agreement_id, state, effectiveAt }).toEqual({
        id: row.agreement_id,
        state: row.state,
        effectiveAt: row.effective_at,
      });
    }
  });

  it("tells a partner that can't be told of an end for a day after it would have lapsed by itself", async () => {
    const { source } = world;
    await settle();
    const operationId = await source.propose("0.3");
    const standing = async () => (await source.agreements()).find((row) => row.operation_id === operationId);
    await source.tell("lost");
    // Expired: it ends, and the partner is told of that.
    world.moveOn((7 * 24 + 1) * 60 * MINUTE_MS);
    await source.tell("lost");
    world.moveOn(60 * MINUTE_MS);
    await source.tell("lost");
    expect(await standing()).toMatchObject({ state: "ended", is_settled: false });
    world.moveOn(24 * 60 * MINUTE_MS);
    await source.tell("lost");
    expect(await standing()).toMatchObject({ state: "ended", is_settled: true });
  });

  it("tells people of a partner that keeps no more to what was agreed on (T2)", async () => {
    const { source, target } = world;
    const alerts = () =>
      source.database.transaction((transaction) =>
        listAlerts(transaction, { type: "rate_agreement_broken", state: "open", limit: 10 }),
      );
    await settle();
    expect(await alerts()).toEqual([]);
    source.losesAgreed = true;
    const operationId = await source.propose("0.2");
    await source.tell();
    await target.decideAll("approve", true);
    world.moveOn(MINUTE_MS);
    await source.tell();
    // The promise is over by the proposer's word, which says nothing, and an hour.
    world.moveOn((7 * 24 + 2) * 60 * MINUTE_MS);
    await target.propose("0.21");
    source.losesAgreed = false;
    await source.tell();
    expect(await alerts()).toMatchObject([
      { subject: { operation_id: operationId, source_system: "shop", target_system: "airline" } },
    ]);
    await target.tell();
    await source.decideAll("approve", true);
    await settle();
    const found = await Promise.all(world.sides.map((side) => side.rates()));
    expect(found.map(({ inForce }) => inForce)).toEqual(["0.21", "0.21"]);
    expect(await alerts()).toEqual([]);
  });

  it("lets a partner have only so many changes that wait for somebody here", async () => {
    const { database, services } = world.target.node;
    const offer = (number: number): Offer => ({
      proposerNode: "eager",
      agreementId: `eager-${number}`,
      partnerSystem: agreedPair.sourceSystem,
      change: {
        ...agreedPair,
        rate: parseRate("0.25") as Rate,
        rounding: "down",
        minSourceAmount: 1n,
        effectiveAt: undefined,
        principal: "partner eager",
      },
      state: "offered",
      expiresAt: new Date(Date.now() + world.target.clock.offsetMs + 60 * MINUTE_MS),
      effectiveAt: undefined,
    });
    const answer = (number: number) =>
      answerOffer(database, services.shardCount, offer(number), services.rateRules);
    for (let number = 1; number <= WAITING_MAX; number += 1) {
      expect(await answer(number)).toMatchObject({ state: "waiting" });
    }
    expect(await answer(WAITING_MAX + 1)).toEqual({ isCrowded: true });
    const [oldest] = await world.target.waiting();
    await world.target.decide(oldest?.operation_id ?? "", "reject", "cid");
    expect(await answer(WAITING_MAX + 1)).toMatchObject({ state: "waiting" });
  });
});
