// The pure rules: no clock, no database, no network.
export * from "./account.ts";
export * from "./book.ts";
export * from "./canonical-json.ts";
export * from "./catalog.ts";
export * from "./command.ts";
export { decide, isCreating } from "./decide.ts";
export { ownerOf } from "./decide-ending.ts";
export { type ExchangePlan, needsMapping, planExchange } from "./exchange-plan.ts";
export * from "./mapped-user.ts";
export * from "./operation.ts";
export type { Outcome } from "./outcome.ts";
export * from "./points.ts";
export * from "./rate.ts";
export { isFence } from "./repeat.ts";
export * from "./workspace.ts";
