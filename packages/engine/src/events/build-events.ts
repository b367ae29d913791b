// Events made of changes: the contents are read from the rows of what changed.
//
// V1  An event is the same whenever it is made: its id is the place of its item in the log, its contents are what
//     never changes any more. What a row may still become (its status, why it failed) is told by the change.
// V2  No event tells more of a person than an id: neither metadata nor profiles.
import type { v1 } from "@pointbridge/protocol";
import type { Change, ChangeItem, LineChange, NoteChange, OperationChange } from "../changes/index.ts";
import type { Transaction } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import { type AccountLine, findLines } from "../ledger/index.ts";
import { findOperations } from "../operations/index.ts";
import type { FoundEvent, PointbridgeEvent } from "./event.ts";
import { type EventCursor, writeEventCursor } from "./event-cursor.ts";
import { eventTypeOf } from "./event-types.ts";

/** A change's item that is an event, with its place in the log. */
export interface PlacedItem {
  readonly change: Change;
  readonly item: ChangeItem;
  /** From 0. */
  readonly index: number;
  readonly type: v1.EventType;
  /** Just behind it. */
  readonly cursor: EventCursor;
}

interface Contents {
  readonly subject: string;
  readonly orderingKey: string;
  readonly systems: readonly string[] | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

interface LoadedRows {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly lines: ReadonlyMap<string, AccountLine>;
}

/** The items of a change that are events, from the given one on. */
export function placeItems(logId: string, change: Change, from: number): PlacedItem[] {
  const placed: PlacedItem[] = [];
  for (const [index, item] of change.items.entries()) {
    const type = index < from ? undefined : eventTypeOf(item);
    if (type === undefined) continue;
    const isLast = index === change.items.length - 1;
    const cursor: EventCursor = isLast
      ? { logId, position: change.position, itemCount: 0 }
      : { logId, position: change.position - 1n, itemCount: index + 1 };
    placed.push({ change, item, index, type, cursor });
  }
  return placed;
}

function lineKey(shardId: number, { accountNo, version }: Pick<LineChange, "accountNo" | "version">): string {
  return `${shardId} ${accountNo} ${version}`;
}

async function loadRows(
  transaction: Transaction,
  shardCount: number,
  items: readonly PlacedItem[],
): Promise<LoadedRows> {
  const operationIds = new Set<string>();
  const shards = new Map<number, LineChange[]>();
  for (const { change, item } of items) {
    if (item.type === "operation") operationIds.add(item.operationId);
    if (item.type !== "line") continue;
    const shard = shards.get(change.shardId);
    if (shard === undefined) shards.set(change.shardId, [item]);
    else shard.push(item);
  }
  const lines = new Map<string, AccountLine>();
  for (const [shardId, wanted] of shards) {
    for (const line of await findLines(transaction, shardId, wanted)) lines.set(lineKey(shardId, line), line);
  }
  const operations = await findOperations(transaction, shardCount, operationIds);
  return { operations: new Map(operations.map((one) => [one.operationId, one])), lines };
}

function textOf(amount: bigint | null): string | null {
  return amount === null ? null : String(amount);
}

function systemsOf({ sourceSystem, targetSystem }: Operation): string[] {
  return [sourceSystem, targetSystem].filter((system) => system !== null);
}

function describePoints(operation: Operation, { status }: OperationChange): Contents {
  const { operationId } = operation;
  const data = {
    operation_id: operationId,
    status,
    user_id: operation.userId,
    target_user_id: operation.targetUserId,
    source_system: operation.sourceSystem,
    target_system: operation.targetSystem,
    source_credit_type: operation.sourceCreditType,
    target_credit_type: operation.targetCreditType,
    source_amount: textOf(operation.sourceAmount),
    target_amount: textOf(operation.targetAmount),
    exchange_rate: operation.exchangeRate,
    rate_version: operation.rateVersion,
    business_code: operation.businessCode,
    business_id: operation.businessId,
    failure_code: status === "failed" ? operation.failureCode : null,
    created_at: operation.createdAt.toISOString(),
  };
  return {
    subject: operationId,
    orderingKey: `operation/${operationId}`,
    systems: systemsOf(operation),
    data,
  };
}

function describeRateChange(operation: Operation, { status }: OperationChange): Contents {
  const { sourceSystem, targetSystem, sourceCreditType, targetCreditType } = operation;
  const pair = [sourceSystem, targetSystem, sourceCreditType, targetCreditType].join("/");
  // Kept with the change of a rate, of no use to other operations.
  const kept: {
    readonly old_rate?: unknown;
    readonly min_source_amount?: unknown;
    readonly change_percentage?: unknown;
    readonly wanted_at?: unknown;
    readonly effective_at?: unknown;
  } = operation.data ?? {};
  const data = {
    operation_id: operation.operationId,
    status,
    source_system: sourceSystem,
    target_system: targetSystem,
    source_credit_type: sourceCreditType,
    target_credit_type: targetCreditType,
    old_rate: kept.old_rate ?? null,
    new_rate: operation.exchangeRate,
    min_source_amount: kept.min_source_amount ?? null,
    change_percentage: kept.change_percentage ?? null,
    rate_version: status === "completed" ? operation.rateVersion : null,
    // Null: at once. Whoever keeps a copy of the rates must not use one before its time.
    effective_at: kept.effective_at ?? kept.wanted_at ?? null,
    failure_code: status === "failed" ? operation.failureCode : null,
  };
  return { subject: pair, orderingKey: `rate/${pair}`, systems: systemsOf(operation), data };
}

function describeMapping(operation: Operation): Contents {
  const { sourceSystem, targetSystem, userId } = operation;
  const data = {
    operation_id: operation.operationId,
    source_system: sourceSystem,
    source_user_id: userId,
    target_system: targetSystem,
    target_user_id: operation.targetUserId,
    old_target_user_id: operation.data?.old_target_user_id ?? null,
  };
  const orderingKey = `mapping/${sourceSystem}/${targetSystem}/${userId}`;
  return { subject: operation.operationId, orderingKey, systems: systemsOf(operation), data };
}

/** What is neither points, a rate nor a mapping: what was done, to what; the log's operation has the rest. */
function describeSetting(operation: Operation, { status }: OperationChange): Contents {
  const { operationId, sourceSystem, targetSystem } = operation;
  const kept: { readonly change?: { readonly action?: unknown }; readonly mismatches_count?: unknown } =
    operation.data ?? {};
  const data = {
    operation_id: operationId,
    status,
    action: kept.change?.action ?? null,
    source_system: sourceSystem,
    target_system: targetSystem,
    ...(kept.mismatches_count === undefined || status !== "completed"
      ? {}
      : { mismatches_count: kept.mismatches_count }),
  };
  return {
    subject: operationId,
    orderingKey: `operation/${operationId}`,
    systems: systemsOf(operation),
    data,
  };
}

function describeOperation(change: OperationChange, rows: LoadedRows): Contents {
  const operation = rows.operations.get(change.operationId);
  if (operation === undefined)
    throw new Error(`the log of changes tells of an operation ${change.operationId}, which is not there`);
  switch (operation.kind) {
    case "rate_change":
      return describeRateChange(operation, change);
    case "mapping_change":
      return describeMapping(operation);
    case "exchange":
    case "credit":
    case "debit":
    case "hold":
    case "opening":
    case "adjustment":
    case "partner_credit":
    case "partner_hold":
      return describePoints(operation, change);
    default:
      return describeSetting(operation, change);
  }
}

function describeLine(shardId: number, change: LineChange, rows: LoadedRows): Contents {
  const line = rows.lines.get(lineKey(shardId, change));
  if (line === undefined) {
    const name = `line ${change.version} of account number ${change.accountNo}`;
    throw new Error(`the log of changes tells of ${name} in shard ${shardId}, which is not there`);
  }
  const { accountId, systemId, userId, creditTypeId, version, movement } = line;
  const data = {
    account_id: accountId,
    system_id: systemId,
    user_id: userId,
    credit_type_id: creditTypeId,
    version: Number(version),
    available: String(movement?.availableAfter ?? 0n),
    frozen: String(movement?.frozenAfter ?? 0n),
    ...(movement === undefined
      ? {}
      : {
          entry: movement.entry,
          amount: String(movement.amount),
          operation_id: movement.operationId,
          transaction_id: `${accountId}.${version}`,
        }),
  };
  return { subject: accountId, orderingKey: `account/${accountId}`, systems: [systemId], data };
}

function describeNote({ topic, subject, data }: NoteChange): Contents {
  const [family = topic] = topic.split(".");
  return { subject, orderingKey: `${family}/${subject}`, systems: undefined, data: data ?? {} };
}

function describe({ change, item }: PlacedItem, rows: LoadedRows): Contents {
  switch (item.type) {
    case "operation":
      return describeOperation(item, rows);
    case "line":
      return describeLine(change.shardId, item, rows);
    case "note":
      return describeNote(item);
  }
}

function toEvent(placed: PlacedItem, { subject, orderingKey, data }: Contents): PointbridgeEvent {
  const { change, index, type, cursor } = placed;
  return {
    specversion: "1.0",
    id: `${change.position}-${index}`,
    source: `urn:pointbridge:events:${cursor.logId}`,
    type,
    subject,
    time: change.at.toISOString(),
    datacontenttype: "application/json",
    orderingkey: orderingKey,
    cursor: writeEventCursor(cursor),
    data,
  };
}

/** Makes the events of items, in their order. */
export async function buildEvents(
  transaction: Transaction,
  shardCount: number,
  items: readonly PlacedItem[],
): Promise<FoundEvent[]> {
  const rows = await loadRows(transaction, shardCount, items);
  return items.map((placed) => {
    const contents = describe(placed, rows);
    return { event: toEvent(placed, contents), systems: contents.systems };
  });
}
