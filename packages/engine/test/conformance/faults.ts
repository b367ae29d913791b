// The ways in which the partner of these tests can be wrong: each breaks one rule, and names the check that has to
// catch it.
import type { Profile } from "../../src/conformance/index.ts";

interface FaultCase {
  readonly profile: Profile;
  readonly caughtBy: string;
}

function of(profile: Profile) {
  return (caughtBy: string): FaultCase => ({ profile, caughtBy });
}

const target = of("target");
const source = of("source");

export const faultCases = {
  "node-refuses-unknown-fields": target("node/unknown-fields"),
  "node-answer-varies": target("answers/form-of-node"),
  "slow-answers": target("answers/prompt"),
  "other-kid": target("node/keys"),
  // Signatures of requests
  "takes-missing-component": target("signature/without-content-type"),
  "takes-bad-signature": target("signature/tampered-signature"),
  "takes-bad-digest": target("signature/tampered-body"),
  "takes-unknown-key": target("signature/unknown-key"),
  "takes-revoked-key": target("signature/revoked-key"),
  "takes-expired": target("signature/expired-120-s-ago"),
  "takes-clock-skew": target("signature/created-120-s-ahead"),
  "no-tolerance": target("signature/created-45-s-ahead"),
  "nonces-not-kept": target("signature/replayed"),
  "nonces-kept-per-call": target("signature/nonce-reused"),
  "nonce-taken-first": target("signature/nonce-after-verification"),
  "target-uri-from-host": target("signature/signed-for-another-host"),
  "target-uri-from-forwarded": target("signature/forwarded-headers"),
  "refusal-without-time": target("signature/refusal-form"),
  // Answers
  "errors-unsigned": target("answers/signed"),
  "signed-by-other-key": target("answers/signed"),
  "answers-not-bound": target("answers/bound"),
  "answers-encoded": target("node/no-encoding"),
  "operations-redirected": target("answers/plain"),
  "node-silent-to-batches": target("answers/in-time"),
  "amount-as-number": target("answers/form-of-credits"),
  "other-operation-id": target("credits/none-credit"),
  "other-role": target("node/form"),
  "clock-wrong": target("node/clock"),
  // Who may speak
  "speaker-not-judged": target("authority/another-system"),
  "forbidden-uses-id": target("authority/another-system"),
  "host-not-judged": target("authority/not-hosted"),
  "key-not-judged": target("authority/foreign-key"),
  "ids-shared-by-nodes": target("authority/scope-of-ids"),
  "ids-in-lower-case": target("authority/ids-by-bytes"),
  "ids-cut": target("authority/long-ids"),
  "one-space-of-ids": target("authority/kinds-of-ids"),
  // The table of credits
  "credit-again-moves": target("credits/completed-credit"),
  "refusal-forgotten": target("rates/refusal-kept"),
  "unknown-rollback-404": target("credits/none-rollback"),
  "fence-forgotten": target("credits/late-credit"),
  "late-credit-taken": target("credits/late-credit"),
  "rolled-back-revived": target("credits/rolled-back-credit"),
  "rollback-again-409": target("credits/rolled-back-rollback"),
  "not-sealed": target("credits/sealed"),
  "limit-judged-first": target("limits/completed-stays"),
  "rollback-leaves-points": target("limits/rollback-makes-room"),
  "rollback-again-moves": target("limits/rollback-makes-room"),
  "amount-as-float": target("limits/whole-range"),
  "credit-looked-up-before": target("races/copies"),
  "rollback-looked-up-before": target("races/rollback-meets-credit"),
  // Repeats that differ
  "source-system-not-compared": target("repeats/other-source-system"),
  "user-id-not-compared": target("repeats/other-user-id"),
  "credit-type-id-not-compared": target("repeats/other-credit-type-id"),
  "amount-not-compared": target("repeats/other-amount"),
  "amounts-compared-as-float": target("repeats/other-amount-by-one"),
  "undo-not-compared": target("repeats/other-undo"),
  "fingerprint-of-body": target("repeats/ignored-fields"),
  "unknown-fields-refused": target("repeats/unknown-fields"),
  // Rates
  "rate-not-judged": target("rates/none"),
  "rate-believed": target("rates/above"),
  "rate-needed-exactly": target("rates/below"),
  "rate-as-float": target("rates/large"),
  "rate-judged-first": target("rates/known-id"),
  // Form
  "malformed-refused-for-good": target("form/amount-negative"),
  "amount-bound-missing": target("form/amount-too-large"),
  // Batches
  "batch-all-or-nothing": target("batch/partial-refusal"),
  "batch-spoiled-by-bad-line": target("batch/bad-line"),
  "batch-bound-missing": target("batch/too-long"),
  "batch-backwards": target("batch/order"),
  "batch-without-authority": target("batch/forbidden-line"),
  "batch-loses-refusals": target("batch/repeated"),
  // Listing
  "pages-by-offset": target("operations/pages"),
  "rows-by-alphabet": target("operations/order"),
  "only-completed-listed": target("operations/outcomes"),
  "initiated-at-of-receipt": target("operations/outcomes"),
  "end-of-window-listed": target("operations/window"),
  "complete-until-missing": target("answers/form-of-operations"),
  "rows-shown-to-all": target("operations/foreign"),
  // Sums
  "sums-of-all-rows": target("reconciliation/counts"),
  "sums-with-end": target("reconciliation/counts"),
  "record-of-other-form": target("reconciliation/digests"),
  "secret-replaced": target("reconciliation/secret"),
  "sums-shown-to-all": target("reconciliation/foreign"),
  "sketch-without-time": target("reconciliation/sketch"),
  "rows-by-id-only": target("reconciliation/rows"),
  // Provisioning
  "user-created-anew": target("users/twice"),
  "user-found-by-email": target("users/same-email"),
  "user-looked-up-before": target("users/copies"),
  // Receipts
  "receipt-of-other-key": target("receipts/verifies"),
  "receipt-without-amount": source("receipts/verifies"),
  "receipt-unread": target("receipts/differing"),
  "receipt-of-undone": source("receipts/undone"),
  "receipt-of-unknown": target("receipts/unknown"),
  // The table of holds
  "balance-judged-first": source("holds/held-stays"),
  "refused-hold-judged-anew": source("holds/refused-stays"),
  "released-hold-revived": source("holds/released-hold"),
  "balance-read-before": source("races/one-purse"),
  "unknown-capture-taken": source("holds/none-capture"),
  "capture-without-id": source("answers/form-of-holds-capture"),
  "released-captured": source("holds/released-capture"),
  "captured-released": source("holds/captured-release"),
  "unknown-release-404": source("holds/none-release"),
  "release-again-moves": source("holds/release-restores"),
  "capture-looked-up-before": source("races/capture-meets-release"),
  "target-system-not-compared": source("repeats/other-target-system"),
} as const satisfies Readonly<Record<string, FaultCase>>;

/** Ways to be wrong altogether: whole groups of checks have to catch these. */
export type WholeFault =
  | "takes-any-signature"
  | "takes-no-signature"
  | "takes-any-form"
  | "says-yes"
  | "answers-500"
  | "drops-fields";

export type SingleFault = keyof typeof faultCases;
export type Fault = SingleFault | WholeFault;
