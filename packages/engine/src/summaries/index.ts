// Finding out at the cost of the differences that two ledgers agree, and where they don't.
export { ComparisonStop, type StopReason, stopReasons } from "./comparison-stop.ts";
export {
  type Candidate,
  type Comparison,
  type ComparisonOptions,
  defaultCandidatesMax,
  findDifferences,
} from "./find-differences.ts";
export { compareRows, type LegRow, sayTheSame, type TimeWindow } from "./leg-row.ts";
export { type LegView, LocalLeg, toLegRow } from "./local-leg.ts";
export { type CallBounds, defaultCallBounds, PartnerCalls } from "./partner-calls.ts";
export { ListedPartner } from "./partner-leg.ts";
export { defaultListingBounds, type ListingBounds } from "./partner-listing.ts";
export type { PartnerSide, RowPlace, Side, Traffic } from "./sides.ts";
export { type CreditTypeTotal, makeTotals, noTotals, Tally, type Totals } from "./totals.ts";
