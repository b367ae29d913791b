// The partner protocol's ground: keys, who the partners are, what they signed, and calls to them.
export type { CallResult, CallTarget, PartnerReply, PartnerUnknown } from "./client.ts";
export * from "./evidence.ts";
export {
  type CallOptions,
  defaultLineSettings,
  type LineSettings,
  PartnerLines,
  type PartnerReach,
} from "./lines.ts";
export type { NodeKey, NodeKeys } from "./node-keys.ts";
export type { Nonce, NonceAnswer } from "./nonces.ts";
export type { PartnerBook, PartnerCaller, PartnerKey, PartnerTarget } from "./partner-book.ts";
export { defaultPartnerAlertMs, PartnerWatch } from "./partner-watch.ts";
export { type PartnerSetup, Partners, type PartnersOptions } from "./partners.ts";
export { registerKeys } from "./register-keys.ts";
export { type EvidenceVerdict, type SignedText, verifyEvidence } from "./verify-evidence.ts";
