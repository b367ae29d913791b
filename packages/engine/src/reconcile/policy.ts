// How a pair is reconciled: when, what counts as late or large, what may be repaired, and who is told.

export interface AlertThresholds {
  /** Differences of a run; null: never for their number. */
  readonly count: number | null;
  /** Points of one difference. */
  readonly value: bigint | null;
  /** How long ago the oldest was initiated. */
  readonly ageMs: number | null;
}

export interface SeverityBounds {
  readonly warningValue: bigint;
  readonly criticalValue: bigint;
  readonly warningAgeMs: number;
  readonly criticalAgeMs: number;
}

export interface RepairBounds {
  /** Repairs that one run may make. */
  readonly countMax: number;
  /** Points of one credit type that one run may move by repairs. */
  readonly valueMax: bigint;
  /** A repair of more points is proposed, and another person approves it. */
  readonly fourEyesAbove: bigint;
  /** A run that differs by more than this share of what it compared repairs nothing, … */
  readonly stopSharePercent: number;
  /** … if it differs in at least so many. */
  readonly stopCountMin: number;
}

export interface Policy {
  /** Five fields in UTC; null: not by the calendar. */
  readonly cron: string | null;
  /** Null: not by an interval. */
  readonly intervalMs: number | null;
  /** How far back a scheduled run looks. */
  readonly windowMs: number;
  /** How long what is unfinished is in flight. A scheduled run also ends so long before now. */
  readonly graceMs: number;
  /** What a scheduled run does about differences. */
  readonly repair: "none" | "propose" | "apply";
  readonly alerts: AlertThresholds;
  readonly severity: SeverityBounds;
  readonly repairs: RepairBounds;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const defaultPolicy: Policy = {
  cron: null,
  intervalMs: null,
  windowMs: DAY_MS,
  graceMs: 15 * MINUTE_MS,
  repair: "none",
  alerts: { count: 1, value: null, ageMs: null },
  severity: {
    warningValue: 1_000n,
    criticalValue: 100_000n,
    warningAgeMs: DAY_MS,
    criticalAgeMs: 3 * DAY_MS,
  },
  repairs: {
    countMax: 100,
    valueMax: 1_000_000n,
    fourEyesAbove: 10_000n,
    stopSharePercent: 20,
    stopCountMin: 10,
  },
};

/** JSON has no exact numbers: points are decimal strings in it. */
export function policyToJson(policy: Policy): string {
  return JSON.stringify(policy, (_key, value: unknown) =>
    typeof value === "bigint" ? { points: String(value) } : value,
  );
}

function isPoints(value: unknown): value is { readonly points: string } {
  return typeof value === "object" && value !== null && "points" in value && typeof value.points === "string";
}

function revive(value: unknown): unknown {
  if (isPoints(value)) return BigInt(value.points);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revive(member)]));
}

/** @param stored as the database gives it, parsed */
export function policyFromJson(stored: unknown): Policy {
  return revive(stored) as Policy;
}

export type Severity = "info" | "warning" | "critical";

/** How grave a difference is, by its points or by how long it has stood, whichever is worse. */
export function severityOf(value: bigint, ageMs: number, bounds: SeverityBounds): Severity {
  if (value >= bounds.criticalValue || ageMs >= bounds.criticalAgeMs) return "critical";
  if (value >= bounds.warningValue || ageMs >= bounds.warningAgeMs) return "warning";
  return "info";
}
