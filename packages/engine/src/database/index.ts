// The database layer: one dialect, two engines.
export * from "./advisory-locks.ts";
export * from "./array-literal.ts";
export * from "./database.ts";
export { EmbeddedDatabase } from "./embedded.ts";
export * from "./errors.ts";
export { migrate } from "./migrate.ts";
export { type DatabaseSettings, openDatabase } from "./open.ts";
export { isRoleName, prepareRole } from "./role.ts";
export { runRetried } from "./run-retried.ts";
