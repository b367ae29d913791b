// Inconsistencies: what a person has to look at.
import { type Static, Type } from "typebox";
import { closed, note, nullable, oneOf, operationId, pageOf, pageQuery, systemId, time } from "./shapes.ts";

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

export const inconsistency = closed("Inconsistency", "What a person has to look at.", {
  id: inconsistencyId,
  type: Type.String({ description: "What kind of thing is inconsistent, such as exchange_needs_attention." }),
  status,
  operation_id: nullable(operationId, "The operation that it is about, where it is about one."),
  source_system: nullable(systemId, "Where known."),
  target_system: nullable(systemId, "Where known."),
  data: Type.Unsafe<Record<string, unknown>>({ type: "object", description: "What was found." }),
  resolution: nullable(Type.String(), "How it was settled; null while it is open."),
  note: nullable(Type.String(), "Why, in the words of whoever settled it."),
  resolved_by: nullable(Type.String(), "Who settled it; `node` where it settled itself."),
  opened_at: time,
  resolved_at: nullable(time, "Null while it is open."),
});

export const inconsistencyPage = pageOf("InconsistencyPage", inconsistency);

export const inconsistencyQuery = closed("InconsistencyQuery", "Which inconsistencies, newest first.", {
  status: Type.Optional(status),
  type: Type.Optional(Type.String({ pattern: "^[a-z][a-z_]{0,63}$", description: "Of this type." })),
  operation_id: Type.Optional(operationId),
  ...pageQuery,
});

export const resolutionInput = closed("ResolutionInput", "How an inconsistency was settled.", {
  resolution: note,
  note,
});

export const writeOffInput = closed("WriteOffInput", "Why an exchange has to be written off.", {
  note,
});

export type Inconsistency = Static<typeof inconsistency>;
export type ResolutionInput = Static<typeof resolutionInput>;
