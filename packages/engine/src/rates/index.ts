// Rates: what points of one system are worth in another's, and who may change it.

export { acceptorStep, proposerStep } from "./agreement.ts";
export { answerOffer, type Offer, type OfferAnswer, WAITING_MAX } from "./answer-offer.ts";
export { measureChange } from "./change-size.ts";
export { checkRates } from "./check-rates.ts";
export { findGainingCycle, type GainingCycle, type RateEdge } from "./cycle-guard.ts";
export { type DecidedRateChange, decideRateChange, type RateDecision } from "./decide-rate-change.ts";
export {
  type AgreementCalls,
  type AgreementSettings,
  defaultAgreementSettings,
  RateAgreements,
} from "./rate-agreements.ts";
export { defaultRateRules, type RateChange, type RateRules } from "./rate-change.ts";
export { RateChangeSweeper } from "./rate-change-sweeper.ts";
export * from "./rate-changes.ts";
export type { RateKey } from "./rate-key.ts";
export { describeRefusal, viewCycle } from "./rate-refusal.ts";
export * from "./rate-versions.ts";
export {
  type CompletedRateChange,
  type PendingRateChange,
  type RateChangeResult,
  setRate,
} from "./set-rate.ts";
