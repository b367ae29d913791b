// Rates: what points of one system are worth in another's.
export { type RateChange, type RateKey } from "./rate-change.ts";
export * from "./rate-versions.ts";
export { type CompletedRateChange, type RateChangeResult, setRate } from "./set-rate.ts";
