// Whatever puts come in whatever order, the decisions keep mappings one to one (U1, U2), also split into lists.
import fc from "fast-check";
import { expect, it } from "vitest";
import { decideMappings, type MappingState } from "./decide-mappings.ts";
import { type Mapping, type MappingPut, type MappingResult, targetKeyOf } from "./mapping.ts";
import { netChanges } from "./store-changes.ts";

function emptyState(): MappingState {
  return {
    now: new Date(0),
    systems: new Set(["shop", "club"]),
    mappings: new Map(),
    owners: new Map(),
    operations: new Map(),
  };
}

const puts = fc.array(
  fc.record({
    sourceSystem: fc.constant("shop"),
    sourceUserId: fc.constantFrom("a", "b", "c", "d"),
    targetSystem: fc.constantFrom("club", "club", "club", "nowhere"),
    targetUserId: fc.constantFrom("1", "2", "3", "4"),
    replace: fc.boolean(),
    operationId: fc.option(fc.constantFrom("o1", "o2", "o3"), { nil: undefined }),
    principal: fc.constant("operator"),
  }),
  { maxLength: 30 },
);

function outcomeOf(result: MappingResult): string {
  return result.outcome === "refused" ? result.error.code : `${result.outcome}, ${result.idempotent}`;
}

function pairsOf(mappings: Iterable<Mapping>): string[] {
  return [...mappings].map((mapping) => `${mapping.sourceUserId}=${mapping.targetUserId}`).sort();
}

function decideOneByOne(list: readonly MappingPut[], state: MappingState): string[] {
  return list.flatMap((put) => decideMappings([put], state).results.map(outcomeOf));
}

it("keeps every mapping and its owner in step, with one target and one source each (U1, U2)", () => {
  fc.assert(
    fc.property(puts, (list) => {
      const state = emptyState();
      decideMappings(list, state);
      const twins = [...state.mappings.values()].map((mapping) => [
        targetKeyOf(mapping),
        mapping.sourceUserId,
      ]);
      expect(Object.fromEntries(state.owners)).toEqual(Object.fromEntries(twins));
      expect(state.owners.size).toBe(state.mappings.size);
    }),
  );
});

it("decides a list as its puts one by one", () => {
  fc.assert(
    fc.property(puts, (list) => {
      const [whole, single] = [emptyState(), emptyState()];
      expect(decideMappings(list, whole).results.map(outcomeOf)).toEqual(decideOneByOne(list, single));
      expect(pairsOf(whole.mappings.values())).toEqual(pairsOf(single.mappings.values()));
    }),
  );
});

it("writes net changes that turn what was read into what was decided", () => {
  fc.assert(
    fc.property(puts, puts, (first, second) => {
      const state = emptyState();
      decideMappings(first, state);
      const before = new Map(state.mappings);
      const { logged } = decideMappings(second, state);
      const stored = new Map([...before.values()].map((mapping) => [mapping.sourceUserId, mapping]));
      for (const change of netChanges(logged, before, state.mappings)) {
        expect(stored.get(change.after.sourceUserId)?.targetUserId).toBe(change.before?.targetUserId);
        stored.set(change.after.sourceUserId, change.after);
      }
      expect(pairsOf(stored.values())).toEqual(pairsOf(state.mappings.values()));
    }),
  );
});
