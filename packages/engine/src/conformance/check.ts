// What a check is: one rule, tried on a partner through a Trial.
import type { Level } from "./result.ts";
import type { RuleName } from "./rules.ts";
import type { Trial } from "./trial.ts";

export interface Check {
  /** `group/name`, unique within a profile. */
  readonly id: string;
  /** What the partner is to do, as a sentence without a full stop. */
  readonly title: string;
  readonly rule: RuleName;
  readonly level: Level;
  run(trial: Trial): Promise<void>;
}
