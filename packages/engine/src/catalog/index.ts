// The catalog: which systems there are, what points they keep, and who has agreed with whom.
export {
  type CatalogLimitRow,
  type CatalogState,
  changeCatalog,
  loadCatalog,
  type PutOutcome,
  readCatalogState,
  toCatalogLimit,
  type WhenAbsent,
} from "./catalog-state.ts";
export * from "./credit-types.ts";
export { type DecidedLinkChange, decideLinkChange, type LinkDecision } from "./link-change.ts";
export {
  getLink,
  type Link,
  type LinkInput,
  type LinkKey,
  listLinks,
  loosenedGuard,
  type PutLink,
  type PutLinkOptions,
  putLink,
} from "./links.ts";
export {
  getSystem,
  listSystems,
  type PartnerSettings,
  putSystem,
  requireSystems,
  type System,
  type SystemInput,
  type SystemKind,
  type SystemStatus,
  type WithSystem,
} from "./systems.ts";
