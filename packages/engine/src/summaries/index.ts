// Finding out at the cost of the differences that two ledgers agree, and where they don't.
export { ComparisonStop, type StopReason, stopReasons } from "./comparison-stop.ts";
export {
  type Candidate,
  type Comparison,
  type ComparisonOptions,
  defaultCandidatesMax,
  findDifferences,
} from "./find-differences.ts";
export { hourMs, RecordSums } from "./hour-sums.ts";
export { compareRows, type LegRow, sayTheSame, type TimeWindow } from "./leg-row.ts";
export { calledSystemOf, type LegView, LocalLeg, toLegRow } from "./local-leg.ts";
export { type ComparisonPorts, type OpenedSides, type OpenOptions, openSides } from "./open-sides.ts";
export { type CallBounds, defaultCallBounds, PartnerCalls } from "./partner-calls.ts";
export { ListedPartner } from "./partner-leg.ts";
export { defaultListingBounds, type ListingBounds } from "./partner-listing.ts";
export type { PartnerSide, RowPlace, Side, Traffic } from "./sides.ts";
export {
  defaultSummarySettings,
  type HourOfSums,
  Summaries,
  type SummarySettings,
  type WindowSums,
} from "./summaries.ts";
export { hashOf, type LegPlace, type SecretOwner, type SummaryLeg } from "./summary-legs.ts";
export { type CreditTypeTotal, makeTotals, noTotals, Tally, type Totals } from "./totals.ts";
