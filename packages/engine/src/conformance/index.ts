// Plays the counterparty against a partner's implementation of pxp/1 and reports what it keeps to.

export { checksOf } from "./checks/index.ts";
export {
  ConfigError,
  type ConformanceConfig,
  makeConfig,
  readConformanceConfig,
  readKeySet,
} from "./config.ts";
export { describePreparation, type Preparation } from "./preparation.ts";
export { countResults, isConformant, type Report, toReportDocument } from "./report.ts";
export { toHtml } from "./report-html.ts";
export {
  colorStyles,
  describeEnd,
  describeProfile,
  describeResult,
  describeStart,
  plainStyles,
  type Styles,
} from "./report-text.ts";
export type { CheckResult, Level, Profile, Trace } from "./result.ts";
export { type Rule, type RuleName, rules } from "./rules.ts";
export { PartnerUnreachableError, type RunInput, type RunListener, runConformance } from "./runner.ts";
