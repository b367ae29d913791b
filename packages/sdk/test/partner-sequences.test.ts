// Any sequence of calls on a few ids, with failures, spending and changing rules in between: no answer takes back what
// an earlier one said, and the balances are what the rows say.
import { type CallName, callNames, signRequest, targetUriOf } from "@pointbridge/protocol/pxp";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  createPartner,
  generateSigningKey,
  type Partner,
  registerNodes,
  toSigningKey,
} from "../src/partner/index.ts";
import { baseUrl, type CallBody, creditOf, endingOf, holdOf, rollbackOf } from "./partner-caller.ts";
import { MemoryStore } from "./partner-store.ts";

const theirs = generateSigningKey();
const [ownKey, theirKey] = [toSigningKey(generateSigningKey().privateJwk), toSigningKey(theirs.privateJwk)];
const account = "shop u1 coin";
const bodyOf: Readonly<Record<CallName, (id: string, changes?: CallBody) => CallBody>> = {
  credits: creditOf,
  "credits/rollback": rollbackOf,
  holds: holdOf,
  "holds/capture": endingOf,
  "holds/release": endingOf,
};

async function send(partner: Partner, call: CallName, id: string): Promise<Record<string, unknown>> {
  const body = new TextEncoder().encode(JSON.stringify(bodyOf[call](id)));
  const path = `/pxp/v1/${call}`;
  const { headers } = signRequest(theirKey, { targetUri: targetUriOf(baseUrl, path), body, now: new Date() });
  const answer = await partner.handle({ method: "POST", path, headers, body });
  return { ...(JSON.parse(new TextDecoder().decode(answer.body)) as object), status: answer.status };
}

function makePartner(store: MemoryStore): Partner {
  return createPartner({
    baseUrl,
    systems: ["shop"],
    signingKey: ownKey,
    findKey: registerNodes([{ nodeId: "n", speaksFor: ["airline"], keys: [theirs.publicJwk] }]),
    store,
    onError: () => undefined,
  });
}

/** What the caller may no longer be told, once it was told this. */
const excluded: Readonly<Record<string, readonly string[]>> = {
  refused: ["completed", "held", "captured"],
  rolled_back: ["completed", "refused"],
  captured: ["released", "held", "refused"],
  released: ["held", "captured", "refused"],
  rollback_refused: ["rolled_back", "refused"],
};

type Step =
  | { readonly do: "call"; readonly call: CallName; readonly id: string; readonly fails: boolean }
  | { readonly do: "together"; readonly calls: readonly CallName[]; readonly id: string }
  | { readonly do: "spend" }
  | { readonly do: "judge"; readonly judgement: string | undefined };

const id = fc.constantFrom("a", "b", "c");
const call = fc.constantFrom(...callNames);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant("call" as const), call, id, fails: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("together" as const),
        calls: fc.array(call, { minLength: 2, maxLength: 4 }),
        id,
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: "spend" as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("judge" as const),
        judgement: fc.constantFrom("limit_exceeded", undefined),
      }),
    },
  ),
  { maxLength: 30 },
);

/** One run: what was told of each id, and what the shop spent by itself. */
class Run {
  readonly store = new MemoryStore();
  readonly #partner = makePartner(this.store);
  readonly #told = new Map<string, Set<string>>();
  spent = 0n;
  broken: string | undefined;

  constructor() {
    this.store.available.set(account, 200n);
  }

  async play(step: Step): Promise<void> {
    if (step.do === "spend") {
      this.spent += this.store.available.get(account) ?? 0n;
      this.store.available.set(account, 0n);
    } else if (step.do === "judge") {
      this.store.judgement = step.judgement;
    } else if (step.do === "call") {
      this.store.failure = step.fails ? new Error("the connection was lost") : undefined;
      this.#hear(step.call, step.id, await send(this.#partner, step.call, step.id));
      this.store.failure = undefined;
    } else {
      const { calls } = step;
      const answers = await Promise.all(calls.map((name) => send(this.#partner, name, step.id)));
      // Among calls that arrive together the answers have no order: each is held against what was told before.
      const heard = answers.map((answer, index) => ({ answer, name: calls[index] ?? "credits" }));
      for (const { answer, name } of heard) this.#judge(answer, this.#toldOf(name, step.id), name);
      for (const { answer, name } of heard) this.#remember(name, step.id, answer);
    }
  }

  #toldOf(name: CallName, operationId: string): Set<string> {
    const key = `${name.startsWith("credits") ? "credit" : "hold"} ${operationId}`;
    const told = this.#told.get(key) ?? new Set<string>();
    this.#told.set(key, told);
    return told;
  }

  #judge({ outcome }: Record<string, unknown>, told: ReadonlySet<string>, name: CallName): void {
    const isKnownBefore = [...told].some((earlier) => excluded[earlier]?.includes(String(outcome)) === true);
    if (isKnownBefore) this.broken = `${name} told ${String(outcome)} after ${[...told].join(", ")}`;
  }

  #remember(name: CallName, operationId: string, { outcome, code }: Record<string, unknown>): void {
    if (typeof outcome !== "string") return;
    const told = this.#toldOf(name, operationId);
    told.add(outcome);
    if (code === "rollback_refused") told.add(code);
  }

  #hear(name: CallName, operationId: string, answer: Record<string, unknown>): void {
    this.#judge(answer, this.#toldOf(name, operationId), name);
    this.#remember(name, operationId, answer);
  }

  /** What the rows say that the member must have, to spend and set aside. */
  balancesByRows(): [bigint, bigint] {
    let [available, held] = [200n - this.spent, 0n];
    for (const { state, kind, amount } of this.store.rows.values()) {
      const points = amount ?? 0n;
      if (kind === "credit" && (state === "completed" || state === "sealed")) available += points;
      if (state === "held" || state === "captured") available -= points;
      if (state === "held") held += points;
    }
    return [available, held];
  }
}

it("T1-T5, D1-D3: nothing that was told is taken back, no point is made or lost", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const run = new Run();
      for (const step of sequence) {
        await run.play(step);
        const balances = [run.store.available.get(account) ?? 0n, run.store.held.get(account) ?? 0n];
        expect(balances).toEqual(run.balancesByRows());
        expect(run.broken).toBeUndefined();
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
