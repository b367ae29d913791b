// Users' profiles.
export { type Erasure, eraseUser } from "./erase-user.ts";
export {
  type Profile,
  type ProfileInput,
  type ProfileKey,
  type ProfileOutcome,
  profileKeyOf,
} from "./profile.ts";
export { ProfileSealer } from "./profile-sealer.ts";
export { findProfiled, Profiles, type ProfilesLoggedBy } from "./profiles.ts";
