// Limits: as they are set, and what has been used of them.
export * from "./counters.ts";
export { LimitSweeper } from "./limit-sweeper.ts";
export * from "./limits.ts";
