// The callee's table: what a row under an id answers to each call, and what becomes of the row. Pure: it
// names the movement that has to be tried, whoever implements a callee makes it, in the transaction of the row.
//
// T1  An id that is known answers its row, before any other check.
// T2  A row never leaves completed by itself: only a rollback takes it back or, where that can't be, seals it.
// T3  sealed, refused, rolled_back, captured and released are final.
// T4  A rollback or a release of an id that was never seen stores its end, so that what comes later is refused.
// T5  A capture can't be refused: what is held is captured or was ended by a release before.

export type CreditState = "pending" | "completed" | "sealed" | "refused" | "rolled_back";
export type HoldState = "held" | "captured" | "refused" | "released";
export const creditStates: readonly CreditState[] = [
  "pending",
  "completed",
  "sealed",
  "refused",
  "rolled_back",
];
export const holdStates: readonly HoldState[] = ["held", "captured", "refused", "released"];

/** An answer without the row's own fields (operation_id, amount, …). */
export interface TableAnswer {
  readonly status: number;
  /** Absent where nothing is said of the operation. */
  readonly outcome?: string;
  /** Absent for `refused`: the row's own code belongs there. */
  readonly code?: string;
}

/** The state that the row has afterwards, and what is answered. */
export interface Step<State> {
  readonly next: State;
  readonly answer: TableAnswer;
}

/**
 * One cell. `action` says what to do:
 * - `answer`: nothing; answer `done`.
 * - `fence`: there is no row; insert one in the state `done.next` that moves nothing.
 * - anything else: try that movement; where it can be made, store `done.next`, else `otherwise.next`.
 */
export type Cell<State, Action extends string> =
  | { readonly action: "answer"; readonly done: Step<State> }
  | { readonly action: "fence"; readonly done: Step<State> }
  | { readonly action: Action; readonly done: Step<State>; readonly otherwise: Step<State> };

/** Like `Cell` where the movement can't fail. */
export type SureCell<State, Action extends string> =
  | { readonly action: "answer"; readonly done: Step<State> }
  | { readonly action: "none"; readonly answer: TableAnswer }
  | { readonly action: "fence"; readonly done: Step<State> }
  | { readonly action: Action; readonly done: Step<State> };

function step<State>(next: State, status: number, outcome: string, code?: string): Step<State> {
  return { next, answer: code === undefined ? { status, outcome } : { status, outcome, code } };
}

const creditAgain: Readonly<Record<CreditState, TableAnswer & { readonly outcome: string }>> = {
  pending: { status: 202, outcome: "pending" },
  completed: { status: 200, outcome: "completed" },
  sealed: { status: 200, outcome: "completed" },
  refused: { status: 422, outcome: "refused" },
  rolled_back: { status: 422, outcome: "rolled_back", code: "rolled_back" },
};

/** What a row answers to its credit: to a repeat, and to the first one once its state is decided (T1). */
export function answerCreditAgain(state: CreditState): TableAnswer & { readonly outcome: string } {
  return creditAgain[state];
}

const sealedStep = step<CreditState>("sealed", 409, "completed", "rollback_refused");
const rolledBackStep = step<CreditState>("rolled_back", 200, "rolled_back");

export type RollbackCell = Cell<CreditState, "cancel" | "take_back">;

/** What a rollback does to a row; undefined: there is none. */
export function rollbackOf(state: CreditState | undefined): RollbackCell {
  switch (state) {
    case undefined: // T4
      return { action: "fence", done: rolledBackStep };
    case "pending":
      // Only where the credit can never complete afterwards; else it is asked again later.
      return { action: "cancel", done: rolledBackStep, otherwise: step("pending", 202, "pending") };
    case "completed": // T2
      return { action: "take_back", done: rolledBackStep, otherwise: sealedStep };
    case "sealed":
      return { action: "answer", done: sealedStep };
    case "refused":
      return { action: "answer", done: step("refused", 200, "refused") };
    case "rolled_back":
      return { action: "answer", done: rolledBackStep };
  }
}

const holdAgain: Readonly<Record<HoldState, TableAnswer & { readonly outcome: string }>> = {
  held: { status: 200, outcome: "held" },
  captured: { status: 200, outcome: "captured" },
  refused: { status: 422, outcome: "refused" },
  released: { status: 422, outcome: "released", code: "released" },
};

/** What a row answers to its hold: to a repeat, and to the first one once its state is decided (T1). */
export function answerHoldAgain(state: HoldState): TableAnswer & { readonly outcome: string } {
  return holdAgain[state];
}

const capturedStep = step<HoldState>("captured", 200, "captured");
const releasedStep = step<HoldState>("released", 200, "released");

/** What a capture does to a row; undefined: there is none (T5). */
export function captureOf(state: HoldState | undefined): SureCell<HoldState, "capture"> {
  switch (state) {
    case undefined:
      return { action: "none", answer: { status: 404, code: "operation_not_found" } };
    case "held":
      return { action: "capture", done: capturedStep };
    case "captured":
      return { action: "answer", done: capturedStep };
    case "refused":
      return { action: "answer", done: step("refused", 409, "refused", "hold_refused") };
    case "released":
      return { action: "answer", done: step("released", 409, "released", "hold_released") };
  }
}

/** What a release does to a row; undefined: there is none. */
export function releaseOf(state: HoldState | undefined): SureCell<HoldState, "release"> {
  switch (state) {
    case undefined: // T4
      return { action: "fence", done: releasedStep };
    case "held":
      return { action: "release", done: releasedStep };
    case "captured":
      return { action: "answer", done: step("captured", 409, "captured", "hold_captured") };
    case "refused":
      return { action: "answer", done: step("refused", 200, "refused") };
    case "released":
      return { action: "answer", done: releasedStep };
  }
}

/** The same id with other fields: decides nothing. The stored row is told beside it, for people. */
export const conflictAnswer: TableAnswer = { status: 409, code: "operation_conflict" };
