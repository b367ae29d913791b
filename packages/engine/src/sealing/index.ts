// Sealing: what is personal lies encrypted in the database, under a data key of its system.

export { type DataKeySettings, type DataKeyState, DataKeys, defaultDataKeySettings } from "./data-keys.ts";
export { type DataKey, openSealed, type Place, seal } from "./envelope.ts";
export { type KeyProvider, LocalKeyProvider } from "./key-provider.ts";
