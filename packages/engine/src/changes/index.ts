// The log of changes: written by everybody who changes something, read by whoever has to keep up.
export * from "./change.ts";
export { ChangeSweeper, defaultEventRetentionDays } from "./change-sweeper.ts";
export * from "./consumers.ts";
export {
  type ChangeRange,
  type LogState,
  listChanges,
  placeChanges,
  type ReadChanges,
  readChanges,
  readLog,
} from "./read-changes.ts";
export { recordChanges } from "./record-changes.ts";
export { newSalt, sealedChanges, sealOperation } from "./seal-operations.ts";
