// The call by which two nodes agree on a change of a rate: docs/protocol/rates.md.
import { type Static, Type } from "typebox";
import { oneOf } from "../v1/index.ts";
import { amount, code, creditTypeId, open, operationId, rate, systemId, time } from "./call-fields.ts";

const agreementId = {
  ...operationId,
  description: "Id of the change, made by its proposer, scoped by the calling node, kept for ever.",
};

export const ratesCall = open(
  "RatesCall",
  "A change of a rate, and where it stands for its proposer, who calls. Told until both sides know how it ended.",
  {
    agreement_id: agreementId,
    state: oneOf(
      ["offered", "agreed", "ended"],
      "`offered`: it waits for the callee to accept it. `agreed`: it is in force from `effective_at`. `ended`: it never will be.",
    ),
    source_system: systemId,
    target_system: systemId,
    source_credit_type: creditTypeId,
    target_credit_type: creditTypeId,
    exchange_rate: rate,
    min_source_amount: amount,
    wanted_at: Type.Optional({
      ...time,
      description: "The time that was asked for; absent: soon after both have agreed.",
    }),
    expires_at: { ...time, description: "Until when the proposer may agree, by its own clock." },
    effective_at: Type.Optional({ ...time, description: "Of `agreed`: from when it is in force." }),
  },
);

export const ratesAnswer = open("RatesAnswer", "Where the change stands for the callee.", {
  agreement_id: agreementId,
  state: oneOf(
    ["waiting", "accepted", "agreed", "ended"],
    "`waiting`: nobody has decided. `accepted`: a promise to take the caller's word. `agreed`: in force here too. `ended`: rejected, overdue or refused, as `code` says.",
  ),
  code: Type.Optional({ ...code, description: "Why it ended." }),
});

export type RatesCall = Static<typeof ratesCall>;
export type RatesAnswer = Static<typeof ratesAnswer>;
