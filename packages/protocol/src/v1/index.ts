// The shapes of /v1.
export * from "./accounts.ts";
export * from "./credit-types.ts";
export * from "./credits.ts";
export * from "./exchanges.ts";
export * from "./holds.ts";
export * from "./imports.ts";
export * from "./inconsistencies.ts";
export * from "./keys.ts";
export * from "./ledger.ts";
export * from "./links.ts";
export * from "./mappings.ts";
export * from "./problem.ts";
export * from "./rates.ts";
export * from "./shapes.ts";
export * from "./systems.ts";
export * from "./users.ts";
