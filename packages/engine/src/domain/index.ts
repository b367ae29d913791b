// The pure rules: no clock, no database, no network.
export * from "./account.ts";
export * from "./book.ts";
export * from "./canonical-json.ts";
export * from "./catalog.ts";
export * from "./command.ts";
export * from "./crossing.ts";
export type { CrossingMark, CrossingRecord } from "./crossing-record.ts";
export { decide, isCreating } from "./decide.ts";
export { entryOfAdjustment, movedAmountOf } from "./decide-adjustment.ts";
export { flowOfExchange } from "./decide-exchange.ts";
export {
  flowOfPartner,
  partnerOperationId,
  partnerOperationPrefix,
  partnerOwnerOf,
  writtenOperationId,
} from "./decide-partner.ts";
export {
  type ExchangePlan,
  type ExchangeTerms,
  mayProvision,
  needsMapping,
  planExchange,
  priceExchange,
  type TargetUser,
} from "./exchange-plan.ts";
export * from "./ladder.ts";
export * from "./limit.ts";
export * from "./mapped-user.ts";
export * from "./operation.ts";
export { movableOwnersOf, ownerOf } from "./operation-accounts.ts";
export { approverOf, digestOperation } from "./operation-digest.ts";
export type { Outcome } from "./outcome.ts";
export { parsePercent } from "./percent.ts";
export * from "./points.ts";
export type { PricedFields, Quote } from "./quote.ts";
export * from "./rate.ts";
export * from "./rate-guard.ts";
export { isFence } from "./repeat.ts";
export type { TraceContext } from "./trace.ts";
export * from "./workspace.ts";
