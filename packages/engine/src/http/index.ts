// The HTTP side of the node.
export { buildApp } from "./app.ts";
export { type AcceptedKey, acceptKey } from "./authentication.ts";
export { defaultLoadSettings, type LoadSettings } from "./load-gate.ts";
export { Metrics } from "./metrics.ts";
export { buildOpenApi, type OpenApiDocument } from "./openapi.ts";
export type { Principal, Role } from "./principal.ts";
export type { Services } from "./services.ts";
