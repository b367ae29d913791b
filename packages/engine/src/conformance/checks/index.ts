// All checks of a profile, in the order in which they run: first whether the partner can be spoken with at all, last
// what can only be said over all its answers.
import type { Check } from "../check.ts";
import type { Profile } from "../result.ts";
import { sides } from "../side.ts";
import { answerChecks } from "./answers.ts";
import { authorityChecks } from "./authority.ts";
import { batchChecks } from "./batches.ts";
import { cappedChecks } from "./capped.ts";
import { conflictChecks } from "./conflicts.ts";
import { creditTableChecks } from "./credit-table.ts";
import { holdTableChecks } from "./hold-table.ts";
import { listingChecks } from "./listings.ts";
import { lossChecks } from "./losses.ts";
import { malformedChecks } from "./malformed.ts";
import { nodeChecks } from "./node.ts";
import { pendingChecks } from "./pending.ts";
import { raceChecks } from "./races.ts";
import { rateChecks } from "./rates.ts";
import { receiptChecks } from "./receipts.ts";
import { reconciliationChecks } from "./reconciliation.ts";
import { sealingChecks } from "./sealing.ts";
import { signatureChecks } from "./signatures.ts";
import { userChecks } from "./users.ts";

export function checksOf(profile: Profile): readonly Check[] {
  const side = sides[profile];
  const own =
    profile === "target"
      ? [...creditTableChecks, ...sealingChecks, ...pendingChecks, ...rateChecks, ...cappedChecks]
      : holdTableChecks;
  return [
    ...nodeChecks(side),
    ...own,
    ...conflictChecks(side),
    ...raceChecks(side),
    ...malformedChecks(side),
    ...signatureChecks(side),
    ...authorityChecks(side),
    ...lossChecks(side),
    ...batchChecks(side),
    ...receiptChecks(side),
    ...listingChecks(side),
    ...(profile === "target" ? [...reconciliationChecks, ...userChecks] : []),
    ...answerChecks(side),
  ];
}
