// The database layer: one dialect, two engines.
export * from "./array-literal.ts";
export * from "./database.ts";
export * from "./errors.ts";
export { type DatabaseSettings, openDatabase } from "./open.ts";
export { migrate } from "./migrate.ts";
