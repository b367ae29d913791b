// A change that the partner has to accept, once nobody of this node has to look at it any more.
import type { Transaction } from "../database/index.ts";
import { findAgreementOf, insertAgreement, moveAgreement, OWN_NODE } from "./agreement-store.ts";
import { askedBy, type RateChangeRow } from "./rate-change.ts";

/** From now on the partner is told of it. */
export async function offerChange(transaction: Transaction, row: RateChangeRow): Promise<void> {
  const { agreement } = row.data;
  if (agreement === undefined || row.expires_at === null) {
    throw new Error(`the change ${row.operation_id} names no partner`);
  }
  await insertAgreement(transaction, {
    proposerNode: OWN_NODE,
    agreementId: row.operation_id,
    operationId: row.operation_id,
    partnerSystem: agreement.partner_system,
    change: askedBy(row),
    expiresAt: row.expires_at,
    state: "offered",
  });
}

/** Ends what was offered, or waits here to be accepted; what was promised or agreed on stays. */
export async function endAgreementOf(
  transaction: Transaction,
  operationId: string,
  code: string,
): Promise<boolean> {
  const row = await findAgreementOf(transaction, operationId);
  if (row === undefined) return true;
  if (row.state !== "offered" && row.state !== "waiting") return false;
  await moveAgreement(transaction, row, { state: "ended", code, isSettled: row.state === "waiting" });
  return true;
}
