// Exchanges across nodes: what is asked of partners, again and again, until both ledgers agree.
export { type CrossingSettings, Crossings, defaultCrossingSettings } from "./crossings.ts";
export {
  type ProvisionedProfile,
  type ProvisionPair,
  findProvisioned,
  provisionUser,
} from "./provisioning.ts";
