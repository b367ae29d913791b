// Users that the target does not know yet: created once, from the stored profile, after the hold and before the
// credit, whoever hosts the target and however many exchanges ask at once.
import { PointbridgeError } from "@pointbridge/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  joinNodes,
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putTestRoute,
  quickLadder,
  requireSound,
} from "../support/partner-node.ts";

/** Nothing is undone because the machine is busy. */
const patient = { ...quickLadder, undoAfterMs: 120_000, alarmAfterMs: 240_000, leaseMs: 30_000 };

describeOnBothEngines("provisioning", (engine) => {
  let shop: PartnerNode;
  let airline: PartnerNode;

  const exchangeOf = (operationId: string, userId: string, target: "airline" | "club") => ({
    operation_id: operationId,
    user_id: userId,
    source_system: "shop",
    target_system: target,
    source_credit_type: "coin",
    target_credit_type: target === "airline" ? "mile" : "star",
    amount: 10n,
  });

  beforeAll(async () => {
    shop = await openPartnerNode(await engine.open(), { ladder: patient, timeoutMs: 20_000 });
    airline = await openPartnerNode(await engine.open(), { ladder: patient, timeoutMs: 20_000 });
    await joinNodes(shop, airline);
    await putHosted(shop, "club", "star");
    const provisioned = { userMapping: "mapped", autoProvision: true } as const;
    const source = ["shop", "coin"] as const;
    await putTestRoute(shop, { source, target: ["club", "star"], rate: "1", ...provisioned });
    await putTestRoute(shop, { source, target: ["airline", "mile"], rate: "0.29", ...provisioned });
    for (const userId of ["u1", "u2", "stranger"]) {
      const credit = { system_id: "shop", user_id: userId, credit_type_id: "coin", amount: 1_000n };
      await shop.client.credits.create({ ...credit, operation_id: `open-${userId}` });
    }
    // The same address for both: it must not make them one.
    for (const userId of ["u1", "u2"]) {
      await shop.client.users.put({ system_id: "shop", user_id: userId, email: "both@example.com" });
    }
  });

  afterAll(async () => {
    await shop.close();
    await airline.close();
  });

  it.each(["airline", "club"] as const)(
    "creates the user at %s once, however many exchanges race",
    async (target) => {
      const exchanges = Array.from({ length: 8 }, (_, index) =>
        exchangeOf(`race-${target}-${index}`, "u1", target),
      );
      const made = await Promise.all(exchanges.map((input) => shop.client.exchanges.create(input)));
      expect(made.map(({ status }) => status)).toEqual(made.map(() => "completed"));
      expect(new Set(made.map(({ target_user_id: userId }) => userId)).size).toBe(1);
      const other = await shop.client.exchanges.create(exchangeOf(`other-${target}`, "u2", target));
      expect(other.status).toBe("completed");
      expect(other.target_user_id).not.toBe(made[0]?.target_user_id);
      const mapping = await shop.client.mappings.get({
        source_system: "shop",
        source_user_id: "u1",
        target_system: target,
      });
      expect(mapping.target_user_id).toBe(made[0]?.target_user_id);
      const again = await shop.client.exchanges.create(exchangeOf(`again-${target}`, "u1", target));
      expect(again.target_user_id).toBe(mapping.target_user_id);
    },
  );

  it.each(["airline", "club"] as const)(
    "refuses a user without a profile, and moves nothing (%s)",
    async (target) => {
      const refused = shop.client.exchanges.create(exchangeOf(`none-${target}`, "stranger", target));
      const code = await refused.then(
        () => "completed",
        (error: unknown) => (error instanceof PointbridgeError ? error.code : String(error)),
      );
      expect(code).toBe("user_not_found");
      const { items } = await shop.client.accounts.list({ system_id: "shop", user_id: "stranger" }).page();
      expect(items).toMatchObject([{ available: 1_000n, frozen: 0n }]);
    },
  );

  it("leaves both ledgers sound", async () => {
    await requireSound(shop, airline);
  });
});
