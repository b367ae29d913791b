// /pxp/v1/operations: the rows of a window, page by page.
//
// Rows may be added behind a page that has been read. `complete_until` is the time of the first page's reading:
// every row that was committed before it is in the list, whatever page the reader is at.
import type { ListedOperation, OperationsAnswer, OperationsCall } from "@pointbridge/protocol/pxp";
import { outcomeOf } from "./decisions.ts";
import type { PartnerRow, PartnerStore, RowQuery } from "./store.ts";

interface Position {
  readonly initiatedAt: string;
  readonly operationId: string;
  readonly completeUntil: string;
}

function writeCursor({ initiatedAt, operationId, completeUntil }: Position): string {
  return Buffer.from(JSON.stringify([initiatedAt, operationId, completeUntil])).toString("base64url");
}

/** Undefined for what is no cursor of ours. */
function readCursor(cursor: string): Position | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [initiatedAt, operationId, completeUntil] = parts as readonly unknown[];
  if (typeof initiatedAt !== "string" || typeof operationId !== "string") return undefined;
  return typeof completeUntil === "string" ? { initiatedAt, operationId, completeUntil } : undefined;
}

function listed(row: PartnerRow): ListedOperation {
  return {
    operation_id: row.operationId,
    user_id: row.userId,
    credit_type_id: row.creditTypeId,
    amount: row.amount === null ? null : String(row.amount),
    outcome: outcomeOf(row),
    initiated_at: row.initiatedAt,
    completed_at: row.completedAt,
    ...(row.exchangeRate === undefined ? {} : { exchange_rate: row.exchangeRate }),
  };
}

/** A page; undefined where the cursor is none of ours. */
export async function listOperations<Tx>(
  store: PartnerStore<Tx>,
  call: OperationsCall,
  callingNode: string,
  now: Date,
): Promise<OperationsAnswer | undefined> {
  const position = call.cursor === undefined ? undefined : readCursor(call.cursor);
  if (call.cursor !== undefined && position === undefined) return undefined;
  const isCredits = call.kind === "credits";
  const query: RowQuery = {
    callingNode,
    kind: isCredits ? "credit" : "hold",
    system: isCredits ? call.target_system : call.source_system,
    counterparty: isCredits ? call.source_system : call.target_system,
    startTime: call.start_time,
    endTime: call.end_time,
    after:
      position === undefined
        ? undefined
        : { initiatedAt: position.initiatedAt, operationId: position.operationId },
    limit: call.limit + 1,
  };
  const completeUntil = position?.completeUntil ?? now.toISOString();
  const rows = await store.transaction(async (tx) => await store.listRows(tx, query));
  const page = rows.slice(0, call.limit);
  const last = rows.length > call.limit ? page.at(-1) : undefined;
  return {
    items: page.map(listed),
    next_cursor:
      last === undefined
        ? null
        : writeCursor({ initiatedAt: last.initiatedAt, operationId: last.operationId, completeUntil }),
    complete_until: completeUntil,
  };
}
