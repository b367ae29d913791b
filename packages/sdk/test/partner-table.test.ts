// The callee's two tables over HTTP: every cell of the vectors, with the row and the points that it leaves.
import { readFileSync } from "node:fs";
import { type CallName, judgeAnswer, type TableAnswer } from "@pointbridge/protocol/pxp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pendingCredit } from "../src/partner/index.ts";
import {
  type CallBody,
  creditOf,
  endingOf,
  holdOf,
  newId,
  openWorld,
  rollbackOf,
  type World,
} from "./partner-caller.ts";
import { MemoryStore } from "./partner-store.ts";

interface Cell {
  readonly call: CallName;
  readonly row: string | null;
  readonly when: string | null;
  readonly next: string | null;
  readonly answer: TableAnswer;
}
const { vectors } = JSON.parse(
  readFileSync(new URL("../../protocol/vectors/callee-table.json", import.meta.url), "utf8"),
) as { vectors: Cell[] };

const account = "shop u1 coin";
const bodyOf: Readonly<Record<CallName, (id: string, changes?: CallBody) => CallBody>> = {
  credits: creditOf,
  "credits/rollback": rollbackOf,
  holds: holdOf,
  "holds/capture": endingOf,
  "holds/release": endingOf,
};
/** What of the member's 500 is left to spend, and what is set aside, when a row is in this state. */
const balances: Readonly<Record<string, readonly [bigint, bigint]>> = {
  pending: [500n, 0n],
  completed: [580n, 0n],
  sealed: [580n, 0n],
  refused: [500n, 0n],
  rolled_back: [500n, 0n],
  held: [420n, 80n],
  captured: [420n, 0n],
  released: [500n, 0n],
};

let store: MemoryStore;
let world: World;
beforeEach(async () => {
  store = new MemoryStore();
  store.available.set(account, 500n);
  world = await openWorld(store);
});
afterEach(async () => {
  await world.close();
  world.throwErrors();
});

async function send(call: CallName, id: string, changes: CallBody = {}) {
  const answer = await world.airline.call(call, bodyOf[call](id, changes));
  expect(answer.isSigned).toBe(true);
  return answer;
}

function stateOf(id: string): string | null {
  return [...store.rows.values()].find(({ operationId }) => operationId === id)?.state ?? null;
}

async function whileSpent(work: () => Promise<unknown>): Promise<void> {
  const points = store.available.get(account) ?? 0n;
  store.available.set(account, 0n);
  await work();
  store.available.set(account, points);
}

async function judging(
  judgement: string | typeof pendingCredit,
  work: () => Promise<unknown>,
): Promise<void> {
  store.judgement = judgement;
  await work();
  store.judgement = undefined;
}

/** Brings the id's row into a state, by calls. */
const reach: Readonly<Record<string, (id: string, kind: "credits" | "holds") => Promise<unknown>>> = {
  pending: (id) => judging(pendingCredit, () => send("credits", id)),
  completed: (id) => send("credits", id),
  sealed: async (id) => {
    await send("credits", id);
    await whileSpent(() => send("credits/rollback", id));
  },
  refused: (id, kind) => judging("limit_exceeded", () => send(kind, id)),
  rolled_back: (id) => send("credits/rollback", id),
  held: (id) => send("holds", id),
  captured: async (id) => {
    await send("holds", id);
    await send("holds/capture", id);
  },
  released: (id) => send("holds/release", id),
};

function expectAnswer(
  answer: Awaited<ReturnType<typeof send>>,
  id: string,
  { answer: expected }: Cell,
): void {
  // A refused row tells its code to whatever arrives.
  const { code = expected.outcome === "refused" ? "the refusal's" : undefined } = expected;
  expect(answer.status).toBe(expected.status);
  expect(answer.body).toMatchObject({ operation_id: id });
  expect(answer.body["outcome"]).toBe(expected.outcome);
  expect(answer.body["code"]).toBe(code === "the refusal's" ? "limit_exceeded" : code);
}

async function sendWhen(call: CallName, id: string, when: string | null) {
  let answer: Awaited<ReturnType<typeof send>> | undefined;
  const work = async () => {
    answer = await send(call, id);
  };
  store.canCancel = when !== "it may still complete";
  if (when === "decided refused") await judging("limit_exceeded", work);
  else if (when === "decided pending") await judging(pendingCredit, work);
  else if (when === "the points can't be taken") await whileSpent(work);
  else await work();
  if (answer === undefined) throw new Error("nothing was sent");
  return answer;
}

describe("every cell", () => {
  it.each(vectors)("$call arrives at $row, $when: $answer.status $answer.outcome", async (cell) => {
    const id = newId();
    const kind = cell.call.startsWith("credits") ? "credits" : "holds";
    if (cell.row !== null) await reach[cell.row]?.(id, kind);
    expect(stateOf(id)).toBe(cell.row);

    const answer = await sendWhen(cell.call, id, cell.when);
    expectAnswer(answer, id, cell);
    expect(stateOf(id)).toBe(cell.next);
    const [available, held] = balances[cell.next ?? "refused"] ?? [];
    expect([store.available.get(account), store.held.get(account) ?? 0n]).toEqual([available, held]);

    // The same again finds the row as it was left, whatever the store would decide by now.
    const moves = store.moves.length;
    store.judgement = "another_refusal";
    store.rate = undefined;
    store.canCancel = false;
    const again = await send(cell.call, id);
    const settled = vectors.find(({ call, row, when, next }) => {
      return (
        call === cell.call && row === cell.next && next === cell.next && when !== "it can never complete"
      );
    });
    expectAnswer(again, id, settled ?? cell);
    expect([stateOf(id), store.moves.length]).toEqual([cell.next, moves]);
    expect(again.body["idempotent"]).toBe(cell.next === null ? undefined : true);
  });

  it("a completed credit that was rolled back is fenced as well as one that never came", async () => {
    const id = newId();
    await send("credits", id);
    await send("credits/rollback", id);
    expect(await send("credits", id)).toMatchObject({ status: 422, body: { outcome: "rolled_back" } });
    expect(store.moves).toEqual(["add", "take"]);
  });
});

describe("an answer tells its row", () => {
  it("a credit's amount, transaction and time stay the same; only idempotent changes", async () => {
    const id = newId();
    const first = await send("credits", id);
    const again = await send("credits", id);
    expect(first.body).toMatchObject({ amount: "80", idempotent: false });
    expect(first.body["transaction_id"]).toBeTypeOf("string");
    expect(first.body["completed_at"]).toBeTypeOf("string");
    expect(again.body).toEqual({ ...first.body, idempotent: true });
    await whileSpent(() => send("credits/rollback", id));
    expect((await send("credits", id)).body).toEqual(again.body);
  });

  it.each<[string, CallBody, string]>([
    ["user", { user_id: "u2" }, "user_id"],
    ["credit type", { credit_type_id: "star" }, "credit_type_id"],
    ["amount", { amount: "79" }, "amount"],
    ["source", { source_system: "alliance" }, "source_system"],
  ])(
    "the same id with another %s is a conflict that tells the row and changes nothing",
    async (_, changes, field) => {
      const id = newId();
      await send("credits", id);
      const before = [...store.rows.values()];
      const conflict = await send("credits", id, changes);
      expect(conflict).toMatchObject({
        status: 409,
        body: { operation_id: id, code: "operation_conflict", conflicting_field: field },
      });
      expect(conflict.body).toMatchObject({ user_id: "u1", amount: "80", outcome: "completed" });
      expect(judgeAnswer("credits", { operation_id: id, amount: "80" }, conflict).kind).toBe("unknown");
      expect([...store.rows.values()]).toEqual(before);
    },
  );

  it("a rollback, a capture or a release for another system is a conflict too", async () => {
    const [credit, hold] = [newId(), newId()];
    await send("credits", credit);
    await send("holds", hold);
    const conflicts = [
      await send("credits/rollback", credit, { source_system: "alliance" }),
      await send("holds/capture", hold, { target_system: "alliance" }),
      await send("holds/release", hold, { target_system: "alliance" }),
    ];
    for (const { status, body } of conflicts)
      expect([status, body["code"]]).toEqual([409, "operation_conflict"]);
    expect([stateOf(credit), stateOf(hold)]).toEqual(["completed", "held"]);
  });

  it("what the fingerprint leaves out may change", async () => {
    const id = newId();
    await send("credits", id);
    const changes = { metadata: { a: 1 }, exchange_rate: "0.80", source_amount: "101", later: true };
    expect(await send("credits", id, changes)).toMatchObject({ status: 200, body: { outcome: "completed" } });
  });

  it("a credit and a hold may have the same id", async () => {
    const id = newId();
    expect((await send("credits", id)).body["outcome"]).toBe("completed");
    expect((await send("holds", id)).body["outcome"]).toBe("held");
  });
});

describe("rates", () => {
  it.each<[string, string | undefined, CallBody, string]>([
    ["the agreed amount", "0.8", {}, "completed"],
    ["less", "0.8", { amount: "79" }, "completed"],
    ["more", "0.8", { amount: "81" }, "refused"],
    ["the product rounded down", "0.333333333333333333", { source_amount: "100", amount: "33" }, "completed"],
    ["the product rounded up", "0.333333333333333333", { source_amount: "100", amount: "34" }, "refused"],
    [
      "more by what floating point can't tell",
      "1.000000000000000001",
      { source_amount: "9007199254740992", amount: "9007199254740993" },
      "refused",
    ],
    ["no rate in force", undefined, {}, "refused"],
    ["another pair", "0.8", { source_credit_type: "other" }, "refused"],
  ])("%s", async (_, rate, changes, outcome) => {
    store.rate = rate;
    const { body } = await send("credits", newId(), changes);
    expect(body["outcome"]).toBe(outcome);
    expect(body["code"]).toBe(outcome === "refused" ? "rate_not_agreed" : undefined);
  });
});

describe("a pending credit", () => {
  it("ends as completed, once, and then answers so", async () => {
    const id = newId();
    await reach["pending"]?.(id, "credits");
    const key = { callingNode: "airline-node", system: "shop", kind: "credit", operationId: id } as const;
    expect(await world.partner.finishPending(key)).toMatchObject({ state: "completed" });
    expect(await world.partner.finishPending(key)).toBeUndefined();
    expect((await send("credits", id)).body).toMatchObject({ outcome: "completed", amount: "80" });
    expect(store.available.get(account)).toBe(580n);
  });

  it("ends as refused with the code given", async () => {
    const id = newId();
    await reach["pending"]?.(id, "credits");
    const key = { callingNode: "airline-node", system: "shop", kind: "credit", operationId: id } as const;
    await world.partner.finishPending(key, "review_failed");
    expect(await send("credits", id)).toMatchObject({ status: 422, body: { code: "review_failed" } });
    expect(store.moves).toEqual([]);
  });

  it("can't be completed after its rollback", async () => {
    const id = newId();
    await reach["pending"]?.(id, "credits");
    await send("credits/rollback", id);
    const key = { callingNode: "airline-node", system: "shop", kind: "credit", operationId: id } as const;
    expect(await world.partner.finishPending(key)).toBeUndefined();
    expect(stateOf(id)).toBe("rolled_back");
  });
});
