// The typed client of a node's HTTP API.
export { Client, type ClientSettings, createClient } from "./client.ts";
export { type ConsumerSettings, type ConsumerStep, consumeEvents } from "./consume-events.ts";
export {
  type FailedRequest,
  type FormError,
  PointbridgeError,
  type Problem,
  type ProblemCode,
  UnreachableError,
} from "./errors.ts";
export type { ExchangeOptions } from "./exchange-calls.ts";
export { Listing, type Page } from "./listing.ts";
export { newOperationId } from "./operation-id.ts";
export type * from "./shapes.ts";
export type { CallOptions, Fetch, FetchRequest } from "./transport.ts";
