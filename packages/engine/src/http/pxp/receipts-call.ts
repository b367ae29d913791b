// /pxp/v1/receipts: signs what a hub says of an exchange, after holding it against the row that its own call made.
//
// R7  Only a credit that is completed or a hold that is captured is signed for. Every field that the row knows is
//     compared with the content and named in the signature's header; one that differs refuses it.
import type { ReceiptsAnswer } from "@pointbridge/protocol/pxp";
import {
  decodeReceipt,
  type ReceiptContent,
  type ReceiptField,
  receiptFields,
} from "@pointbridge/protocol/receipts";
import { movedAmountOf, type Operation, partnerOperationId } from "../../domain/index.ts";
import { malformed } from "../../form/index.ts";
import { findOperations } from "../../operations/index.ts";
import { signReceipt } from "../../receipts/index.ts";
import type { Bodies } from "./accept-call.ts";
import type { PartnerAnswer, PartnerHandler } from "./handler.ts";

type Known = Partial<Record<ReceiptField, string | null>>;

function textOf(amount: bigint | null): string | null {
  return amount === null ? null : String(amount);
}

/** What a row knows of its exchange, in the receipt's words. */
function knownOf(operation: Operation, operationId: string): Known {
  const { sourceSystem, targetSystem, initiatedAt } = operation;
  const isHold = operation.kind === "partner_hold";
  const common: Known = {
    operation_id: operationId,
    source_system: sourceSystem,
    target_system: targetSystem,
    source_credit_type: operation.sourceCreditType,
    source_amount: textOf(isHold ? movedAmountOf(operation) : operation.sourceAmount),
    created_at: initiatedAt?.toISOString() ?? null,
  };
  if (isHold) return { ...common, user_id: operation.userId };
  return {
    ...common,
    target_user_id: operation.userId,
    target_credit_type: operation.targetCreditType,
    // What it comes to: an amount that was adjusted is what the exchange came to.
    target_amount: textOf(movedAmountOf(operation)),
    exchange_rate: operation.exchangeRate,
  };
}

function judge(
  content: ReceiptContent,
  known: Known,
): { readonly checked: ReceiptField[]; readonly differing?: string } {
  const checked = receiptFields.filter((field) => known[field] !== undefined && known[field] !== null);
  const differing = checked.find((field) => content[field] !== known[field]);
  return differing === undefined ? { checked } : { checked, differing };
}

function refuse(operationId: string, detail: string, more: object = {}): PartnerAnswer {
  return { status: 409, body: { operation_id: operationId, code: "receipt_refused", detail, ...more } };
}

export const signRow: PartnerHandler<Bodies["receipts"]> = async ({ caller, body, book }, services) => {
  const { kind, operation_id: operationId, source_system: source, target_system: target, payload } = body;
  const content = decodeReceipt(payload);
  if (content === undefined) throw malformed("/payload", "is no receipt's content in its canonical form");
  const isCredit = kind === "credits";
  const called = isCredit ? target : source;
  const rowId = partnerOperationId(isCredit ? "credit" : "hold", caller.nodeId, called, operationId);
  const [row] = await services.database.transaction((transaction) =>
    findOperations(transaction, services.shardCount, [rowId]),
  );
  if (row === undefined) {
    return { status: 404, body: { operation_id: operationId, code: "operation_not_found" } };
  }
  if (row.status !== (isCredit ? "completed" : "captured")) {
    return refuse(operationId, `the ${isCredit ? "credit" : "hold"} is ${row.status}`);
  }
  const { checked, differing } = judge(content, knownOf(row, operationId));
  if (differing !== undefined) {
    return refuse(operationId, `the row has another ${differing}`, { conflicting_field: differing });
  }
  const key = book.answerKeyFor(caller.nodeId, new Date());
  const role = isCredit ? "target" : "source";
  const signed = signReceipt(key, payload, { role, systems: [called], checked });
  const answer: ReceiptsAnswer = { operation_id: operationId, ...signed };
  return { status: 200, body: answer };
};
