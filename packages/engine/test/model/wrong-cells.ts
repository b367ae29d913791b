// Every callee's table that has one cell of another row: as whoever writes a callee would get it wrong.
import { type CreditState, creditStates, type HoldState, holdStates } from "@pointbridge/protocol/pxp";
import { type Cells, createSource, createTarget, tableCells } from "./callees.ts";
import type { Machinery } from "./machinery.ts";

export interface WrongCell {
  /** "captureOf held as released": the row held does what the table says of released. */
  readonly name: string;
  readonly switchOff: (machinery: Machinery) => Machinery;
}

const creditRows: ReadonlyArray<CreditState | undefined> = [undefined, ...creditStates];
const holdRows: ReadonlyArray<HoldState | undefined> = [undefined, ...holdStates];

function mistake<State extends string | undefined>(
  cell: keyof Cells,
  rows: readonly State[],
  changed: (row: State, taken: State) => Partial<Cells>,
): WrongCell[] {
  const pairs = rows.flatMap((row) => rows.filter((other) => other !== row).map((taken) => ({ row, taken })));
  return pairs.map(({ row, taken }) => {
    const cells = { ...tableCells, ...changed(row, taken) };
    return {
      name: `${cell}: ${row ?? "none"} as ${taken ?? "none"}`,
      switchOff: (machinery) => ({
        ...machinery,
        target: createTarget(cells, true),
        source: createSource(cells),
      }),
    };
  });
}

export const wrongCells: readonly WrongCell[] = [
  ...mistake("answerCreditAgain", creditStates, (row, taken) => ({
    answerCreditAgain: (state) => tableCells.answerCreditAgain(state === row ? taken : state),
  })),
  ...mistake("rollbackOf", creditRows, (row, taken) => ({
    rollbackOf: (state) => tableCells.rollbackOf(state === row ? taken : state),
  })),
  ...mistake("answerHoldAgain", holdStates, (row, taken) => ({
    answerHoldAgain: (state) => tableCells.answerHoldAgain(state === row ? taken : state),
  })),
  ...mistake("captureOf", holdRows, (row, taken) => ({
    captureOf: (state) => tableCells.captureOf(state === row ? taken : state),
  })),
  ...mistake("releaseOf", holdRows, (row, taken) => ({
    releaseOf: (state) => tableCells.releaseOf(state === row ? taken : state),
  })),
];

/** The wrong cells that neither make nor lose a point with a hub that keeps its own rules, and why. */
export const harmlessCells: ReadonlyArray<{ readonly why: string; readonly names: readonly string[] }> = [
  {
    why: "the caller takes both answers for the same verdict",
    names: [
      "answerCreditAgain: completed as sealed",
      "answerCreditAgain: sealed as completed",
      "answerCreditAgain: refused as rolled_back",
      "answerCreditAgain: rolled_back as refused",
      "rollbackOf: refused as none",
      "rollbackOf: refused as rolled_back",
      "rollbackOf: rolled_back as none",
      "rollbackOf: rolled_back as refused",
      "answerHoldAgain: refused as released",
      "answerHoldAgain: released as refused",
      "releaseOf: refused as none",
      "releaseOf: refused as released",
      "releaseOf: released as none",
      "releaseOf: released as refused",
    ],
  },
  {
    why: "another movement of nothing, or another way to the same row",
    names: [
      "rollbackOf: none as pending",
      "rollbackOf: none as completed",
      "rollbackOf: pending as none",
      "rollbackOf: completed as sealed",
      "releaseOf: none as held",
    ],
  },
  {
    why: "the caller has decided before and does not listen any more (K2, K6)",
    names: [
      "answerCreditAgain: sealed as pending",
      "answerCreditAgain: rolled_back as pending",
      "answerCreditAgain: rolled_back as completed",
      "answerCreditAgain: rolled_back as sealed",
      "answerHoldAgain: captured as held",
      "answerHoldAgain: captured as refused",
      "answerHoldAgain: captured as released",
      "answerHoldAgain: released as held",
      "answerHoldAgain: released as captured",
    ],
  },
  {
    why: "the caller never asks for it: it captures what is held, and releases nothing that it captured",
    names: [
      ...["held", "captured", "refused", "released"].map((taken) => `captureOf: none as ${taken}`),
      ...["none", "held", "captured", "released"].map((taken) => `captureOf: refused as ${taken}`),
      ...["none", "held", "captured", "refused"].map((taken) => `captureOf: released as ${taken}`),
      ...["none", "held", "refused", "released"].map((taken) => `releaseOf: captured as ${taken}`),
    ],
  },
];
