// Mappings: who a user of one system is in another.
export { loadMappings } from "./load-state.ts";
export type { Mapping, MappingDone, MappingPut, MappingResult } from "./mapping.ts";
export { type PutMappingsOptions, putMapping, putMappings } from "./put-mappings.ts";
export { findMappedSource, findMapping, type MappingChange, mappingHistory } from "./read-mappings.ts";
