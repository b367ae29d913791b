// Rotating keys between two nodes: whoever rotates, and whatever the other one's operator has done of it so far,
// exchanges go on in both directions.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBothEngines, enginesOfRun } from "../support/both-engines.ts";
import {
  joinNodes,
  keysOf,
  nodeApiKey,
  openPartnerNode,
  type PartnerNode,
  putRemote,
  requireSound,
} from "../support/partner-node.ts";

interface KeySet {
  readonly keys: readonly { readonly kid: string }[];
}

async function post(node: PartnerNode, path: string, body?: object) {
  const answer = await node.app.inject({
    method: "POST",
    url: path,
    headers: { authorization: `Bearer ${nodeApiKey}`, prefer: "wait=30" },
    ...(body === undefined ? {} : { payload: body }),
  });
  return answer.json<Record<string, unknown>>();
}

describeOnBothEngines(
  "a rotation of keys",
  (engine) => {
    let shop: PartnerNode;
    let airline: PartnerNode;
    let count = 0;

    beforeAll(async () => {
      shop = await openPartnerNode(await engine.open());
      airline = await openPartnerNode(await engine.open());
      await joinNodes(shop, airline);
      const credit = { system_id: "shop", credit_type_id: "coin", amount: "1000000", user_id: "u1" };
      await post(shop, "/v1/credits", credit);
    });

    afterAll(async () => {
      await shop.close();
      await airline.close();
    });

    /** The shop calls, the airline answers. */
    async function exchange(): Promise<unknown> {
      const made = await post(shop, "/v1/exchanges", {
        operation_id: `rotated-${(count += 1)}`,
        user_id: "u1",
        source_system: "shop",
        target_system: "airline",
        source_credit_type: "coin",
        target_credit_type: "mile",
        amount: "10",
      });
      return made["status"];
    }

    async function rotate(node: PartnerNode): Promise<KeySet> {
      return (await post(node, "/v1/keys/rotate")) as unknown as KeySet;
    }

    const putAirline = (keys: KeySet) =>
      putRemote(shop, { systemId: "airline", creditTypeId: "mile", baseUrl: airline.url, keys });
    const putShop = (keys: KeySet) =>
      putRemote(airline, { systemId: "shop", creditTypeId: "coin", baseUrl: shop.url, keys });

    it("at the node that answers stops nothing, before, while and after its partner takes the new key", async () => {
      expect(await exchange()).toBe("completed");
      const set = await rotate(airline);
      expect(await exchange()).toBe("completed");
      await putAirline(set);
      expect(await exchange()).toBe("completed");
      // Learnt in the background from the partner itself, so that the old key may be left out.
      const [active] = set.keys;
      await expect
        .poll(
          async () => {
            await exchange();
            const book = await airline.partners.registry.current();
            return book.answerKeyFor("shop", new Date()).keyId;
          },
          { interval: 500, timeout: 25_000 },
        )
        .toBe(active?.kid);
      await putAirline({ keys: set.keys.slice(0, 1) });
      expect(await exchange()).toBe("completed");
    }, 60_000);

    it("at the node that calls stops nothing, and neither does a partner that leaves out the old key at once", async () => {
      const set = await rotate(shop);
      expect(await exchange()).toBe("completed");
      await putShop({ keys: set.keys.slice(0, 1) });
      expect(await exchange()).toBe("completed");
      expect((await keysOf(shop)) as KeySet).toEqual(set);
      await requireSound(shop, airline);
    }, 60_000);
  },
  enginesOfRun,
);
