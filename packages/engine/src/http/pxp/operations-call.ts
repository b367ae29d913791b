// /pxp/v1/operations: the rows that the caller's own calls made here, of every outcome, page by page; or, to whoever
// keeps the accounts of a leg, the exchanges of this node that the leg is of.
//
// Rows may be added behind a page that has been read, so `complete_until` is the time at which the first page was
// read, whatever page the reader is at: what was committed before it is in the list.

import { v1 } from "@pointbridge/protocol";
import type { ListedOperation, OperationsAnswer } from "@pointbridge/protocol/pxp";
import { movedAmountOf, type Operation, partnerOperationPrefix } from "../../domain/index.ts";
import { listPartnerRows } from "../../operations/index.ts";
import type { LegRow } from "../../summaries/index.ts";
import { makeHeapRoom } from "../../system/index.ts";
import { readCursor, storedTime, toPage } from "../cursor.ts";
import type { Services } from "../services.ts";
import type { Bodies } from "./accept-call.ts";
import type { PartnerCall, PartnerHandler } from "./handler.ts";
import { completedAtOf, outcomeOf } from "./row-state.ts";

function timeOf(operation: Operation): string {
  if (operation.initiatedAt === null) throw new Error(`operation ${operation.operationId} is no partner's`);
  return operation.initiatedAt.toISOString();
}

function viewRow(operation: Operation, idPrefix: string): ListedOperation {
  const isCredit = operation.kind === "partner_credit";
  const amount = movedAmountOf(operation);
  return {
    operation_id: operation.operationId.slice(idPrefix.length),
    user_id: operation.userId,
    credit_type_id: isCredit ? operation.targetCreditType : operation.sourceCreditType,
    amount: amount === null ? null : String(amount),
    outcome: outcomeOf(operation),
    initiated_at: timeOf(operation),
    completed_at: completedAtOf(operation)?.toISOString() ?? null,
    ...(isCredit ? { exchange_rate: operation.exchangeRate } : {}),
  };
}

function viewExchange(row: LegRow): ListedOperation {
  return {
    operation_id: row.operationId,
    user_id: row.userId,
    credit_type_id: row.creditTypeId,
    amount: row.amount === null ? null : String(row.amount),
    outcome: row.outcome,
    initiated_at: row.initiatedAt.toISOString(),
    completed_at: row.completedAt?.toISOString() ?? null,
    exchange_rate: row.exchangeRate,
  };
}

const cursorPatterns = [storedTime, new RegExp(v1.operationIdPattern), storedTime];

async function listExchanges(
  { caller, body }: PartnerCall<Bodies["operations"]>,
  services: Services,
): Promise<OperationsAnswer> {
  const { limit } = body;
  const leg = { kind: body.kind, sourceSystem: body.source_system, targetSystem: body.target_system };
  const side = services.summaries.localLeg({ role: "hub", nodeId: caller.nodeId, leg });
  const keys = readCursor(body.cursor, cursorPatterns, "/cursor");
  const window = { startTime: new Date(body.start_time), endTime: new Date(body.end_time) };
  const after = keys && { initiatedAt: new Date(keys[0] ?? ""), operationId: keys[1] ?? "" };
  const firstReadAt = keys?.[2] ?? (await side.readCompleteUntil()).toISOString();
  const rows = await side.readPage(window, after, limit + 1);
  const page = toPage(rows, limit, viewExchange, (row) => [
    row.initiatedAt.toISOString(),
    row.operationId,
    firstReadAt,
  ]);
  return { ...page, complete_until: firstReadAt };
}

export const listRows: PartnerHandler<Bodies["operations"]> = async (call, services) => {
  makeHeapRoom();
  const { caller, body } = call;
  const { kind, source_system: sourceSystem, target_system: targetSystem, limit } = body;
  const isCredit = kind === "credits";
  const calledSystem = isCredit ? targetSystem : sourceSystem;
  if (!call.book.hosts(calledSystem)) {
    return { status: 200, body: { ...(await listExchanges(call, services)) } };
  }
  const idPrefix = partnerOperationPrefix(isCredit ? "credit" : "hold", caller.nodeId, calledSystem);
  const keys = readCursor(body.cursor, cursorPatterns, "/cursor");
  const after = keys && {
    initiatedAt: new Date(keys[0] ?? ""),
    operationId: `${idPrefix}${keys[1] ?? ""}`,
  };
  const { rows, completeUntil } = await services.database.transaction((transaction) =>
    listPartnerRows(transaction, services.shardCount, {
      kind: isCredit ? "partner_credit" : "partner_hold",
      idPrefix,
      sourceSystem,
      targetSystem,
      startTime: new Date(body.start_time),
      endTime: new Date(body.end_time),
      limit: limit + 1,
      after,
    }),
  );
  const view = (operation: Operation) => viewRow(operation, idPrefix);
  const firstReadAt = keys?.[2] ?? completeUntil.toISOString();
  const keysOf = (operation: Operation) => [
    timeOf(operation),
    operation.operationId.slice(idPrefix.length),
    firstReadAt,
  ];
  const page = toPage(rows, limit, view, keysOf);
  const answer: OperationsAnswer = { ...page, complete_until: firstReadAt };
  return { status: 200, body: answer };
};
