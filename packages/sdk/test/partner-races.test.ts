// Calls on one id that arrive together take turns: whatever their order, there is one row, one movement, and answers
// that agree with it.
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  type Answer,
  creditOf,
  endingOf,
  holdOf,
  newId,
  openWorld,
  rollbackOf,
  type World,
} from "./partner-caller.ts";
import { MemoryStore } from "./partner-store.ts";

const account = "shop u1 coin";
let store: MemoryStore;
let world: World;
beforeEach(async () => {
  store = new MemoryStore();
  world = await openWorld(store);
});
afterEach(async () => {
  await world.close();
  world.throwErrors();
});

const outcomesOf = (answers: readonly Answer[]) => answers.map(({ body }) => body["outcome"]);

it("D1: of many copies of a credit one gives the points, all tell it", async () => {
  const id = newId();
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => world.airline.call("credits", creditOf(id))),
  );
  expect(new Set(outcomesOf(answers))).toEqual(new Set(["completed"]));
  expect(answers.filter(({ body }) => body["idempotent"] === false)).toHaveLength(1);
  expect(new Set(answers.map(({ body }) => body["transaction_id"])).size).toBe(1);
  expect([store.moves, store.available.get(account)]).toEqual([["add"], 80n]);
});

it("T2, T4: a rollback and its credit together end rolled back, with nothing given, whoever comes first", async () => {
  for (let round = 0; round < 40; round += 1) {
    const id = newId();
    const isRolledBackFirst = round % 2 === 1;
    const rollBack = () => world.airline.call("credits/rollback", rollbackOf(id));
    const early = isRolledBackFirst ? [rollBack()] : [];
    const credits = Array.from({ length: 3 }, () => world.airline.call("credits", creditOf(id)));
    const late = isRolledBackFirst ? [] : [rollBack()];
    const [credited, rolledBack] = await Promise.all([
      Promise.all(credits),
      Promise.all([...early, ...late]),
    ]);
    expect(outcomesOf(rolledBack)).toEqual(["rolled_back"]);
    for (const outcome of outcomesOf(credited)) expect(["completed", "rolled_back"]).toContain(outcome);
    expect((await world.airline.call("credits", creditOf(id))).body["outcome"]).toBe("rolled_back");
    expect(store.available.get(account) ?? 0n).toBe(0n);
  }
  // Both orders have happened, or this would prove less than it says.
  expect(store.moves.length).toBeGreaterThan(0);
  expect(store.moves.filter((move) => move === "add")).toHaveLength(store.moves.length / 2);
  expect(store.moves.length / 2).toBeLessThan(40);
});

it("T1: two rollbacks of a credit take the points back once", async () => {
  const id = newId();
  store.available.set(account, 80n);
  await world.airline.call("credits", creditOf(id));
  const calls = Array.from({ length: 6 }, () => world.airline.call("credits/rollback", rollbackOf(id)));
  expect(new Set(outcomesOf(await Promise.all(calls)))).toEqual(new Set(["rolled_back"]));
  expect([store.moves, store.available.get(account)]).toEqual([["add", "take"], 80n]);
});

it("T5: of a capture and a release together one ends the hold, and both are told which", async () => {
  for (let round = 0; round < 20; round += 1) {
    const id = newId();
    store.available.set(account, 80n);
    await world.airline.call("holds", holdOf(id));
    const [captured, released] = await Promise.all([
      world.airline.call("holds/capture", endingOf(id)),
      world.airline.call("holds/release", endingOf(id)),
    ]);
    expect(captured.body["outcome"]).toBe(released.body["outcome"]);
    const isCaptured = captured.status === 200;
    expect(released.status).toBe(isCaptured ? 409 : 200);
    expect([store.available.get(account), store.held.get(account)]).toEqual([isCaptured ? 0n : 80n, 0n]);
  }
});

it("holds of one member together never set aside more than there is", async () => {
  store.available.set(account, 200n);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => world.airline.call("holds", holdOf(newId()))),
  );
  const held = outcomesOf(answers).filter((outcome) => outcome === "held");
  expect([held.length, store.held.get(account), store.available.get(account)]).toEqual([2, 160n, 40n]);
});
