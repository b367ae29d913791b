// Quotes and simulations: what an exchange would come to, with its price kept or with nothing promised.
import { type Static, Type } from "typebox";
import { exchangeStatuses } from "./exchanges.ts";
import {
  amount,
  closed,
  creditTypeId,
  idempotent,
  nullable,
  oneOf,
  operationId,
  points,
  rate,
  systemId,
  time,
  userId,
} from "./shapes.ts";

export const quoteInput = closed("QuoteInput", "The fields of the exchange that a price is asked for.", {
  operation_id: Type.Optional({
    ...operationId,
    description: "The exchange's, where the quote is to be for this one only. Asking does not use the id up.",
  }),
  user_id: userId,
  source_system: systemId,
  target_system: systemId,
  source_credit_type: creditTypeId,
  target_credit_type: creditTypeId,
  amount,
});

export const quote = closed("Quote", "A price that is kept for one exchange, until its time is up.", {
  quote_id: { ...operationId, description: "Give it to the exchange as `quote_id`." },
  operation_id: nullable(operationId, "As given."),
  user_id: userId,
  source_system: systemId,
  target_system: systemId,
  source_credit_type: creditTypeId,
  target_credit_type: creditTypeId,
  source_amount: points,
  target_amount: { ...points, description: "Source amount x rate, rounded down." },
  exchange_rate: rate,
  rate_version: Type.Integer({ minimum: 1, description: "Of the rate." }),
  created_at: time,
  expires_at: { ...time, description: "Good until then, by the database's clock." },
  used_by: nullable(operationId, "The exchange that it was used for; null while there is none."),
});

export const exchangeSimulation = closed(
  "ExchangeSimulation",
  "What an exchange would come to now. It promises nothing.",
  {
    status: oneOf(
      exchangeStatuses,
      "As the exchange would be answered at first: `processing` where a partner has a part in it.",
    ),
    code: nullable(Type.String(), "With which code it would be refused; null if it would not."),
    user_id: userId,
    target_user_id: nullable(
      userId,
      "Who would get the points; null where a refusal comes before, or the user would be created first.",
    ),
    source_system: systemId,
    target_system: systemId,
    source_credit_type: creditTypeId,
    target_credit_type: creditTypeId,
    source_amount: points,
    target_amount: nullable(points, "What the target would get; null where a refusal comes before."),
    exchange_rate: nullable(rate, "The quote's or the one in force; null where a refusal comes before."),
    rate_version: nullable(Type.Integer({ minimum: 1 }), "Of the rate; null where a refusal comes before."),
    quote_id: nullable(operationId, "As given."),
    available: nullable(
      points,
      "What the source's account has; null where a partner keeps it, or a refusal comes before.",
    ),
    balance_suffices: nullable(Type.Boolean(), "Whether that is enough; null where it is not known."),
    idempotent: {
      ...idempotent,
      description: "True where the operation id is known: what stands under it is what would be answered.",
    },
  },
);

export type QuoteInput = Static<typeof quoteInput>;
export type Quote = Static<typeof quote>;
export type ExchangeSimulation = Static<typeof exchangeSimulation>;
