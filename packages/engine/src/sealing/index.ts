// Sealing: what is personal lies encrypted in the database, under a data key of its system.
export { type DataKey, openSealed, type Place, seal } from "./envelope.ts";
export { type DataKeyState, DataKeys, defaultDataKeySettings, type DataKeySettings } from "./data-keys.ts";
export { type KeyProvider, LocalKeyProvider } from "./key-provider.ts";
