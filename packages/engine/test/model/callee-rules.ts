// The rules for whoever is called, each with a callee that breaks it.
import type { CreditState, HoldState } from "@pointbridge/protocol/pxp";
import {
  addCredit,
  type Cells,
  createSource,
  createTarget,
  decideCredit,
  moveHold,
  type Reacting,
  type Reaction,
  type SourceCallee,
  storeCredit,
  storeHold,
  type TargetCallee,
  tableCells,
} from "./callees.ts";
import type { Machinery } from "./machinery.ts";
import type { Rule } from "./rules.ts";
import { asked, keyOfRow, operationId, type Request, type SourceLedger, type TargetLedger } from "./world.ts";

const refusal = { status: 422, outcome: "refused", code: "limit_reached" };
const ours = keyOfRow("hub", operationId);

function creditStateOf(ledger: TargetLedger, request: Request): CreditState | undefined {
  return ledger.rows[keyOfRow(request.by, request.id)]?.state;
}

function holdStateOf(ledger: SourceLedger, request: Request): HoldState | undefined {
  return ledger.rows[keyOfRow(request.by, request.id)]?.state;
}

function alsoOn<Ledger>(
  reacting: Reacting<Ledger>,
  more: (ledger: Ledger, request: Request) => readonly Reaction<Ledger>[],
): Reacting<Ledger> {
  return (ledger, request) => [...reacting(ledger, request), ...more(ledger, request)];
}

function withTarget(change: (target: TargetCallee) => Partial<TargetCallee>): Rule["switchOff"] {
  return (machinery) => ({ ...machinery, target: { ...machinery.target, ...change(machinery.target) } });
}

function withSource(change: (source: SourceCallee) => Partial<SourceCallee>): Rule["switchOff"] {
  return (machinery) => ({ ...machinery, source: { ...machinery.source, ...change(machinery.source) } });
}

function withCells(cells: Partial<Cells>, hasPending = false): Rule["switchOff"] {
  const changed = { ...tableCells, ...cells };
  return (machinery: Machinery) => {
    return { ...machinery, target: createTarget(changed, hasPending), source: createSource(changed) };
  };
}

function forgetRow<State>(rows: Readonly<Record<string, State>>): Readonly<Record<string, State>> {
  return Object.fromEntries(Object.entries(rows).filter(([key]) => key !== ours));
}

const creditRules: readonly Rule[] = [
  {
    rule: "a call looks up its row before any other check: credits",
    instead: "a repeat of a completed credit is refused once the member's limit is used up",
    switchOff: withTarget(({ credit }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        const isKnown = creditStateOf(ledger, request) !== undefined;
        return isKnown ? [{ ledger, answer: refusal, note: "checks its limits first and refuses" }] : [];
      }),
    })),
  },
  {
    rule: "refused is answered only after it is committed under the id: credits",
    instead: "a refusal is answered and not stored",
    switchOff: withTarget(({ credit }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        const isNew = creditStateOf(ledger, request) === undefined;
        return isNew ? [{ ledger, answer: refusal, note: "refuses and stores nothing" }] : [];
      }),
    })),
  },
  {
    rule: "refused, credit arrives: 422 refused",
    instead: "a refused credit is judged again when it is repeated",
    switchOff: withTarget(({ credit }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        if (creditStateOf(ledger, request) !== "refused") return [];
        return decideCredit(tableCells, false, ledger, request);
      }),
    })),
  },
  {
    rule: "completed, credit arrives: 200 completed",
    instead: "a repeated credit is made again",
    switchOff: withTarget(({ credit }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        if (creditStateOf(ledger, request) !== "completed") return [];
        return decideCredit(tableCells, false, ledger, request);
      }),
    })),
  },
  {
    rule: "rolled_back, credit arrives: 422 rolled_back",
    instead: "a credit that comes after its rollback is made",
    switchOff: withTarget(({ credit }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        if (creditStateOf(ledger, request) !== "rolled_back") return [];
        return decideCredit(tableCells, false, ledger, request);
      }),
    })),
  },
  {
    rule: "calls on one id take turns",
    instead: "a credit looks up its row, lets a rollback pass, and writes",
    switchOff: withTarget(({ credit, byItself }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        if (creditStateOf(ledger, request) !== undefined || ledger.inHand > 0) return [];
        return [{ ledger: { ...ledger, inHand: 1 }, note: "looks up its row and finds none" }];
      }),
      byItself(ledger) {
        if (ledger.inHand === 0) return byItself(ledger);
        const made = addCredit({ ...ledger, inHand: 0 }, asked);
        const rows = { ...ledger.rows, [ours]: { state: "completed" as const, amount: asked } };
        return [
          ...byItself(ledger),
          { ledger: { ...made, rows }, note: "writes the credit it looked up before" },
        ];
      },
    })),
  },
  {
    rule: "the row is written in the transaction of the movement",
    instead: "the member is credited, the callee dies, and no row is there",
    switchOff: withTarget(({ credit }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        if (creditStateOf(ledger, request) !== undefined) return [];
        return [
          { ledger: addCredit(ledger, request.amount), note: "credits the member and dies before the row" },
        ];
      }),
    })),
  },
  {
    rule: "the movement is made in the transaction of the row",
    instead: "the row is stored, the callee dies, and the member never gets the points",
    switchOff: withTarget(({ credit }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        if (creditStateOf(ledger, request) !== undefined) return [];
        return [{ ledger: storeCredit(ledger, request, "completed"), note: "stores the row and dies" }];
      }),
    })),
  },
  {
    rule: "an answer is told after its commit",
    instead: "completed is answered, and the callee dies before it commits",
    switchOff: withTarget(({ credit }) => ({
      credit: alsoOn(credit, (ledger, request) => {
        if (creditStateOf(ledger, request) !== undefined) return [];
        const answer = { status: 200, outcome: "completed", amount: request.amount };
        return [{ ledger, answer, note: "answers completed and dies before its commit" }];
      }),
    })),
  },
  {
    rule: "ids are kept for ever: credits",
    instead: "a credit's row is dropped when it is old",
    switchOff: withTarget(({ byItself }) => ({
      byItself(ledger) {
        if (ledger.rows[ours] === undefined) return byItself(ledger);
        const forgotten = { ...ledger, rows: forgetRow(ledger.rows) };
        return [...byItself(ledger), { ledger: forgotten, note: "forgets the id" }];
      },
    })),
  },
];

const rollbackRules: readonly Rule[] = [
  {
    rule: "none, rollback arrives: fenced",
    instead: "a rollback of an unknown id is answered rolled_back and nothing is stored",
    switchOff: withCells({
      rollbackOf(state) {
        const { done } = tableCells.rollbackOf(state);
        return state === undefined ? { action: "answer", done } : tableCells.rollbackOf(state);
      },
    }),
  },
  {
    rule: "completed, rollback arrives, can't be taken back: sealed for good",
    instead: "rollback_refused is answered, and a later rollback takes back what the member has earned since",
    switchOff: withCells({
      rollbackOf(state) {
        const cell = tableCells.rollbackOf(state);
        if (cell.action !== "take_back") return cell;
        return { ...cell, otherwise: { ...cell.otherwise, next: "completed" } };
      },
    }),
  },
  {
    rule: "completed, rollback arrives: rolled_back only where it is taken back",
    instead: "rolled_back is answered although the points are spent",
    switchOff: withCells({
      rollbackOf(state) {
        const cell = tableCells.rollbackOf(state);
        return cell.action === "take_back" ? { ...cell, otherwise: cell.done } : cell;
      },
    }),
  },
  {
    rule: "pending, rollback arrives: rolled_back only if it can never complete",
    instead: "rolled_back is answered, and what was pending completes later",
    needs: { hasPending: true },
    switchOff: withCells(
      {
        rollbackOf(state) {
          const cell = tableCells.rollbackOf(state);
          if (cell.action !== "cancel") return cell;
          return { ...cell, done: { ...cell.done, next: "pending" } };
        },
      },
      true,
    ),
  },
];

const holdRules: readonly Rule[] = [
  {
    rule: "a call looks up its row before any other check: holds",
    instead: "a repeat of a hold is refused because the points are held",
    switchOff: withSource(({ hold }) => ({
      hold: alsoOn(hold, (ledger, request) => {
        const isKnown = holdStateOf(ledger, request) !== undefined;
        return isKnown ? [{ ledger, answer: refusal, note: "checks the balance first and refuses" }] : [];
      }),
    })),
  },
  {
    rule: "refused is answered only after it is committed under the id: holds",
    instead: "a refusal is answered and not stored",
    switchOff: withSource(({ hold }) => ({
      hold: alsoOn(hold, (ledger, request) => {
        const isNew = holdStateOf(ledger, request) === undefined;
        return isNew ? [{ ledger, answer: refusal, note: "refuses and stores nothing" }] : [];
      }),
    })),
  },
  {
    rule: "held, hold arrives: 200 held",
    instead: "a repeated hold freezes the points again",
    switchOff: withSource(({ hold }) => ({
      hold: alsoOn(hold, (ledger, request) => {
        if (holdStateOf(ledger, request) !== "held") return [];
        return [{ ledger: moveHold(ledger, request.amount, "held"), note: "holds once more" }];
      }),
    })),
  },
  {
    rule: "released, hold arrives: 422",
    instead: "a hold that comes after its release is placed",
    switchOff: withSource(({ hold }) => ({
      hold: alsoOn(hold, (ledger, request) => {
        if (holdStateOf(ledger, request) !== "released") return [];
        return hold({ ...ledger, rows: forgetRow(ledger.rows) }, request);
      }),
    })),
  },
  {
    rule: "none, release arrives: fenced",
    instead: "a release of an unknown hold is answered released and nothing is stored",
    switchOff: withCells({
      releaseOf(state) {
        const cell = tableCells.releaseOf(state);
        return cell.action === "fence" ? { ...cell, action: "answer" } : cell;
      },
    }),
  },
  {
    rule: "a hold has no expiry",
    instead: "a timer gives the held points back",
    switchOff: withSource(({ byItself }) => ({
      byItself(ledger) {
        if (ledger.rows[ours]?.state !== "held") return byItself(ledger);
        const back = moveHold(ledger, asked, "available");
        const rows = { ...ledger.rows, [ours]: { state: "released" as const, amount: asked } };
        return [{ ledger: { ...back, rows }, note: "lets the hold expire" }];
      },
    })),
  },
  {
    rule: "a capture can't be refused",
    instead: "a capture is judged like a debit, and a refused one ends the hold",
    switchOff: withSource(({ capture }) => ({
      capture: alsoOn(capture, (ledger, request) => {
        if (holdStateOf(ledger, request) !== "held") return [];
        const ended = storeHold(moveHold(ledger, asked, "available"), request, "refused");
        const answer = { status: 409, outcome: "refused", code: "hold_refused" };
        return [{ ledger: ended, answer, note: "refuses the capture" }];
      }),
    })),
  },
  {
    rule: "captured, capture arrives: 200 captured",
    instead: "a repeated capture debits again",
    switchOff: withSource(({ capture }) => ({
      capture: alsoOn(capture, (ledger, request) => {
        if (holdStateOf(ledger, request) !== "captured") return [];
        return [{ ledger: moveHold(ledger, asked, "out"), note: "captures once more" }];
      }),
    })),
  },
  {
    rule: "released, release arrives: 200 released",
    instead: "a repeated release gives the points back again",
    switchOff: withSource(({ release }) => ({
      release: alsoOn(release, (ledger, request) => {
        if (holdStateOf(ledger, request) !== "released") return [];
        return [{ ledger: moveHold(ledger, asked, "available"), note: "releases once more" }];
      }),
    })),
  },
  {
    rule: "ids are kept for ever: holds",
    instead: "the row of a hold that ended is dropped when it is old",
    switchOff: withSource(({ byItself }) => ({
      byItself(ledger) {
        const state = ledger.rows[ours]?.state;
        if (state === undefined || state === "held") return byItself(ledger);
        const forgotten = { ...ledger, rows: forgetRow(ledger.rows) };
        return [...byItself(ledger), { ledger: forgotten, note: "forgets the ended hold's id" }];
      },
    })),
  },
];

const otherRules: readonly Rule[] = [
  {
    rule: "the same source user always gets the same user",
    instead: "each call creates a user",
    needs: { needsUser: true },
    switchOff: withTarget(({ users }) => ({
      users: alsoOn(users, (ledger) => {
        const answer = { status: 200, userId: "user-2" };
        return [{ ledger: { ...ledger, users: ledger.users + 1 }, answer, note: "creates another user" }];
      }),
    })),
  },
  {
    rule: "ids are scoped by calling node",
    instead: "another node's call under the same id reaches our row",
    needs: { hasStrangers: true },
    switchOff: (machinery) => ({ ...machinery, identify: (by) => (by === "forger" ? undefined : "hub") }),
  },
  {
    rule: "an unsigned request has no effect",
    instead: "a call without a signature is taken for the hub's",
    needs: { hasStrangers: true },
    switchOff: (machinery) => ({ ...machinery, identify: (by) => (by === "forger" ? "hub" : by) }),
  },
];

export const calleeRules: readonly Rule[] = [...creditRules, ...rollbackRules, ...holdRules, ...otherRules];
