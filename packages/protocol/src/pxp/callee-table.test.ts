// The callee's two tables, cell by cell against the vectors, and that a caller's rules fit them.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  answerCreditAgain,
  answerHoldAgain,
  type CreditState,
  captureOf,
  creditStates,
  type HoldState,
  holdStates,
  releaseOf,
  rollbackOf,
  type TableAnswer,
} from "./callee-table.ts";
import type { CallName } from "./calls.ts";
import { judgeAnswer } from "./judge.ts";

type State = CreditState | HoldState;
interface Vector {
  readonly call: CallName;
  readonly row: State | null;
  readonly when: string | null;
  readonly next: State | null;
  readonly answer: TableAnswer;
}
const { vectors } = JSON.parse(
  readFileSync(new URL("../../vectors/callee-table.json", import.meta.url), "utf8"),
) as { vectors: Vector[] };

interface Way {
  readonly next: State | null;
  readonly answer: TableAnswer;
}

function isCreditState(state: string): state is CreditState {
  return (creditStates as readonly string[]).includes(state);
}

/** The ways that a cell may go, as the code has them. */
function waysOf(call: CallName, row: State | undefined): Way[] {
  if (call === "credits" || call === "holds") {
    const firsts: readonly State[] =
      call === "credits" ? ["completed", "refused", "pending"] : ["held", "refused"];
    return (row === undefined ? firsts : [row]).map((next) => ({
      next,
      answer:
        call === "credits" ? answerCreditAgain(next as CreditState) : answerHoldAgain(next as HoldState),
    }));
  }
  if (call === "credits/rollback") {
    const cell = rollbackOf(row as CreditState | undefined);
    return "otherwise" in cell ? [cell.done, cell.otherwise] : [cell.done];
  }
  const cell = (call === "holds/capture" ? captureOf : releaseOf)(row as HoldState | undefined);
  return "done" in cell ? [cell.done] : [{ next: null, answer: cell.answer }];
}

describe("T1-T5: each cell goes the ways of the table and no other", () => {
  for (const call of ["credits", "credits/rollback", "holds", "holds/capture", "holds/release"] as const) {
    const states: readonly (State | undefined)[] = call.startsWith("credits")
      ? [undefined, ...creditStates]
      : [undefined, ...holdStates];
    it.each(states)(`${call} arrives at %s`, (row) => {
      const expected = vectors
        .filter((vector) => vector.call === call && vector.row === (row ?? null))
        .map(({ next, answer: { code, ...answer } }) => ({
          next,
          answer: code === undefined || code === "the refusal's" ? answer : { ...answer, code },
        }));
      expect(expected.length).toBeGreaterThan(0);
      expect(waysOf(call, row)).toEqual(expected);
    });
  }
});

// The states that a row may be in when the caller takes this from its answer. What lets a source's points go
// stands on a state that can never become a credit any more.
const provenBy: Readonly<Record<string, readonly (State | null)[]>> = {
  unknown: ["pending", null],
  credited: ["completed", "sealed"],
  credit_refused: ["refused", "rolled_back"],
  rolled_back: ["refused", "rolled_back"],
  rollback_refused: ["sealed"],
  held: ["held"],
  captured: ["captured"],
  hold_refused: ["refused", "released"],
  hold_gone: ["refused", "released"],
  released: ["refused", "released"],
};

describe("what a table answers is what the caller takes from it", () => {
  it.each(vectors)("$call at $row $when: $answer.status $answer.outcome", ({ call, next, answer }) => {
    const body = { operation_id: "op-1", amount: "80", ...answer };
    const request = { operation_id: "op-1", amount: "80" };
    const { kind } = judgeAnswer(call, request, { status: answer.status, body });
    expect(provenBy[kind]).toContain(next);
  });
});

describe("T3: a final state stays", () => {
  it.each(["sealed", "refused", "rolled_back", "captured", "released"] as const)("%s", (state) => {
    const calls: readonly CallName[] = isCreditState(state)
      ? ["credits", "credits/rollback"]
      : ["holds", "holds/capture", "holds/release"];
    for (const call of calls) for (const way of waysOf(call, state)) expect(way.next).toBe(state);
  });
});
