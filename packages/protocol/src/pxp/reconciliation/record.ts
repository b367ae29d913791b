// The record that two sides compare: one leg of one exchange, as each side's own ledger has it.
//
// R1  A record exists only once points have moved: a credit that is completed, a hold that is captured. What was
//     refused, fenced, rolled back or released has none, so a side that never heard of it and one that refused it
//     agree; what is not decided yet is told beside the records.
// R2  The bytes are the same on both sides: every field is taken as it stood in the call, amounts and ids as text.
// R3  What may differ between two honest sides is not in it: transaction ids, times of completion, reasons. Nor is
//     `initiated_at`, which says to which window a record belongs.

/** The form of a record's bytes. Another form is another number, so that sums of two forms are never compared. */
export const recordVersion = 1;

export const legKinds = ["credits", "holds"] as const;
/** `credits`: what the target gave. `holds`: what the source took. */
export type LegKind = (typeof legKinds)[number];

/** One side's movements between two systems: what a comparison is about. */
export interface Leg {
  readonly kind: LegKind;
  readonly sourceSystem: string;
  readonly targetSystem: string;
}

/** `held`: not decided yet, and points may be set aside for it. `none`: no points stand by it, now or ever. */
export type Standing = "moved" | "held" | "none";

export interface RecordFields {
  readonly operationId: string;
  readonly userId: string | null;
  readonly creditTypeId: string | null;
  readonly amount: bigint | null;
  readonly standing: Standing;
  /** As it stood in the credit, in its shortest decimal form; null for a hold. */
  readonly exchangeRate: string | null;
}

const standings: Readonly<Record<string, Standing>> = {
  completed: "moved",
  captured: "moved",
  held: "held",
  pending: "held",
};

/** What an outcome says of the points, be it a callee's or that of a hub's exchange. */
export function standingOf(outcome: string): Standing {
  return standings[outcome] ?? "none";
}

/** What the records of a leg have in common: it goes into their key. */
export function legText({ kind, sourceSystem, targetSystem }: Leg): string {
  return [`pxp-record-${recordVersion}`, kind, sourceSystem, targetSystem].join("\n");
}

/** The record's text: lines with a line feed between them, hashed as UTF-8; undefined where there is none (R1). */
export function recordText(fields: RecordFields): string | undefined {
  const { operationId, userId, creditTypeId, amount, standing, exchangeRate } = fields;
  if (standing !== "moved" || amount === null) return undefined;
  return [operationId, userId ?? "", creditTypeId ?? "", String(amount), exchangeRate ?? ""].join("\n");
}

/** A rate in its shortest decimal form: no zero that says nothing. */
export function shortestRate(rate: string): string {
  const [whole = "", fraction = ""] = rate.split(".");
  const [left, right] = [whole.replace(/^0+(?=.)/, ""), fraction.replace(/0+$/, "")];
  return right === "" ? left : `${left}.${right}`;
}
