// Inconsistencies: what a person has to look at.
import { type Static, Type } from "typebox";
import { alertSeverity } from "./alerts.ts";
import {
  closed,
  note,
  nullable,
  oneOf,
  operationId,
  pageOf,
  pageQuery,
  printableText,
  systemId,
  time,
  timeInQuery,
} from "./shapes.ts";

export const inconsistencyIdPattern = "^[a-z_]{1,32}:[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$";
export const inconsistencyId = Type.String({
  pattern: inconsistencyIdPattern,
  description: "Id of an inconsistency: what it is about, and that thing's id, like `exchange:e-17`.",
});

export const inconsistencyStatuses = ["open", "resolved"] as const;
const status = oneOf(
  inconsistencyStatuses,
  "`resolved`: by somebody, or because what it is about has ended.",
);

export const inconsistencyStates = ["open", "assigned", "resolved"] as const;
const state = oneOf(
  inconsistencyStates,
  "`assigned`: open, and somebody works on it. `open`: nobody does yet.",
);

const assignee = printableText(128, "A person, by the principal of their API keys.");

export const inconsistency = closed("Inconsistency", "What a person has to look at.", {
  id: inconsistencyId,
  type: Type.String({ description: "What kind of thing is inconsistent, such as exchange_needs_attention." }),
  severity: alertSeverity,
  status,
  state,
  operation_id: nullable(operationId, "The operation that it is about, where it is about one."),
  source_system: nullable(systemId, "Where known."),
  target_system: nullable(systemId, "Where known."),
  data: Type.Unsafe<Record<string, unknown>>({
    type: "object",
    description: "The evidence: what was found.",
  }),
  assigned_to: nullable(assignee, "Who works on it, or did when it was resolved; null for nobody."),
  assigned_at: nullable(time, "Since when."),
  age_ms: Type.Integer({
    minimum: 0,
    description: "Since it was opened; of a resolved one, for how long it was open.",
  }),
  resolution: nullable(Type.String(), "How it was settled; null while it is open."),
  note: nullable(Type.String(), "Why, in the words of whoever settled it."),
  resolved_by: nullable(Type.String(), "Who settled it; `node` where it settled itself."),
  opened_at: time,
  resolved_at: nullable(time, "Null while it is open."),
});

export const inconsistencyPage = pageOf("InconsistencyPage", inconsistency);

export const inconsistencyQuery = closed("InconsistencyQuery", "Which inconsistencies, newest first.", {
  status: Type.Optional(status),
  state: Type.Optional(state),
  type: Type.Optional(Type.String({ pattern: "^[a-z][a-z_]{0,63}$", description: "Of this type." })),
  severity: Type.Optional(alertSeverity),
  operation_id: Type.Optional(operationId),
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  assigned_to: Type.Optional(assignee),
  opened_after: Type.Optional(timeInQuery),
  opened_before: Type.Optional(timeInQuery),
  ...pageQuery,
});

export const resolutionInput = closed("ResolutionInput", "How an inconsistency was settled.", {
  resolution: note,
  note,
});

export const assignmentInput = closed("AssignmentInput", "Who is to work on an inconsistency.", {
  assigned_to: Type.Optional(assignee),
  note: Type.Optional(note),
});

export const unassignmentInput = closed(
  "UnassignmentInput",
  "Why nobody works on an inconsistency any more.",
  {
    note: Type.Optional(note),
  },
);

export const inconsistencyActions = ["opened", "assigned", "unassigned", "resolved"] as const;

export const inconsistencyEntry = closed("InconsistencyEntry", "What was done about an inconsistency.", {
  entry_number: Type.Integer({ minimum: 1, description: "From 1, in the order in which it was done." }),
  action: oneOf(
    inconsistencyActions,
    "`opened` a second time where it came back after it had been resolved.",
  ),
  at: time,
  principal: Type.String({ description: "Who did it; `node` where it happened by itself." }),
  assigned_to: nullable(assignee, "Of `assigned`: to whom."),
  resolution: nullable(Type.String(), "Of `resolved`: how."),
  note: nullable(Type.String(), "Why."),
  data: nullable(
    Type.Unsafe<Record<string, unknown>>({ type: "object" }),
    "Of `opened`: the evidence as it was found.",
  ),
});

export const inconsistencyHistoryPage = pageOf("InconsistencyHistoryPage", inconsistencyEntry);
export const inconsistencyHistoryQuery = closed(
  "InconsistencyHistoryQuery",
  "Which entries, the first first.",
  {
    ...pageQuery,
  },
);

export const writeOffInput = closed("WriteOffInput", "Why an exchange has to be written off.", {
  note,
});

export type InconsistencyEntry = Static<typeof inconsistencyEntry>;
export type Inconsistency = Static<typeof inconsistency>;
export type ResolutionInput = Static<typeof resolutionInput>;
