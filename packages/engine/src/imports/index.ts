// Imports: files of reference data, balances, mappings and profiles, line by line.
export { openingIdOf } from "./balances.ts";
export { FileCheck, judgeColumns } from "./file-check.ts";
export { type ImportError, type ImportKind, type ImportLine, importKinds } from "./import-line.ts";
export { type ImportOptions, type ImportServices, importLines } from "./import-lines.ts";
export type { ImportResult } from "./tally.ts";
