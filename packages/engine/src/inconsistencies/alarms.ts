// Exchanges that need attention: each has one inconsistency, open for as long as it does.
import type { Transaction } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import { openInconsistencies, resolveInconsistencies } from "./inconsistencies.ts";

/** The inconsistency of an exchange. No id holds a colon in front of its first mark. */
export function inconsistencyIdOf(operationId: string): string {
  return `exchange:${operationId}`;
}

/** A proposal that nobody approved did not end the exchange: a verdict did. */
function noteOf(operation: Operation): string {
  const writeOff = operation.data?.crossing?.writeOff;
  return writeOff?.approvedBy === undefined ? "the exchange has ended" : writeOff.note;
}

/** Opens the inconsistency of each operation that needs attention, and settles that of each that no longer does. */
export async function noteAlarms(
  transaction: Transaction,
  shardCount: number,
  operations: readonly Operation[],
  now: Date,
): Promise<void> {
  const opened = operations.filter((operation) => operation.status === "needs_attention");
  const settled = operations.filter((operation) => operation.status !== "needs_attention");
  await openInconsistencies(
    transaction,
    shardCount,
    opened.map((operation) => ({
      inconsistencyId: inconsistencyIdOf(operation.operationId),
      type: "exchange_needs_attention",
      operationId: operation.operationId,
      sourceSystem: operation.sourceSystem,
      targetSystem: operation.targetSystem,
      data: {
        state: operation.data?.crossing?.state,
        attempts: operation.data?.crossing?.attempts,
        last_error: operation.data?.crossing?.lastError,
        waiting_on: operation.waitingOn,
      },
    })),
    now,
  );
  await resolveInconsistencies(
    transaction,
    shardCount,
    settled.map((operation) => ({
      inconsistencyId: inconsistencyIdOf(operation.operationId),
      resolution: operation.status,
      note: noteOf(operation),
    })),
    "node",
    now,
  );
}
