// The log of everything that has an operation id.
export * from "./due.ts";
export * from "./log.ts";
export * from "./log-search.ts";
export { listPairExchanges, type PairFilter, type PairPlace } from "./pair-rows.ts";
export { listPartnerRows, type PartnerRowFilter, type PartnerRows } from "./partner-rows.ts";
