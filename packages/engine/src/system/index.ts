// What every part of the engine needs of its surroundings: errors, ids, log, retry.
export * from "./app-error.ts";
export * from "./crash-points.ts";
export * from "./gather.ts";
export { makeHeapRoom } from "./heap-room.ts";
export * from "./log.ts";
export { type KeptSecret, type MasterKey, rewrap, unwrap, wrap } from "./master-key.ts";
export * from "./operation-id.ts";
export * from "./retry.ts";
export { readVersion } from "./version.ts";
