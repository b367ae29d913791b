// Imports: files of reference data, balances, mappings and profiles, line by line.
export { openingIdOf } from "./balances.ts";
export { type ImportOptions, type ImportServices, importLines } from "./import-lines.ts";
export type { ImportResult } from "./tally.ts";
