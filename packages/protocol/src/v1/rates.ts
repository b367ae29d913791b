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
});

export const rateChange = closed("RateChange", "What setting a rate came to.", {
  status: oneOf(["completed"], "The rate is in force."),
  operation_id: operationId,
  old_rate: nullable(rate, "The rate in force before; null for a first one."),
  new_rate: rate,
  rate_version: rateVersion,
  idempotent: Type.Boolean({ description: "True where this very call was made before." }),
});

export const exchangeRate = closed("ExchangeRate", "A version of a rate.", {
  ...pair,
  rate,
  rate_version: rateVersion,
  rounding,
  min_source_amount: points,
  operation_id: operationId,
  proposed_by: Type.String({ description: "Who set it." }),
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
