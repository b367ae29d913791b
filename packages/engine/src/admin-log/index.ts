// The log of what people change on a node beside points: systems, links, profiles, keys, webhooks and so on.
export {
  type AdminChange,
  type AdminKind,
  type LoggedBy,
  logAdminChanges,
  type Origin,
  toFrom,
} from "./log-admin-changes.ts";
