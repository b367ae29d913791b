// Policies of reconciliation: when a pair is compared by itself, and what holds for its runs.
import { type Static, Type } from "typebox";
import { repairMode } from "./reconciliations.ts";
import { balancePattern, closed, nullable, pageOf, pageQuery, points, systemId, time } from "./shapes.ts";

const wholeMs = (minimum: number, description: string) =>
  Type.Integer({ minimum, maximum: 366 * 86_400_000, description });
const pointsLimit = (description: string) => Type.String({ pattern: balancePattern, description });

export const reconciliationPolicyInput = closed(
  "ReconciliationPolicyInput",
  "How a pair is reconciled; what is left out takes its default.",
  {
    source_system: systemId,
    target_system: systemId,
    cron: Type.Optional(
      nullable(
        Type.String({ minLength: 9, maxLength: 200 }),
        "Minute, hour, day of the month, month and day of the week, in UTC; numbers, *, lists, ranges and steps. Null: not by the calendar.",
      ),
    ),
    interval_ms: Type.Optional(
      nullable(
        wholeMs(1_000, "Milliseconds"),
        "From one run's beginning to the next; null: by the calendar or not at all.",
      ),
    ),
    window_ms: Type.Optional(wholeMs(1_000, "How far back a scheduled run looks; default a day.")),
    grace_ms: Type.Optional(
      wholeMs(
        0,
        "How long what is unfinished is in flight, and how long before now a scheduled run ends; default 15 minutes.",
      ),
    ),
    repair: Type.Optional(Type.Unsafe<"none" | "propose" | "apply">({ ...repairMode, default: "none" })),
    alert_count: Type.Optional(
      nullable(
        Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
        "Differences that are worth an alert; default 1; null: none are for their number.",
      ),
    ),
    alert_value: Type.Optional(
      nullable(pointsLimit("Points"), "Points of one difference that are; default null."),
    ),
    alert_age_ms: Type.Optional(
      nullable(wholeMs(0, "Milliseconds"), "Age of one difference that is; default null."),
    ),
    warning_value: Type.Optional(
      pointsLimit("From how many points a difference is a warning; default 1000."),
    ),
    critical_value: Type.Optional(pointsLimit("From how many it is critical; default 100000.")),
    warning_age_ms: Type.Optional(wholeMs(0, "From what age it is a warning; default a day.")),
    critical_age_ms: Type.Optional(wholeMs(0, "From what age it is critical; default three days.")),
    repair_count_max: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10_000, description: "Repairs of one run; default 100." }),
    ),
    repair_value_max: Type.Optional(
      pointsLimit("Points that one run's repairs may come to; default 1000000."),
    ),
    four_eyes_above: Type.Optional(
      pointsLimit("A repair of more points needs another person; default 10000."),
    ),
    stop_share_percent: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100,
        description: "A run that differs by more of what it compared repairs nothing; default 20.",
      }),
    ),
    stop_count_min: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description: "… if so many differ at least; default 10.",
      }),
    ),
  },
);

export const reconciliationPolicy = closed("ReconciliationPolicy", "How a pair is reconciled.", {
  source_system: systemId,
  target_system: systemId,
  cron: nullable(Type.String(), "Null: not by the calendar."),
  interval_ms: nullable(Type.Integer(), "Null: not by an interval."),
  window_ms: Type.Integer(),
  grace_ms: Type.Integer(),
  repair: repairMode,
  alert_count: nullable(Type.Integer(), "Null: never for their number."),
  alert_value: nullable(points, "Null: never for their points."),
  alert_age_ms: nullable(Type.Integer(), "Null: never for their age."),
  warning_value: points,
  critical_value: points,
  warning_age_ms: Type.Integer(),
  critical_age_ms: Type.Integer(),
  repair_count_max: Type.Integer(),
  repair_value_max: points,
  four_eyes_above: points,
  stop_share_percent: Type.Integer(),
  stop_count_min: Type.Integer(),
  next_run_at: nullable(time, "Null where none is scheduled."),
  updated_by: Type.String(),
  updated_at: time,
});

export const reconciliationPolicyPage = pageOf("ReconciliationPolicyPage", reconciliationPolicy);
export const reconciliationPolicyQuery = closed("ReconciliationPolicyQuery", "Of which pairs.", {
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  ...pageQuery,
});

export type ReconciliationPolicyInput = Static<typeof reconciliationPolicyInput>;
export type ReconciliationPolicy = Static<typeof reconciliationPolicy>;
