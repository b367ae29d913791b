// Rates that are accepted let nobody gain: against every cycle counted out, and against random walks of conversions.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convertPoints, MAX_POINTS, type Rate } from "../../src/domain/index.ts";
import { findGainingCycle, type GainingCycle, type RateEdge } from "../../src/rates/index.ts";
import { rateOf } from "../support/test-ledger.ts";

const seed = Number(process.env["POINTBRIDGE_TEST_SEED"] ?? Date.now() % 2 ** 31);

/** Three systems with two credit types each, so that a way may come back to a system without being a cycle. */
const places = ["a x", "a y", "b x", "b y", "c x", "c y"];

function edgeOf(from: string, to: string, rate: Rate): RateEdge {
  const [sourceSystem = "", sourceCreditType = ""] = from.split(" ");
  const [targetSystem = "", targetCreditType = ""] = to.split(" ");
  return { sourceSystem, sourceCreditType, targetSystem, targetCreditType, rate };
}

const sourceOf = (edge: RateEdge) => `${edge.sourceSystem} ${edge.sourceCreditType}`;
const targetOf = (edge: RateEdge) => `${edge.targetSystem} ${edge.targetCreditType}`;
const nameOf = (edge: RateEdge) => `${sourceOf(edge)} ${targetOf(edge)}`;

/** A ratio as two whole numbers: another arithmetic than the guard's. */
type Ratio = readonly [numerator: bigint, denominator: bigint];

function times([numerator, denominator]: Ratio, rate: Rate): Ratio {
  return [numerator * rate.numerator, denominator * rate.denominator];
}

/** Every simple cycle through an edge, by trying every way. */
function cyclesThrough(network: readonly RateEdge[], changed: RateEdge): Ratio[] {
  const found: Ratio[] = [];
  const go = (node: string, visited: readonly string[], product: Ratio): void => {
    if (node === sourceOf(changed)) {
      found.push(product);
      return;
    }
    for (const edge of network) {
      if (sourceOf(edge) !== node || visited.includes(targetOf(edge))) continue;
      go(targetOf(edge), [...visited, targetOf(edge)], times(product, edge.rate));
    }
  };
  go(targetOf(changed), [targetOf(changed)], times([1n, 1n], changed.rate));
  return found;
}

const gains = ([numerator, denominator]: Ratio) => numerator > denominator;

function withEdge(network: readonly RateEdge[], edge: RateEdge): RateEdge[] {
  return [...network.filter((other) => nameOf(other) !== nameOf(edge)), edge];
}

/** What the guard says of a cycle has to be a cycle of the network, through the changed rate, of that gain. */
function requireTrue(cycle: GainingCycle, network: readonly RateEdge[], changed: RateEdge): void {
  const names = cycle.nodes.map(({ systemId, creditTypeId }) => `${systemId} ${creditTypeId}`);
  expect(names.slice(0, 2)).toEqual([sourceOf(changed), targetOf(changed)]);
  expect(names.at(-1)).toBe(names[0]);
  expect(new Set(names).size).toBe(names.length - 1);
  let product: Ratio = [1n, 1n];
  for (const [index, name] of names.slice(0, -1).entries()) {
    const edge = network.find((other) => nameOf(other) === `${name} ${names[index + 1] ?? ""}`);
    if (edge === undefined) throw new Error(`there is no rate from ${name} to ${names[index + 1] ?? ""}`);
    product = times(product, edge.rate);
  }
  expect(gains(product)).toBe(true);
  const [whole = "", fraction = ""] = cycle.gain.split(".");
  expect(BigInt(whole + fraction) * product[1]).toBe(product[0] * 10n ** BigInt(fraction.length));
}

const rate = fc
  .oneof(
    fc.constantFrom("1", "1", "0.97", "1.03", "0.5", "2", "3", "0.25", "4"),
    fc.constantFrom("0.333333333333333333", "0.333333333333333334", "1.000000000000000001"),
    fc.constantFrom("0.000000000000000001", "999999999999.999999999999999999"),
    fc.integer({ min: 1, max: 3000 }).map((number) => (number / 1000).toFixed(3)),
  )
  .map(rateOf);
const place = fc.constantFrom(...places);
const edge = fc
  .tuple(place, place, rate)
  .filter(([from, to]) => from.split(" ")[0] !== to.split(" ")[0])
  .map(([from, to, value]) => edgeOf(from, to, value));
const changes = fc.array(edge, { minLength: 1, maxLength: 40 });

/** The network that is left of some changes when the guard has refused its part of them. */
function accept(asked: readonly RateEdge[]): RateEdge[] {
  let network: RateEdge[] = [];
  for (const change of asked) {
    if (findGainingCycle(network, change) === undefined) network = withEdge(network, change);
  }
  return network;
}

describe(`the network of rates, seed ${seed}`, () => {
  it("has no gaining cycle after any accepted change, and no change is refused for nothing (G1)", () => {
    let refused = 0;
    const property = fc.property(changes, (asked) => {
      let network: RateEdge[] = [];
      for (const change of asked) {
        const next = withEdge(network, change);
        const cycle = findGainingCycle(network, change);
        expect(cycle !== undefined).toBe(cyclesThrough(next, change).some(gains));
        if (cycle === undefined) network = next;
        else requireTrue(cycle, next, change);
        refused += cycle === undefined ? 0 : 1;
      }
      for (const one of network) expect(cyclesThrough(network, one).some(gains)).toBe(false);
    });
    fc.assert(property, { numRuns: 300, seed });
    expect(refused).toBeGreaterThan(100);
  });

  it("is judged the same where gaining cycles were allowed elsewhere (G3)", () => {
    const verdicts = { accepted: 0, refused: 0 };
    const property = fc.property(changes, edge, (drawn, change) => {
      // Nothing was refused before: every link of these allowed it.
      let network: RateEdge[] = [];
      for (const one of drawn) network = withEdge(network, one);
      const next = withEdge(network, change);
      const cycle = findGainingCycle(network, change);
      expect(cycle !== undefined).toBe(cyclesThrough(next, change).some(gains));
      if (cycle !== undefined) requireTrue(cycle, next, change);
      verdicts[cycle === undefined ? "accepted" : "refused"] += 1;
    });
    fc.assert(property, { numRuns: 1000, seed });
    expect(verdicts.accepted).toBeGreaterThan(50);
    expect(verdicts.refused).toBeGreaterThan(50);
  });

  it("gives back no more than was put in, however conversions wander, are batched or split", () => {
    const amount = fc.oneof(fc.bigInt(1n, 1000n), fc.bigInt(1n, MAX_POINTS));
    const step = fc.record({
      edge: fc.nat(),
      part: fc.integer({ min: 1, max: 100 }),
      split: fc.integer({ min: 1, max: 4 }),
    });
    const walk = fc.array(step, { minLength: 1, maxLength: 60 });
    let conversions = 0;
    const property = fc.property(changes, place, amount, walk, (asked, start, put, steps) => {
      const network = accept(asked);
      const points = new Map([[start, put]]);
      for (const { edge: drawn, part, split } of steps) {
        const usable = network.filter((one) => (points.get(sourceOf(one)) ?? 0n) > 0n);
        const taken = usable[drawn % Math.max(usable.length, 1)];
        if (taken === undefined) break;
        // A part of what is there, converted at once or in pieces.
        const there = points.get(sourceOf(taken)) ?? 0n;
        const given = (there * BigInt(part) + 99n) / 100n;
        const piece = (given + BigInt(split) - 1n) / BigInt(split);
        for (let left = given; left > 0n; left -= piece) {
          const converted = left < piece ? left : piece;
          const got = convertPoints(converted, taken.rate);
          points.set(sourceOf(taken), (points.get(sourceOf(taken)) ?? 0n) - converted);
          points.set(targetOf(taken), (points.get(targetOf(taken)) ?? 0n) + got);
          conversions += 1;
        }
        expect(points.get(start) ?? 0n).toBeLessThanOrEqual(put);
      }
    });
    fc.assert(property, { numRuns: 1000, seed });
    expect(conversions).toBeGreaterThan(1000);
  });
});

describe("the guard on a large network", () => {
  const size = 300;
  const names = Array.from({ length: size }, (_, index) => `s${index} p`);
  const at = (index: number) => names[(index + size) % size] ?? "";

  it("finds the one long way round among hundreds of rates", () => {
    const ring = names.map((name, index) => edgeOf(name, at(index + 1), rateOf("1.000000000000000001")));
    const back = names.map((name, index) => edgeOf(name, at(index - 1), rateOf("0.9")));
    const [last, ...rest] = [...ring].reverse();
    if (last === undefined) throw new Error("the ring is empty");
    const started = performance.now();
    const cycle = findGainingCycle([...rest, ...back], last);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(cycle?.nodes).toHaveLength(size + 1);
    const closing = { ...last, rate: rateOf("0.999") };
    expect(findGainingCycle([...rest, ...back], closing)).toBeUndefined();
  });

  it("judges a change within its budget where gaining cycles are allowed all over (G3)", () => {
    const there = names.map((name, index) => edgeOf(name, at(index + 1), rateOf("1.5")));
    const back = names.map((name, index) => edgeOf(name, at(index - 1), rateOf("1.5")));
    const across = names.map((name, index) => edgeOf(name, at(index * 7 + 3), rateOf("0.01")));
    const network = [...there, ...back, ...across].filter((one) => sourceOf(one) !== targetOf(one));
    const started = performance.now();
    expect(findGainingCycle(network, edgeOf(at(0), at(150), rateOf("0.001")))).toBeDefined();
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
