// Mappings: who a user of the source is at the target. Directed.
import { type Static, Type } from "typebox";
import { closed, nullable, operationId, pageOf, pageQuery, systemId, time, userId } from "./shapes.ts";

export const mappingInput = closed("MappingInput", "A mapping as it shall be.", {
  operation_id: Type.Optional(operationId),
  source_system: systemId,
  source_user_id: userId,
  target_system: systemId,
  target_user_id: userId,
  replace: Type.Optional(
    Type.Boolean({ default: false, description: "Replace the mapping where the user has another target." }),
  ),
});

export const mapping = closed("Mapping", "Who a user of the source is at the target.", {
  source_system: systemId,
  source_user_id: userId,
  target_system: systemId,
  target_user_id: userId,
  updated_at: time,
});

export const mappingResult = closed("MappingResult", "A mapping, and what putting it came to.", {
  ...mapping.properties,
  operation_id: nullable(
    operationId,
    "Of the change; null where nothing was to be changed and no id was given.",
  ),
  idempotent: Type.Boolean({ description: "True where this very call was made before." }),
});

export const mappingQuery = closed("MappingQuery", "Which mapping. All three are needed.", {
  source_system: systemId,
  source_user_id: userId,
  target_system: systemId,
});

export const mappingHistoryQuery = closed("MappingHistoryQuery", "Whose mapping. All three are needed.", {
  ...mappingQuery.properties,
  ...pageQuery,
});

export const mappingChange = closed("MappingChange", "A change of a mapping.", {
  source_system: systemId,
  source_user_id: userId,
  target_system: systemId,
  old_target_user_id: nullable(userId, "The target user before; null for a first mapping."),
  new_target_user_id: userId,
  operation_id: operationId,
  changed_by: Type.String({ description: "Who changed it." }),
  changed_at: time,
});

export const mappingChangePage = pageOf("MappingChangePage", mappingChange);

export type MappingInput = Static<typeof mappingInput>;
export type MappingResult = Static<typeof mappingResult>;
export type Mapping = Static<typeof mapping>;
export type MappingChange = Static<typeof mappingChange>;
