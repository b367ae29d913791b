// Proves that the partners under examples/ keep the callee's table of credits and the agreed rates, each in its own
// language: every cell, repeats, races and limits. T1 to T5 are numbered in the examples.
import { judgeAnswer } from "@pointbridge/protocol/pxp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CreditFields, dailyLimit, ExampleWorld, listExamples, rates, route } from "./example-world.ts";
import type { SignedAnswer } from "./signed-caller.ts";

function verdictOf(id: string, answer: SignedAnswer, amount = "29") {
  return judgeAnswer("credits", { operation_id: id, amount }, answer);
}

describe.each(listExamples())("the example partner in %s", (name, command) => {
  let world: ExampleWorld;
  beforeAll(async () => {
    if (command !== undefined) world = await ExampleWorld.start(name, command);
  });
  afterAll(async () => {
    if (command !== undefined) await world.partner.stop();
  });
  const credit = (fields: CreditFields) => world.credit(fields);
  const rollBack = (id: string) => world.rollBack(id);

  describe.skipIf(command === undefined)("keeps the credit table", () => {
    it("none: a credit completes once, and completed answers it again (T1, T2)", async () => {
      const before = world.balanceOf("u1");
      const first = await credit({ operation_id: "c-1" });
      expect(first).toMatchObject({ status: 200, body: { outcome: "completed", amount: "29" } });
      expect(first.body["idempotent"]).toBe(false);
      expect(verdictOf("c-1", first)).toEqual({ kind: "credited" });
      const again = await credit({ operation_id: "c-1" });
      expect(again).toEqual({ status: 200, body: { ...first.body, idempotent: true } });
      expect(world.balanceOf("u1")).toBe(before + 29n);
    });

    it("none: a credit is refused with its code, and refused stays when its cause is gone (T3)", async () => {
      const fields = { operation_id: "c-2", user_id: "newcomer" };
      const first = await credit(fields);
      expect(verdictOf("c-2", first)).toEqual({ kind: "credit_refused", code: "user_not_found" });
      await world.partner.run(["member", "club", "newcomer"]);
      expect(await credit(fields)).toEqual({ status: 422, body: { ...first.body, idempotent: true } });
      expect(await rollBack("c-2")).toMatchObject({ status: 200, body: { outcome: "refused" } });
      expect((await credit(fields)).status).toBe(422);
      expect(world.balanceOf("newcomer")).toBe(0n);
    });

    it("none: a rollback fences, and rolled_back answers both calls for good (T4)", async () => {
      expect(await rollBack("c-3")).toMatchObject({ status: 200, body: { outcome: "rolled_back" } });
      const late = await credit({ operation_id: "c-3", user_id: "poor" });
      expect(late).toMatchObject({ status: 422, body: { outcome: "rolled_back", code: "rolled_back" } });
      expect(await rollBack("c-3")).toMatchObject({ status: 200, body: { outcome: "rolled_back" } });
      expect(world.balanceOf("poor")).toBe(0n);
    });

    it("completed: a rollback takes the points back, once", async () => {
      await credit({ operation_id: "c-4", user_id: "poor" });
      for (const idempotent of [false, true]) {
        const answer = await rollBack("c-4");
        expect(answer).toMatchObject({ status: 200, body: { outcome: "rolled_back", idempotent } });
        expect(world.balanceOf("poor")).toBe(0n);
      }
      expect((await credit({ operation_id: "c-4", user_id: "poor" })).body["outcome"]).toBe("rolled_back");
    });

    it("completed: a rollback of spent points seals, though points come later (T5)", async () => {
      await credit({ operation_id: "c-5", user_id: "poor" });
      await world.partner.run(["spend", "club", "poor", "star", "1"]);
      const sealed = await rollBack("c-5");
      expect(judgeAnswer("credits/rollback", { operation_id: "c-5" }, sealed).kind).toBe("rollback_refused");
      await credit({ operation_id: "c-6", user_id: "poor" });
      const again = await rollBack("c-5");
      expect(again).toMatchObject({ status: 409, body: { outcome: "completed", code: "rollback_refused" } });
      expect(verdictOf("c-5", await credit({ operation_id: "c-5", user_id: "poor" })).kind).toBe("credited");
      expect(world.balanceOf("poor")).toBe(57n);
    });

    it("other fields under a known id are a conflict that changes nothing", async () => {
      await credit({ operation_id: "c-7" });
      const changes: readonly CreditFields[] = [
        { operation_id: "c-7", amount: "28" },
        { operation_id: "c-7", user_id: "rich" },
        { operation_id: "c-7", credit_type_id: "gold" },
      ];
      for (const change of changes) {
        const answer = await credit(change);
        const [field] = Object.keys(change).slice(-1);
        expect(answer).toMatchObject({
          status: 409,
          body: { code: "operation_conflict", conflicting_field: field },
        });
        expect(verdictOf("c-7", answer).kind).toBe("unknown");
      }
      const free = { operation_id: "c-7", source_amount: "500", metadata: { order: 7 }, extra: [1] };
      expect((await credit(free)).status).toBe(200);
    });

    it("answers a repeat after the limit is used up, and refuses what is new (T2)", async () => {
      const big = { user_id: "rich", amount: String(dailyLimit), source_amount: "4000000" };
      expect((await credit({ operation_id: "c-8", ...big })).status).toBe(200);
      const refused = await credit({ operation_id: "c-9", user_id: "rich" });
      expect(verdictOf("c-9", refused)).toEqual({ kind: "credit_refused", code: "limit_exceeded" });
      expect((await credit({ operation_id: "c-8", ...big })).body["outcome"]).toBe("completed");
    });

    it("lets a credit and its rollback race: they take turns, and the points agree", async () => {
      for (let round = 0; round < 10; round++) {
        const id = `race-${round}`;
        const calls = [
          () => credit({ operation_id: id }),
          () => rollBack(id),
          () => credit({ operation_id: id }),
        ];
        const before = world.balanceOf("u1");
        const answers = await Promise.all(calls.map((call) => call()));
        expect(answers[1]).toMatchObject({ status: 200, body: { outcome: "rolled_back" } });
        expect((await credit({ operation_id: id })).body["outcome"]).toBe("rolled_back");
        expect(world.balanceOf("u1")).toBe(before);
      }
    });

    it("credits once when ten copies arrive at a time (T1)", async () => {
      const before = world.balanceOf("u1");
      const copies = Array.from({ length: 10 }, () => credit({ operation_id: "copies" }));
      const answers = await Promise.all(copies);
      expect(new Set(answers.map(({ body }) => body["transaction_id"])).size).toBe(1);
      expect(answers.filter(({ body }) => body["idempotent"] === false).length).toBe(1);
      expect(world.balanceOf("u1")).toBe(before + 29n);
    });

    it("takes names in any script, and amounts that no float can hold", async () => {
      const fields = { user_id: "积分", amount: "9007199254740993", source_amount: "90071992547409930" };
      const refused = await credit({ operation_id: "c-10", ...fields });
      expect(verdictOf("c-10", refused)).toEqual({ kind: "credit_refused", code: "limit_exceeded" });
      const differs = await credit({ operation_id: "c-10", ...fields, amount: "9007199254740992" });
      expect(differs).toMatchObject({ status: 409, body: { conflicting_field: "amount" } });
      expect((await credit({ operation_id: "c-11", user_id: "积分" })).status).toBe(200);
      expect(world.balanceOf("积分")).toBe(29n);
    });
  });

  describe.skipIf(command === undefined)("agrees rates", () => {
    it("refuses what no rate of the last 24 hours gives, to the point", async () => {
      const most = (9_223_372_036_854_775_807n * 29n) / 100n;
      const cases = [
        ["29", "100", 200],
        ["30", "100", 422],
        ["28", "99", 200],
        ["29", "99", 422],
        [String(most + 1n), "9223372036854775807", 422],
      ] as const;
      for (const [amount, sourceAmount, status] of cases) {
        const id = `r-${amount}-${sourceAmount}`;
        const answer = await credit({ operation_id: id, amount, source_amount: sourceAmount });
        const expected = status === 200 ? { outcome: "completed" } : { code: "rate_not_agreed" };
        expect(answer).toMatchObject({ status, body: { operation_id: id, ...expected } });
      }
      const exact = { amount: String(most), source_amount: "9223372036854775807" };
      const refused = await credit({ operation_id: "r-largest", ...exact, user_id: "nobody" });
      expect(refused.body["code"]).toBe("user_not_found");
      const unknownPair = await credit({ operation_id: "r-pair", source_credit_type: "gold" });
      expect(unknownPair.body["code"]).toBe("rate_not_agreed");
    });

    it("goes by the highest rate of the day, and by none once there is none", async () => {
      const rate = { ...route, source_credit_type: "silver", target_credit_type: "star" };
      const set = (more: readonly unknown[]) =>
        world.partner.run(["setup"], { PARTNER_RATES: JSON.stringify([...rates, ...more]) });
      const tryAmount = async (id: string, amount: string) =>
        (await credit({ operation_id: id, amount, source_credit_type: "silver" })).status;
      await set([{ ...rate, rate: "2" }]);
      expect(await tryAmount("d-1", "200")).toBe(200);
      await set([{ ...rate, rate: "1.5" }]);
      expect(await tryAmount("d-2", "200")).toBe(200);
      expect(await tryAmount("d-3", "201")).toBe(422);
      // A day and a half later the first version had ended before the day began.
      world.ageRates("silver");
      expect(await tryAmount("d-4", "151")).toBe(422);
      expect(await tryAmount("d-5", "150")).toBe(200);
      await set([]);
      expect(await tryAmount("d-6", "1")).toBe(422);
      expect(await tryAmount("d-5", "150")).toBe(200);
    });
  });

  it.skipIf(command === undefined)("ends with balances, movements, rows and evidence that agree", () => {
    expect(world.findContradictions()).toEqual([]);
  });
});
