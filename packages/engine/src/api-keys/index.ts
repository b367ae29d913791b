// API keys: who may call this node, and as what.
export * from "./api-key.ts";
export { ApiKeyDirectory } from "./directory.ts";
export { ExpiryWatch } from "./expiry-watch.ts";
export { createApiKey, listApiKeys, type NewApiKey, revokeApiKey } from "./key-changes.ts";
export {
  ConsoleSessions,
  type FoundSession,
  type OpenedSession,
  type SessionKey,
} from "./sessions.ts";
