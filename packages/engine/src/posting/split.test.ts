// Splitting a request over lanes: what stays together, and what keeps a request whole (S1, S2).
import { describe, expect, it } from "vitest";
import { Catalog, type CatalogLimit, type Command, type PartnerCreditCommand } from "../domain/index.ts";
import { splitByMember } from "./split.ts";

const link = { sourceSystem: "shop", enabled: true, autoProvision: false } as const;
const catalog = new Catalog({
  version: 1n,
  systems: [],
  creditTypes: [],
  links: [
    { ...link, targetSystem: "club", userMapping: "same_id" },
    { ...link, targetSystem: "airline", userMapping: "mapped" },
  ],
  rates: [],
  honouredRates: [],
});

function exchange(operationId: string, userId: string, targetSystem = "club"): Command {
  const types = { sourceCreditType: "coin", targetCreditType: "star" };
  const body = { userId, sourceSystem: "shop", targetSystem, ...types, amount: 1n, quoteId: null };
  return { type: "exchange", operationId, principal: "tester", ...body, metadata: null };
}

const many = Array.from({ length: 200 }, (_, index) => exchange(`op-${index}`, `user-${index % 20}`));

describe("splitting a request over lanes", () => {
  it("keeps each member's commands in one lane, in order, and loses none (S1)", () => {
    const parts = splitByMember(many, catalog, 4);
    expect(parts?.size).toBe(4);
    const lanesOfUsers = new Map<string, Set<number>>();
    const places: number[] = [];
    for (const [lane, part] of parts ?? []) {
      expect(part.places).toEqual(part.places.toSorted((left, right) => left - right));
      for (const [index, place] of part.places.entries()) {
        expect(part.commands[index]).toBe(many[place]);
        const userId = `user-${place % 20}`;
        lanesOfUsers.set(userId, (lanesOfUsers.get(userId) ?? new Set()).add(lane));
        places.push(place);
      }
    }
    expect(places.toSorted((left, right) => left - right)).toEqual(many.map((_, index) => index));
    for (const lanes of lanesOfUsers.values()) expect(lanes.size).toBe(1);
  });

  it("leaves a request whole that credits somebody through a mapping (S2)", () => {
    expect(splitByMember([...many, exchange("mapped", "user-1", "airline")], catalog, 4)).toBeUndefined();
  });

  it("leaves a request whole in which an id comes twice (S2)", () => {
    expect(splitByMember([...many, exchange("op-3", "user-7")], catalog, 4)).toBeUndefined();
  });

  it("leaves a request whole in which a business reference comes twice (S2)", () => {
    const credit = (operationId: string, userId: string, businessId: string): Command => {
      const body = { systemId: "shop", userId, creditTypeId: "coin", amount: 1n, businessCode: "order" };
      const rest = { businessId, metadata: null, expiresInMs: null };
      return { type: "credit", operationId, principal: "tester", ...body, ...rest };
    };
    const [first, second] = [credit("c-1", "user-1", "7"), credit("c-2", "user-2", "8")];
    expect(splitByMember([...many, first, second], catalog, 4)).toBeDefined();
    expect(splitByMember([...many, first, credit("c-3", "user-2", "7")], catalog, 4)).toBeUndefined();
  });

  it("leaves a request whole that ends an operation, or when there is one lane", () => {
    const release: Command = { type: "release", operationId: "hold-1", principal: "tester" };
    expect(splitByMember([...many, release], catalog, 4)).toBeUndefined();
    expect(splitByMember(many, catalog, 1)).toBeUndefined();
  });

  it("leaves a request whole whose lines a limit of all together judges, a partner's too (S2)", () => {
    const limit: CatalogLimit = {
      limitId: "all",
      side: "target",
      sourceSystem: null,
      targetSystem: "shop",
      creditTypeId: "coin",
      subject: "everybody",
      measure: "day_amount",
      value: 100n,
      utcOffsetMinutes: 0,
    };
    const catalogOf = (...limits: CatalogLimit[]) =>
      new Catalog({
        version: 1n,
        systems: [],
        creditTypes: [],
        links: [],
        rates: [],
        honouredRates: [],
        limits,
      });
    const evidence = {} as PartnerCreditCommand["evidence"];
    const credits = many.map(({ operationId }, index): Command => {
      const body = { userId: `user-${index}`, sourceSystem: "club", targetSystem: "shop", amount: 1n };
      const types = { sourceCreditType: "star", sourceAmount: 1n, creditTypeId: "coin", exchangeRate: "1" };
      const rest = { principal: "tester", initiatedAt: new Date(0), metadata: null, evidence };
      return { type: "partner_credit", operationId, ...body, ...types, ...rest };
    });
    expect(splitByMember(credits, catalogOf(), 4)).toBeDefined();
    expect(splitByMember(credits, catalogOf({ ...limit, subject: "member" }), 4)).toBeDefined();
    expect(splitByMember(credits, catalogOf(limit), 4)).toBeUndefined();
  });
});
