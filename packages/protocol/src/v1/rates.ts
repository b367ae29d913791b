// Rates: what a source point is worth at the target. Versions are kept for ever; one is in force.
import { type Static, Type } from "typebox";
import {
  amount,
  closed,
  creditTypeId,
  nullable,
  oneOf,
  operationId,
  pageOf,
  pageQuery,
  points,
  rate,
  systemId,
  time,
  timeInQuery,
} from "./shapes.ts";

const pair = {
  source_system: systemId,
  target_system: systemId,
  source_credit_type: creditTypeId,
  target_credit_type: creditTypeId,
};
const rounding = oneOf(["down"], "How a fraction of a point is rounded.");
const rateVersion = Type.Integer({ minimum: 1, description: "Counts the versions of this pair's rate." });

export const rateInput = closed("RateInput", "A rate to put in force.", {
  operation_id: Type.Optional(operationId),
  ...pair,
  rate,
  rounding: Type.Optional(rounding),
  min_source_amount: Type.Optional(amount),
  effective_at: Type.Optional({
    ...timeInQuery,
    description:
      "When it shall come into force. Absent: at once; or, of a change that is agreed on, soon after both nodes have agreed.",
  }),
  agree: Type.Optional(
    Type.Boolean({
      default: false,
      description:
        "The partner's node has to accept it too: then it is in force on both sides from one time. Absent: it is in force here, whatever the partner has.",
    }),
  ),
});

const oldRate = nullable(rate, "The rate in force before; null for a first one.");
const changePercentage = Type.String({
  pattern: "^-?[0-9]+(\\.[0-9]{1,6})?$",
  description:
    "How far the rate moves, in per cent: the larger of the change against the rate in force and against the oldest rate in force in the last 24 hours (since the last approved one, if that is later). At most six fractional digits, rounded away from zero.",
});
const wasIdempotent = Type.Boolean({ description: "True where this very call was made before." });
const expiresAt = "When it ends as failed unless somebody decides.";

export const rateChange = closed("RateChange", "What setting a rate came to.", {
  status: oneOf(["completed"], "The rate is in force."),
  operation_id: operationId,
  old_rate: oldRate,
  new_rate: rate,
  rate_version: rateVersion,
  effective_at: nullable(time, "When it comes into force, where that was named; null: it is."),
  idempotent: wasIdempotent,
});

export const pendingRateChange = closed(
  "PendingRateChange",
  "A change that another principal has to approve, or the partner to accept, before it is in force.",
  {
    status: oneOf(
      ["pending_approval", "pending_agreement"],
      "The rate is as it was. It waits for another principal of this node; or for the partner.",
    ),
    needs_approval: Type.Boolean({ description: "Whether it waits for another principal of this node." }),
    operation_id: operationId,
    old_rate: oldRate,
    new_rate: rate,
    change_percentage: nullable(changePercentage, "Null where one person was enough."),
    effective_at: nullable(time, "When it shall come into force, where that was named."),
    expires_at: { ...time, description: expiresAt },
    idempotent: wasIdempotent,
  },
);

export const rateCycle = Type.Array(
  closed("RateCycleNode", "A credit type on a cycle of rates.", {
    system_id: systemId,
    credit_type_id: creditTypeId,
  }),
  { description: "Of rate_cycle_gains: the way round, which ends where it begins." },
);
export const rateCycleGain = Type.String({
  description: "Of rate_cycle_gains: the product of the ratios round the cycle, exactly.",
});

export const rateChangeState = closed("RateChangeState", "A change of a rate as it stands.", {
  operation_id: operationId,
  status: oneOf(
    ["pending_approval", "pending_agreement", "completed", "failed"],
    "Waits for another principal; for the partner; done; or refused, rejected, expired or stale, as `failure` says.",
  ),
  ...pair,
  old_rate: oldRate,
  new_rate: rate,
  min_source_amount: points,
  change_percentage: nullable(changePercentage, "Null where no approval was needed."),
  rate_version: nullable(rateVersion, "The version that it put in force, or found there; null before."),
  proposed_by: Type.String({ description: "Who asked for it." }),
  approved_by: nullable(Type.String(), "Who approved it; null if nobody did."),
  rejected_by: nullable(Type.String(), "Who rejected it; null if nobody did."),
  effective_at: nullable(
    time,
    "From when it is, or shall be, in force, where that was named or agreed on; null: since it was completed.",
  ),
  agreement: nullable(
    closed("RateAgreement", "Of a change that two nodes agree on.", {
      agreement_id: operationId,
      partner_system: systemId,
      proposed_by: oneOf(["this_node", "partner"], "Which side asked for it."),
      accepted_by: nullable(
        Type.String(),
        "Who of this node accepted what the partner proposed; beyond the limit another one has to approve.",
      ),
      partner_code: nullable(Type.String(), "Why the partner did not accept it, or does not keep to it."),
    }),
    "Null where this node alone decides.",
  ),
  created_at: time,
  expires_at: nullable(time, `${expiresAt} Null where no approval was needed.`),
  ended_at: nullable(time, "When it was completed or failed; null while it waits."),
  failure: nullable(
    closed("RateChangeFailure", "Why a change failed.", {
      code: Type.String({ description: "A code of the error table." }),
      message: Type.String(),
      cycle: Type.Optional(rateCycle),
      gain: Type.Optional(rateCycleGain),
    }),
    "Null if it did not.",
  ),
  idempotent: Type.Boolean({ description: "True where it had ended before this call." }),
});

export const rateChangePage = pageOf("RateChangePage", rateChangeState);

export const exchangeRate = closed("ExchangeRate", "A version of a rate.", {
  ...pair,
  rate,
  rate_version: rateVersion,
  rounding,
  min_source_amount: points,
  operation_id: operationId,
  proposed_by: Type.String({ description: "Who set it." }),
  approved_by: nullable(Type.String(), "Who approved it; null where no approval was needed."),
  effective_at: time,
  superseded_at: nullable(time, "When the next version came into force; null while this one is."),
});

export const exchangeRatePage = pageOf("ExchangeRatePage", exchangeRate);

export const rateQuery = closed("RateQuery", "Which rates.", {
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  ...pageQuery,
});

export type RateInput = Static<typeof rateInput>;
export type RateChange = Static<typeof rateChange>;
export type ExchangeRate = Static<typeof exchangeRate>;
export type PendingRateChange = Static<typeof pendingRateChange>;
export type RateChangeState = Static<typeof rateChangeState>;
