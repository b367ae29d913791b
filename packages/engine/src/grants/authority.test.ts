// What somebody holds, held against what is asked.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Action, areFor, type HeldGrant, rightsTo, roleActions, standardPartner } from "./authority.ts";

const blank = { systemId: null, sourceSystem: null, targetSystem: null, amountMax: null } as const;

function grantOf(action: Action, place: Partial<HeldGrant> = {}): HeldGrant {
  return { action, ...blank, ...place };
}

const link = { sourceSystem: "shop", targetSystem: "club" };
const move = { source: "shop", target: "club", amount: "80" };

function may(action: Action, grants: readonly HeldGrant[], asked: Parameters<typeof areFor>[1]): boolean {
  return areFor(rightsTo(action, { actions: roleActions.none, grants }), asked);
}

describe("grants", () => {
  it("nothing is allowed that neither role nor grant says (H1)", () => {
    const actions = [...roleActions.administrator, ...standardPartner];
    for (const action of actions) expect(may(action, [], move)).toBe(false);
    for (const action of actions.filter((one) => one !== "exchange")) {
      expect(may(action, [grantOf("exchange")], move)).toBe(false);
    }
  });

  it("one over a link is for that direction, and for what names both of its systems (H4)", () => {
    const held = [grantOf("exchange", link)];
    expect(may("exchange", held, move)).toBe(true);
    expect(may("exchange", held, { source: "club", target: "shop" })).toBe(false);
    expect(may("exchange", held, { source: "shop", target: "airline" })).toBe(false);
    expect(may("exchange", held, { source: "shop" })).toBe(false);
    const reading = [grantOf("read", link)];
    expect(may("read", reading, ["shop", "club"])).toBe(true);
    expect(may("read", reading, ["club", "shop"])).toBe(false);
    expect(may("read", reading, ["shop", undefined])).toBe(false);
    expect(may("read", reading, ["shop"])).toBe(false);
  });

  it("one of an amount ends with that amount", () => {
    const held = [grantOf("exchange", { ...link, amountMax: 80n })];
    expect(may("exchange", held, move)).toBe(true);
    expect(may("exchange", held, { ...move, amount: "81" })).toBe(false);
    expect(may("exchange", held, { ...move, amount: 81 })).toBe(false);
    expect(may("exchange", held, { ...move, amount: "9223372036854775807" })).toBe(false);
  });

  it("a key's systems narrow what is granted too, and nothing widens a key (H2)", () => {
    const place = fc.oneof(
      fc.constant({}),
      fc.constantFrom("shop", "club", "air").map((systemId) => ({ systemId })),
      fc
        .tuple(fc.constantFrom("shop", "club", "air"), fc.constantFrom("shop", "club", "air"))
        .map(([sourceSystem, targetSystem]) => ({ sourceSystem, targetSystem })),
    );
    const grants = fc.array(
      place.map((at) => grantOf("exchange", at)),
      { maxLength: 4 },
    );
    const system = fc.constantFrom("shop", "club", "air");
    const role = fc.constantFrom(roleActions.none, roleActions.operator);
    fc.assert(
      fc.property(
        role,
        grants,
        fc.subarray(["shop", "club", "air"]),
        system,
        system,
        (actions, held, scope, from, to) => {
          const asked = { source: from, target: to };
          const wide = areFor(rightsTo("exchange", { actions, grants: held }), asked);
          const systems = new Set(scope);
          const narrow = areFor(rightsTo("exchange", { actions, systems, grants: held }), asked);
          expect(narrow).toBe(wide && systems.has(from));
        },
      ),
    );
  });
});
