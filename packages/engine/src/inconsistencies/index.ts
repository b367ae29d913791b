// Inconsistencies: what a person has to look at, from the moment that it is known until somebody, or a verdict,
// has settled it.
export * from "./alarms.ts";
export * from "./inconsistencies.ts";
export { type Inconsistency, type InconsistencyState, stateOf } from "./inconsistency.ts";
export { type InconsistencyEntry, listHistory, listInconsistencies } from "./list-inconsistencies.ts";
