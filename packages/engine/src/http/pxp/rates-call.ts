// /pxp/v1/rates: a change of a rate that a partner proposes, told until both sides know how it ended.
import { parseRate } from "../../domain/index.ts";
import { answerOffer, type Offer, WAITING_MAX } from "../../rates/index.ts";
import type { Bodies } from "./accept-call.ts";
import type { PartnerHandler } from "./handler.ts";

function toOffer(body: Bodies["rates"], nodeId: string, partnerSystem: string): Offer {
  const rate = parseRate(body.exchange_rate);
  if (rate === undefined) throw new Error("the rate was not checked before it was taken");
  const { wanted_at: wantedAt, effective_at: effectiveAt } = body;
  return {
    proposerNode: nodeId,
    agreementId: body.agreement_id,
    partnerSystem,
    change: {
      sourceSystem: body.source_system,
      targetSystem: body.target_system,
      sourceCreditType: body.source_credit_type,
      targetCreditType: body.target_credit_type,
      rate,
      rounding: "down",
      minSourceAmount: BigInt(body.min_source_amount),
      effectiveAt: wantedAt === undefined ? undefined : new Date(wantedAt),
      principal: `partner ${nodeId}`,
    },
    state: body.state,
    expiresAt: new Date(body.expires_at),
    effectiveAt: effectiveAt === undefined ? undefined : new Date(effectiveAt),
  };
}

export const answerRates: PartnerHandler<Bodies["rates"]> = async ({ caller, body, book }, services) => {
  const { agreement_id, source_system: source, target_system: target } = body;
  if (body.state === "agreed" && body.effective_at === undefined) {
    const detail = "an agreed change names its effective_at";
    return { status: 400, body: { code: "invalid_request", detail } };
  }
  // One of the two is the caller's and the other ours; that was checked.
  const partnerSystem = book.hosts(target) ? source : target;
  const offer = toOffer(body, caller.nodeId, partnerSystem);
  const { database, shardCount, rateRules } = services;
  const answer = await answerOffer(database, shardCount, offer, rateRules);
  if ("conflictingField" in answer) {
    const conflict = { code: "operation_conflict", conflicting_field: answer.conflictingField };
    return { status: 409, body: { ...conflict, operation_id: agreement_id } };
  }
  if ("isTooLong" in answer) {
    const detail = "expires_at lies more than 31 days ahead; offer the change with a nearer end";
    return { status: 400, body: { code: "invalid_request", detail } };
  }
  if ("isCrowded" in answer) {
    const detail = `${WAITING_MAX} changes of yours wait to be accepted; offer it again when some have been`;
    const headers = { "retry-after": "3600" };
    return { status: 429, headers, body: { code: "too_many_requests", detail } };
  }
  const { state, code } = answer;
  return { status: 200, body: { agreement_id, state, ...(code === null ? {} : { code }) } };
};
