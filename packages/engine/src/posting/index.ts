// Turns requests into postings: lanes, batches, the one transaction.
export type { LaneListener, SubmittedOutcome } from "./lane.ts";
export { defaultPostingSettings, Posting, type PostingSettings } from "./posting.ts";
export {
  defaultQuotingSettings,
  type QuoteRequest,
  Quoting,
  type QuotingSettings,
  type Rehearsal,
} from "./quoting.ts";
