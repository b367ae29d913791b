// Reconciliation: finding where two systems differ, working it off, and mending what may be mended.

export { parseCron } from "./cron.ts";
export { findKinds, planLegs } from "./legs.ts";
export { type MismatchType, mismatchTypes } from "./matching.ts";
export * from "./mismatch.ts";
export {
  findMismatches,
  type HistoryEntry,
  listHistory,
  listMismatches,
  type MismatchFilter,
  sumOpen,
} from "./mismatch-store.ts";
export * from "./policy.ts";
export { listPolicies, policyOf, putPolicy, type StoredPolicy } from "./policy-store.ts";
export { type Report, readReport } from "./report.ts";
export { importEvidence } from "./restoring.ts";
export * from "./run.ts";
export { findRun, insertRun, listRuns, type NewRun, type RunFilter } from "./run-store.ts";
export { Reconciler } from "./runner.ts";
export type { StatementLine, StatementRow } from "./statement-lines.ts";
export { addStatementLines } from "./statement-store.ts";
export { type WorkflowDeed, workOnMismatches } from "./workflow.ts";
