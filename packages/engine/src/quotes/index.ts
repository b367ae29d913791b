// Prices that are kept for a while.
export { findQuote, insertQuote, lockQuotes, markQuotesUsed, sweepQuotes } from "./quotes.ts";
