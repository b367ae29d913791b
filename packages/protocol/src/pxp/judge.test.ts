// Verdicts: every vector, and for any answer at all that only the tables' own lines decide something.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CallName, callNames } from "./calls.ts";
import { type JudgedAnswer, type JudgedRequest, judgeAnswer, judgeBatch, type Verdict } from "./judge.ts";

function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}`, import.meta.url), "utf8")) as T;
}

const single = readVectors<{
  requests: Record<CallName | "users", JudgedRequest>;
  vectors: { name: string; call: CallName | "users"; answer: JudgedAnswer; verdict: Verdict }[];
}>("verdicts.json");
const batch = readVectors<{
  calls: (JudgedRequest & { call: CallName })[];
  vectors: {
    name: string;
    calls?: (JudgedRequest & { call: CallName })[];
    answer: JudgedAnswer;
    verdicts: Verdict[];
  }[];
}>("batch-verdicts.json");

describe("J1-J4: a single answer", () => {
  it.each(single.vectors)("$call: $name", ({ call, answer, verdict }) => {
    expect(judgeAnswer(call, single.requests[call], answer)).toMatchObject(verdict);
  });

  it("an unknown outcome hands on how long to wait; a decided one does not", () => {
    const request = single.requests.credits;
    const busy = { status: 429, body: { code: "rate_limited" }, retryAfterMs: 2000 };
    expect(judgeAnswer("credits", request, busy)).toMatchObject({ kind: "unknown", retryAfterMs: 2000 });
    const body = { operation_id: "op-1", outcome: "completed", amount: "80" };
    expect(judgeAnswer("credits", request, { status: 200, body, retryAfterMs: 2000 })).toEqual({
      kind: "credited",
    });
  });

  it("a capture's amount counts where the hold's is told", () => {
    const request = { ...single.requests["holds/capture"], amount: "80" };
    const judge = (amount?: string) =>
      judgeAnswer("holds/capture", request, {
        status: 200,
        body: { operation_id: "op-1", outcome: "captured", ...(amount === undefined ? {} : { amount }) },
      }).kind;
    expect([judge(), judge("80"), judge("79")]).toEqual(["captured", "captured", "unknown"]);
  });
});

describe("J5: a batch", () => {
  it.each(batch.vectors)("$name", ({ calls = batch.calls, answer, verdicts }) => {
    const found = judgeBatch(calls, answer);
    expect(found).toHaveLength(verdicts.length);
    for (const [index, verdict] of verdicts.entries()) expect(found[index]).toMatchObject(verdict);
  });
});

// Each pair of status and outcome that the contract's tables allow as an answer to the call.
const decisive: Record<CallName, string[]> = {
  credits: ["200 completed", "422 refused", "422 rolled_back"],
  "credits/rollback": ["200 rolled_back", "200 refused", "409 completed"],
  holds: ["200 held", "200 captured", "422 refused", "422 released"],
  "holds/capture": ["200 captured", "409 refused", "409 released"],
  "holds/release": ["200 released", "200 refused", "409 captured"],
};
const outcomes = [
  "completed",
  "pending",
  "sealed",
  "refused",
  "rolled_back",
  "held",
  "captured",
  "released",
  "toString",
  "__proto__",
  "",
];
const statuses = [200, 201, 202, 204, 207, 301, 400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503, 599];

describe.each(callNames)("every status with every outcome to %s", (call) => {
  it("only the table's pairs decide", () => {
    for (const status of statuses) {
      for (const outcome of outcomes) {
        const code = status === 409 && outcome === "completed" ? "rollback_refused" : "some_code";
        const body = { operation_id: "op-1", outcome, amount: "80", code };
        const { kind } = judgeAnswer(call, { ...single.requests[call], amount: "80" }, { status, body });
        const isDecided = decisive[call].includes(`${status} ${outcome}`);
        expect([status, outcome, kind !== "unknown"]).toEqual([status, outcome, isDecided]);
        const conflict = { ...body, code: "operation_conflict" };
        expect(judgeAnswer(call, single.requests[call], { status, body: conflict }).kind).toBe("unknown");
        const foreign = { ...body, operation_id: "op-2" };
        expect(judgeAnswer(call, single.requests[call], { status, body: foreign }).kind).toBe("unknown");
      }
    }
  });
});

const jsonText = fc.json({ maxDepth: 4 });
const fields = fc.record(
  {
    operation_id: fc.oneof(fc.constantFrom("op-1", "op-2", "op-3"), fc.jsonValue()),
    outcome: fc.oneof(fc.constantFrom(...outcomes), fc.jsonValue()),
    status: fc.oneof(fc.constantFrom(...statuses), fc.jsonValue()),
    amount: fc.oneof(fc.constantFrom("80", "5", "080"), fc.jsonValue()),
    code: fc.oneof(fc.constantFrom("rollback_refused", "operation_conflict"), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const anyBody = fc.oneof(
  jsonText.map((text) => JSON.parse(text) as unknown),
  fields,
);

describe("any JSON", () => {
  it("is judged without throwing, and decides only by the table", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...callNames),
        fc.constantFrom(...statuses),
        anyBody,
        (call, status, body) => {
          const { kind } = judgeAnswer(call, single.requests[call], { status, body });
          if (kind === "unknown") return true;
          const { operation_id: id, outcome } = body as { operation_id: unknown; outcome: unknown };
          return id === "op-1" && decisive[call].includes(`${status} ${String(outcome)}`);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("names a provisioned user only with status 200", () => {
    fc.assert(
      fc.property(fc.constantFrom(...statuses), anyBody, (status, body) => {
        const { kind } = judgeAnswer("users", single.requests.users, { status, body });
        return kind === "unknown" || (kind === "provisioned" ? status === 200 : status === 422);
      }),
    );
  });

  it("as a batch's results gives one verdict a call, and a decided one only where one result has its id", () => {
    const results = fc.array(fc.oneof({ weight: 9, arbitrary: fields }, { weight: 1, arbitrary: anyBody }));
    fc.assert(
      fc.property(results, (lines) => {
        const found = judgeBatch(batch.calls, { status: 200, body: { results: lines } });
        return (
          found.length === batch.calls.length &&
          batch.calls.every((call, index) => {
            const own = lines.filter(
              (line) => (line as { operation_id?: unknown } | null)?.operation_id === call.operation_id,
            );
            return own.length === 1 || found[index]?.kind === "unknown";
          })
        );
      }),
      { numRuns: 1000 },
    );
  });
});
