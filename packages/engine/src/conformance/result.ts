// How a check ends: it returns when the partner kept the rule, throws CheckFailure where the partner broke it and
// CheckSkipped where that can't be decided here.
import type { RuleName } from "./rules.ts";

/** A partner that breaks a `must` makes or loses points, or can't be spoken with; a `should` is a line of defence. */
export type Level = "must" | "should";

export type Profile = "target" | "source";

/** The partner departed from a rule. */
export class CheckFailure extends Error {
  readonly expected: string;
  readonly received: string;
  /** Where it differs from the check's own. */
  readonly level: Level | undefined;

  constructor(expected: string, received: string, level?: Level) {
    super(`expected ${expected}, received ${received}`);
    this.name = "CheckFailure";
    this.expected = expected;
    this.received = received;
    this.level = level;
  }
}

/** What the rule asks for can't be brought about here; the reason says what would be needed. */
export class CheckSkipped extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "CheckSkipped";
  }
}

/** One message there and back, as bytes and headers: the evidence of a check. */
export interface Trace {
  /** Milliseconds since the run began. */
  readonly atMs: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly body: string;
  };
  readonly answer:
    | {
        readonly status: number;
        readonly headers: Readonly<Record<string, string | readonly string[]>>;
        readonly body: string;
        readonly durationMs: number;
      }
    | { readonly none: string; readonly durationMs: number };
}

export interface CheckResult {
  readonly profile: Profile;
  readonly id: string;
  readonly title: string;
  readonly rule: RuleName;
  /** Of a failed check: the level of what failed. */
  readonly level: Level;
  readonly status: "ok" | "failed" | "skipped";
  /** Why it was skipped. */
  readonly reason?: string;
  readonly expected?: string;
  readonly received?: string;
  readonly durationMs: number;
  readonly traces: readonly Trace[];
}
