// What two sides' rows of one operation come to when they are laid side by side. Pure: no clock, no I/O.
//
// A comparison has two sides: ours, which is what this node knows of a leg of an exchange, and theirs, which is what
// the ledger of the other side says of it. `theirSide` says which leg that ledger is.
//
// M1  Whatever has ended on the side where it stands is judged at once, however recent it is. What is unfinished is
//     in flight for as long as the grace lasts, and differs afterwards: what is stuck is what matters.
// M2  What moved no points on one side and is not there on the other does not differ.
// M3  A pair has one type, the gravest: whether points moved, then whose they are, then how many, then at what rate.
//     The others stand beside it.
// M4  What two people wrote off agrees with whatever the other side turns out to have.
import { convertPoints, parseRate, type Rate } from "../domain/index.ts";

export const mismatchTypes = [
  "missing_in_source",
  "missing_in_target",
  "amount_mismatch",
  "status_mismatch",
  "rate_mismatch",
  "duplicate_id",
  "wrong_account",
] as const;
export type MismatchType = (typeof mismatchTypes)[number];

/** `moved`: points changed hands for good. `nothing`: none did and none will. `open`: not decided yet. */
export type OutcomeClass = "moved" | "nothing" | "open" | "written_off" | "unknown";

/** One side's row of one operation. */
export interface ComparedRow {
  readonly operationId: string;
  /** In the ledger that is compared; null where the row has none, as a fence. */
  readonly userId: string | null;
  readonly creditTypeId: string | null;
  readonly amount: bigint | null;
  readonly outcome: OutcomeClass;
  /** The side's own word for the outcome. */
  readonly state: string;
  readonly initiatedAt: Date;
  /** Of the exchange, where the side knows them. */
  readonly sourceAmount?: bigint | null;
  readonly rate?: string | null;
}

export type Side = "source" | "target";

export interface MatchingContext {
  readonly theirSide: Side;
  readonly now: Date;
  /** How long what is unfinished is in flight. */
  readonly graceMs: number;
  /** Other rates that the pair has or had: one that explains an amount makes it a difference of rates. */
  readonly otherRates: readonly Rate[];
}

export interface Difference {
  readonly kind: "mismatch";
  readonly type: MismatchType;
  /** What differs beside it (M3). */
  readonly also: readonly MismatchType[];
  /** It is unfinished, and was for longer than the grace. */
  readonly isStuck: boolean;
}

export type MatchVerdict = Difference | { readonly kind: "matched" } | { readonly kind: "in_flight" };

const matched: MatchVerdict = { kind: "matched" };
const inFlight: MatchVerdict = { kind: "in_flight" };

function mismatch(type: MismatchType, also: readonly MismatchType[] = [], isStuck = false): Difference {
  return { kind: "mismatch", type, also: [...new Set(also)].filter((one) => one !== type), isStuck };
}

function isRecent(rows: readonly ComparedRow[], { now, graceMs }: MatchingContext): boolean {
  return rows.some((row) => row.initiatedAt.getTime() + graceMs > now.getTime());
}

/** Only one side has a row. */
function judgeAlone(row: ComparedRow, missing: MismatchType, context: MatchingContext): MatchVerdict {
  switch (row.outcome) {
    case "nothing":
    case "written_off":
      return matched; // M2, M4
    case "open":
      return isRecent([row], context) ? inFlight : mismatch(missing, [], true); // M1
    default:
      return mismatch(missing);
  }
}

function missingOn(side: Side): MismatchType {
  return side === "source" ? "missing_in_source" : "missing_in_target";
}

function otherSide(side: Side): Side {
  return side === "source" ? "target" : "source";
}

function isSameRate(left: string, right: string): boolean {
  const [one, other] = [parseRate(left), parseRate(right)];
  if (one === undefined || other === undefined) return left === right;
  return one.numerator * other.denominator === other.numerator * one.denominator;
}

/** Whether the amount is what the source's amount is worth at some other rate of the pair. */
function isOtherRate(ours: ComparedRow, amount: bigint, rates: readonly Rate[]): boolean {
  const { sourceAmount } = ours;
  return (
    typeof sourceAmount === "bigint" && rates.some((rate) => convertPoints(sourceAmount, rate) === amount)
  );
}

/** Whether a row's own amount is what its own rate makes of its source amount. */
function isAtItsRate({ sourceAmount, rate, amount }: ComparedRow): boolean {
  const parsed = typeof rate === "string" ? parseRate(rate) : undefined;
  if (parsed === undefined || typeof sourceAmount !== "bigint" || amount === null) return true;
  return convertPoints(sourceAmount, parsed) === amount;
}

function findRateDifference(ours: ComparedRow, theirs: ComparedRow, context: MatchingContext): boolean {
  const isSaid = typeof ours.rate === "string" && typeof theirs.rate === "string";
  if (isSaid && !isSameRate(ours.rate ?? "", theirs.rate ?? "")) return true;
  if (context.theirSide === "source") return false;
  const isSameAmount = theirs.amount === null || ours.amount === theirs.amount;
  if (isSameAmount) return !isAtItsRate(ours);
  return theirs.amount !== null && isOtherRate(ours, theirs.amount, context.otherRates);
}

/** What differs of two rows that both say that points moved, or may. */
function findContentDifferences(
  ours: ComparedRow,
  theirs: ComparedRow,
  context: MatchingContext,
): MismatchType[] {
  const found: MismatchType[] = [];
  const isOtherUser = theirs.userId !== null && ours.userId !== null && theirs.userId !== ours.userId;
  const isOtherType =
    theirs.creditTypeId !== null && ours.creditTypeId !== null && theirs.creditTypeId !== ours.creditTypeId;
  if (isOtherUser || isOtherType) found.push("wrong_account");
  if (findRateDifference(ours, theirs, context)) found.push("rate_mismatch");
  else if (theirs.amount !== null && ours.amount !== null && theirs.amount !== ours.amount) {
    found.push("amount_mismatch");
  }
  return found;
}

function judgeBoth(ours: ComparedRow, theirs: ComparedRow, context: MatchingContext): MatchVerdict {
  if (ours.outcome === "written_off") return matched; // M4
  if (ours.outcome === "nothing" && theirs.outcome === "nothing") return matched;
  const content =
    ours.outcome === "nothing" || theirs.outcome === "nothing"
      ? []
      : findContentDifferences(ours, theirs, context);
  const isUnfinished = ours.outcome === "open" || theirs.outcome === "open";
  if (isUnfinished) {
    // What is already known to be wrong does not get better by waiting.
    const [first] = content;
    if (first !== undefined) return mismatch(first, content);
    return isRecent([ours, theirs], context) ? inFlight : mismatch("status_mismatch", content, true); // M1
  }
  if (ours.outcome !== theirs.outcome) return mismatch("status_mismatch", content); // M3
  const [first] = content;
  return first === undefined ? matched : mismatch(first, content);
}

/**
 * Judges one operation's rows.
 * @param theirs every row that the other side lists under the id
 */
export function judgeRows(
  ours: ComparedRow | undefined,
  theirs: readonly ComparedRow[],
  context: MatchingContext,
): MatchVerdict {
  const { theirSide } = context;
  if (theirs.length > 1) return mismatch("duplicate_id");
  const [only] = theirs;
  if (ours !== undefined && only !== undefined) return judgeBoth(ours, only, context);
  if (ours !== undefined) return judgeAlone(ours, missingOn(theirSide), context);
  if (only !== undefined) return judgeAlone(only, missingOn(otherSide(theirSide)), context);
  return matched;
}

function effectOf(row: ComparedRow | undefined): bigint {
  return row === undefined || row.outcome === "nothing" ? 0n : (row.amount ?? 0n);
}

/** How many points of the compared ledger the sides differ by. */
export function valueOf(ours: ComparedRow | undefined, theirs: readonly ComparedRow[]): bigint {
  const theirSum = theirs.reduce((sum, row) => sum + effectOf(row), 0n);
  const difference = effectOf(ours) - theirSum;
  if (difference !== 0n) return difference < 0n ? -difference : difference;
  // The same amount in the wrong place, or not decided yet.
  return effectOf(ours);
}
