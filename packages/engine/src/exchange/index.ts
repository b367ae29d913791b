// Exchanges across nodes: what is asked of partners, again and again, until both ledgers agree.
export { type CrossingSettings, Crossings, defaultCrossingSettings } from "./crossings.ts";
export { movementRequestOf } from "./partner-requests.ts";
export {
  findProvisioned,
  type ProvisionedProfile,
  type ProvisionPair,
  provisionUser,
} from "./provisioning.ts";
