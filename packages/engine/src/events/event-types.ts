// Which changes are events, and of which type.
import type { v1 } from "@pointbridge/protocol";
import type { ChangeItem } from "../changes/index.ts";
import type { OperationKind, OperationStatus } from "../domain/index.ts";

type Turns = Readonly<Partial<Record<OperationStatus, v1.EventType>>>;

/** By what an operation is and has become. What is not here is no event. */
const operationEvents: Readonly<Partial<Record<OperationKind, Turns>>> = {
  exchange: {
    processing: "exchange.started",
    completed: "exchange.completed",
    failed: "exchange.failed",
    needs_attention: "exchange.needs_attention",
  },
  credit: { completed: "credit.completed", failed: "credit.failed", rolled_back: "credit.rolled_back" },
  debit: { completed: "debit.completed", failed: "debit.failed", rolled_back: "debit.rolled_back" },
  hold: {
    held: "hold.placed",
    captured: "hold.captured",
    released: "hold.released",
    expired: "hold.expired",
    failed: "hold.failed",
  },
  partner_credit: {
    completed: "partner_credit.completed",
    failed: "partner_credit.failed",
    rolled_back: "partner_credit.rolled_back",
  },
  partner_hold: {
    held: "partner_hold.placed",
    captured: "partner_hold.captured",
    released: "partner_hold.released",
    failed: "partner_hold.failed",
  },
  rate_change: {
    pending_approval: "exchange_rate.proposed",
    completed: "exchange_rate.updated",
    failed: "exchange_rate.rejected",
  },
  mapping_change: { completed: "mapping.updated" },
  reconciliation: {
    processing: "reconciliation.started",
    completed: "reconciliation.completed",
    failed: "reconciliation.failed",
  },
  adjustment: { completed: "adjustment.completed", failed: "adjustment.failed" },
  system_change: { completed: "system.updated" },
  credit_type_change: { completed: "credit_type.updated" },
  link_change: {
    completed: "link.updated",
    pending_approval: "link.change_proposed",
    failed: "link.change_rejected",
  },
  limit_change: { completed: "limit.updated" },
  grant_change: { completed: "grant.updated" },
  node_key_change: { completed: "node_key.updated" },
  api_key_change: { completed: "api_key.updated" },
};

/** Notes whose topic is the event's type. */
const noteEvents: ReadonlySet<string> = new Set<v1.EventType>([
  "inconsistency.opened",
  "inconsistency.resolved",
]);

function isNoteEvent(topic: string): topic is v1.EventType {
  return noteEvents.has(topic);
}

/** Undefined for a change that is no event. */
export function eventTypeOf(item: ChangeItem): v1.EventType | undefined {
  switch (item.type) {
    case "operation":
      return operationEvents[item.kind]?.[item.status];
    case "line":
      return item.version === 0n ? "account.opened" : "account.balance_changed";
    case "note":
      return isNoteEvent(item.topic) ? item.topic : undefined;
  }
}
