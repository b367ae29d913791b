// The source and the target that the model's hub calls: ledgers of one member each, over the cells of the
// protocol's callee table. A callee reacts to one call at a time, all of it or nothing; where something
// outside of the model decides (a limit, a person), it may react in more than one way.
import {
  answerCreditAgain,
  answerHoldAgain,
  type CreditState,
  captureOf,
  conflictAnswer,
  conflictingCreditField,
  conflictingHoldField,
  type HoldState,
  releaseOf,
  rollbackOf,
  type TableAnswer,
} from "@pointbridge/protocol/pxp";
import {
  type Answer,
  keyOfRow,
  type Request,
  type Row,
  type SourceLedger,
  type TargetLedger,
} from "./world.ts";

/** What a ledger may become, and what is answered; no answer where the callee dies after its commit. */
export interface Reaction<Ledger> {
  readonly ledger: Ledger;
  readonly answer?: Answer;
  readonly note: string;
}

export type Reacting<Ledger> = (ledger: Ledger, request: Request) => readonly Reaction<Ledger>[];

export interface TargetCallee {
  readonly credit: Reacting<TargetLedger>;
  readonly rollback: Reacting<TargetLedger>;
  readonly users: Reacting<TargetLedger>;
  /** What happens without a call. */
  readonly byItself: (ledger: TargetLedger) => readonly Reaction<TargetLedger>[];
}

export interface SourceCallee {
  readonly hold: Reacting<SourceLedger>;
  readonly capture: Reacting<SourceLedger>;
  readonly release: Reacting<SourceLedger>;
  readonly byItself: (ledger: SourceLedger) => readonly Reaction<SourceLedger>[];
}

/** The cells of the protocol's table, so that one of them can be exchanged for a wrong one. */
export interface Cells {
  readonly answerCreditAgain: typeof answerCreditAgain;
  readonly rollbackOf: typeof rollbackOf;
  readonly answerHoldAgain: typeof answerHoldAgain;
  readonly captureOf: typeof captureOf;
  readonly releaseOf: typeof releaseOf;
}

export const tableCells: Cells = { answerCreditAgain, rollbackOf, answerHoldAgain, captureOf, releaseOf };

function keyOf(request: Request): string {
  return keyOfRow(request.by, request.id);
}

function nameOf(row: Row<string> | undefined): string {
  return row?.state ?? "without a row";
}

function tell(answer: TableAnswer, row: Row<string>): Answer {
  return row.amount === null ? answer : { ...answer, amount: row.amount };
}

export function storeCredit(ledger: TargetLedger, request: Request, state: CreditState): TargetLedger {
  const amount = ledger.rows[keyOf(request)]?.amount ?? (state === "rolled_back" ? null : request.amount);
  return { ...ledger, rows: { ...ledger.rows, [keyOf(request)]: { state, amount } } };
}

export function storeHold(ledger: SourceLedger, request: Request, state: HoldState): SourceLedger {
  const amount = ledger.rows[keyOf(request)]?.amount ?? (state === "released" ? null : request.amount);
  return { ...ledger, rows: { ...ledger.rows, [keyOf(request)]: { state, amount } } };
}

export function addCredit(ledger: TargetLedger, amount: number): TargetLedger {
  return { ...ledger, available: ledger.available + amount, received: ledger.received + amount };
}

export function moveHold(
  ledger: SourceLedger,
  amount: number,
  to: "held" | "out" | "available",
): SourceLedger {
  const { available, held, out } = ledger;
  if (to === "held") return { ...ledger, available: available - amount, held: held + amount };
  if (to === "out") return { ...ledger, held: held - amount, out: out + amount };
  return { ...ledger, held: held - amount, available: available + amount };
}

/** The row's own answer to its credit, whatever brought it to its state. */
function answerCredit(
  cells: Cells,
  ledger: TargetLedger,
  request: Request,
  note: string,
): Reaction<TargetLedger> {
  const row = ledger.rows[keyOf(request)];
  if (row === undefined) throw new Error("a credit is answered from its row");
  return { ledger, answer: tell(cells.answerCreditAgain(row.state), row), note };
}

/** A credit whose id is new: made, refused for whatever reason there is today, or left for later. */
export function decideCredit(
  cells: Cells,
  hasPending: boolean,
  ledger: TargetLedger,
  request: Request,
): Reaction<TargetLedger>[] {
  const made = storeCredit(addCredit(ledger, request.amount), request, "completed");
  const states: CreditState[] = hasPending ? ["refused", "pending"] : ["refused"];
  return [
    answerCredit(cells, made, request, "credits the member"),
    ...states.map((state) =>
      answerCredit(cells, storeCredit(ledger, request, state), request, `stores ${state}`),
    ),
  ];
}

function rollBack(cells: Cells, ledger: TargetLedger, request: Request): Reaction<TargetLedger>[] {
  const row = ledger.rows[keyOf(request)];
  const cell = cells.rollbackOf(row?.state);
  const done = (from: TargetLedger, note: string) => {
    return { ledger: storeCredit(from, request, cell.done.next), answer: cell.done.answer, note };
  };
  switch (cell.action) {
    case "answer":
      return [{ ledger, answer: cell.done.answer, note: `answers ${nameOf(row)}` }];
    case "fence":
      return [done(ledger, "fences the id")];
    case "cancel": {
      const { next, answer } = cell.otherwise;
      const kept = { ledger: storeCredit(ledger, request, next), answer, note: "can't cancel it now" };
      return [done(ledger, "cancels it"), kept];
    }
    case "take_back": {
      const amount = row?.amount ?? 0;
      if (ledger.available >= amount) return [done(addCredit(ledger, -amount), "takes it back")];
      const { next, answer } = cell.otherwise;
      return [{ ledger: storeCredit(ledger, request, next), answer, note: "seals it: the points are spent" }];
    }
  }
}

function targetByItself(ledger: TargetLedger): Reaction<TargetLedger>[] {
  const reactions: Reaction<TargetLedger>[] = [];
  for (const [key, row] of Object.entries(ledger.rows)) {
    if (row.state !== "pending") continue;
    const ended = (state: CreditState) => ({ ...ledger, rows: { ...ledger.rows, [key]: { ...row, state } } });
    const made = addCredit(ended("completed"), row.amount ?? 0);
    reactions.push({ ledger: made, note: "what was pending completes" });
    reactions.push({ ledger: ended("refused"), note: "what was pending is refused" });
  }
  return reactions;
}

export function createTarget(cells: Cells, hasPending: boolean): TargetCallee {
  return {
    credit(ledger, request) {
      const row = ledger.rows[keyOf(request)];
      if (row === undefined) return decideCredit(cells, hasPending, ledger, request);
      if (conflictingCreditField({ amount: row.amount }, { amount: request.amount }) !== undefined) {
        return [{ ledger, answer: conflictAnswer, note: "finds another body under the id" }];
      }
      return [answerCredit(cells, ledger, request, `answers ${row.state}`)];
    },
    rollback: (ledger, request) => rollBack(cells, ledger, request),
    users(ledger) {
      const answer = { status: 200, userId: "user-1" };
      if (ledger.users > 0) return [{ ledger, answer, note: "answers the user it has" }];
      return [
        { ledger: { ...ledger, users: 1 }, answer, note: "creates the user" },
        { ledger, answer: { status: 422, outcome: "refused", code: "not_wanted" }, note: "refuses the user" },
      ];
    },
    byItself: targetByItself,
  };
}

function endHold(
  cell: ReturnType<Cells["captureOf"]> | ReturnType<Cells["releaseOf"]>,
  ledger: SourceLedger,
  request: Request,
): Reaction<SourceLedger>[] {
  const row = ledger.rows[keyOf(request)];
  if (cell.action === "none") return [{ ledger, answer: cell.answer, note: "knows no such hold" }];
  if (cell.action === "answer") return [{ ledger, answer: cell.done.answer, note: `answers ${nameOf(row)}` }];
  const { next, answer } = cell.done;
  if (cell.action === "fence") {
    return [{ ledger: storeHold(ledger, request, next), answer, note: "fences the id" }];
  }
  const moved = moveHold(ledger, row?.amount ?? 0, cell.action === "capture" ? "out" : "available");
  return [{ ledger: storeHold(moved, request, next), answer, note: `${cell.action}s the hold` }];
}

export function createSource(cells: Cells): SourceCallee {
  return {
    hold(ledger, request) {
      const row = ledger.rows[keyOf(request)];
      const answered = (from: SourceLedger, stored: Row<HoldState>, note: string) => {
        return { ledger: from, answer: tell(cells.answerHoldAgain(stored.state), stored), note };
      };
      if (row !== undefined) {
        if (conflictingHoldField({ amount: row.amount }, { amount: request.amount }) !== undefined) {
          return [{ ledger, answer: conflictAnswer, note: "finds another body under the id" }];
        }
        return [answered(ledger, row, `answers ${row.state}`)];
      }
      const decided = (from: SourceLedger, state: HoldState, note: string) => {
        return answered(storeHold(from, request, state), { state, amount: request.amount }, note);
      };
      const refused = decided(ledger, "refused", "stores refused");
      if (ledger.available < request.amount) return [refused];
      return [decided(moveHold(ledger, request.amount, "held"), "held", "holds the points"), refused];
    },
    capture: (ledger, request) =>
      endHold(cells.captureOf(ledger.rows[keyOf(request)]?.state), ledger, request),
    release: (ledger, request) =>
      endHold(cells.releaseOf(ledger.rows[keyOf(request)]?.state), ledger, request),
    byItself: () => [],
  };
}
