// The fold: what the log of changes says has moved is added to its hour, and what was taken back marks its hour.
//
// F1  Position and sums are stored in one transaction under the consumer's lock, so each change is folded once,
//     whoever is killed whenever.
// F2  The sums are those of the rows as they stood at the position: a record is in them if and only if the change
//     that made it is at or before the position, and its time is not before the leg's frontier. The frontier goes
//     back by adding rows that the fold has seen and no others, in a transaction that holds the consumer's lock.
// F3  A record is made once: an exchange completes once, a hold is captured once, a credit is completed when it is
//     made. One that is taken back or adjusted marks its hour, and the hour is added up anew from its rows before it is
//     told.
import { recordText } from "@pointbridge/protocol/pxp";
import {
  listChanges,
  lockConsumer,
  moveConsumer,
  type OperationChange,
  registerConsumer,
} from "../changes/index.ts";
import { type Transaction, timeArray } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import { findOperations } from "../operations/index.ts";
import {
  hourCells,
  hourOf,
  hourParameters,
  type RecordSums,
  readHour,
  type StoredHour,
} from "./hour-sums.ts";
import { operationRow } from "./local-leg.ts";
import { type HourBook, sumsOf } from "./read-records.ts";
import { hashOf, type LegSecrets, type SummaryLeg, viewOf } from "./summary-legs.ts";
import * as queries from "./summary-queries.ts";

export const consumerName = "summaries";
/** Changes that are folded in one transaction. */
const CHANGES_MAX = 500;

type Effect = "made" | "taken_back";

/** What a change does to records; undefined: nothing (F3). */
function effectOf({ kind, status }: OperationChange): Effect | undefined {
  if (kind === "exchange" || kind === "partner_credit") {
    if (status === "completed") return "made";
    return kind === "partner_credit" && status === "rolled_back" ? "taken_back" : undefined;
  }
  return kind === "partner_hold" && status === "captured" ? "made" : undefined;
}

function isOfLeg(leg: SummaryLeg, operation: Operation): boolean {
  const kinds = { credits: "partner_credit", holds: "partner_hold" } as const;
  return (
    operation.kind === (leg.role === "hub" ? "exchange" : kinds[leg.leg.kind]) &&
    operation.sourceSystem === leg.leg.sourceSystem &&
    operation.targetSystem === leg.leg.targetSystem &&
    operation.operationId.startsWith(leg.idPrefix)
  );
}

interface Folded {
  readonly made: readonly Operation[];
  readonly takenBack: readonly Operation[];
}

async function readFolded(
  transaction: Transaction,
  shardCount: number,
  changes: readonly OperationChange[],
): Promise<Folded> {
  const effects = new Map<string, Effect>();
  for (const change of changes) {
    const effect = effectOf(change);
    // Made and taken back within these changes: adding its hour up anew sees it as it is.
    if (effect !== undefined) effects.set(change.operationId, effect);
  }
  const adjustments = changes.filter(({ kind, status }) => kind === "adjustment" && status === "completed");
  const adjustmentIds = adjustments.map(({ operationId }) => operationId);
  const adjusting = await findOperations(transaction, shardCount, adjustmentIds);
  for (const { data } of adjusting) {
    const adjusted = data?.adjusts?.operation_id;
    if (adjusted !== undefined) effects.set(adjusted, "taken_back");
  }
  const operations = await findOperations(transaction, shardCount, effects.keys());
  const those = (wanted: Effect) =>
    operations.filter(({ operationId }) => effects.get(operationId) === wanted);
  return { made: those("made"), takenBack: those("taken_back") };
}

export function timeOf(operation: Operation): Date {
  return operation.initiatedAt ?? operation.createdAt;
}

function addMade(leg: SummaryLeg, made: readonly Operation[]): HourBook {
  const book: HourBook = new Map();
  const hash = hashOf(leg);
  for (const operation of made) {
    // As it was made: that it was taken back since is another change.
    const row = { ...operationRow(leg.leg, viewOf(leg), operation), standing: "moved" } as const;
    const text = recordText(row);
    if (text === undefined) continue;
    hash.hashText(text);
    const timeMs = row.initiatedAt.getTime();
    const sums = sumsOf(book, hourOf(timeMs), hourCells);
    sums.addRecord(hash.words, timeMs);
    sums.addTotal({ creditTypeId: row.creditTypeId ?? "", count: 1, amount: row.amount ?? 0n });
  }
  return book;
}

/** Adds to what is stored of some hours. The hours' rows are held until the transaction ends. */
export async function addToHours(transaction: Transaction, leg: SummaryLeg, book: HourBook): Promise<void> {
  const hours = [...book.keys()].sort((left, right) => left - right);
  const parameters = [leg.legNo, timeArray(hours.map((hour) => new Date(hour)))];
  const stored = await transaction.query<StoredHour>(queries.lockHours, parameters);
  const standing = new Map(stored.map((row) => [row.hour.getTime(), readHour(row)]));
  for (const hour of hours) {
    const added = book.get(hour) as RecordSums;
    const sums = standing.get(hour) ?? added;
    if (sums !== added) sums.addSums(added);
    await transaction.query(queries.putHour, [leg.legNo, new Date(hour), ...hourParameters(sums)]);
  }
}

async function foldInto(transaction: Transaction, leg: SummaryLeg, folded: Folded): Promise<void> {
  const { frontier } = leg;
  if (frontier === undefined) return;
  const isIn = (operation: Operation) => isOfLeg(leg, operation) && timeOf(operation) >= frontier; // F2
  const made = folded.made.filter(isIn);
  if (made.length > 0) await addToHours(transaction, leg, addMade(leg, made));
  const marked = new Set(
    folded.takenBack.filter(isIn).map((operation) => hourOf(timeOf(operation).getTime())),
  );
  if (marked.size === 0) return;
  const hours = timeArray([...marked].map((hour) => new Date(hour)));
  await transaction.query(queries.markHours, [leg.legNo, hours]); // F3
}

/**
 * Takes the consumer's turn: whoever has it knows that nothing is folded meanwhile. Registers it where it is new.
 */
export async function takeFoldTurn(transaction: Transaction): Promise<bigint> {
  return (await lockConsumer(transaction, consumerName)) ?? registerConsumer(transaction, consumerName);
}

/** Folds some of what has been placed; answers whether there may be more (F1). */
export async function foldSome(
  transaction: Transaction,
  shardCount: number,
  secrets: LegSecrets,
): Promise<boolean> {
  const position = await lockConsumer(transaction, consumerName);
  if (position === undefined) return false;
  const changes = await listChanges(transaction, shardCount, { afterPosition: position, limit: CHANGES_MAX });
  const last = changes.at(-1);
  if (last === undefined) return false;
  const operations = changes.flatMap(({ items }) => items.filter((item) => item.type === "operation"));
  const legs = await secrets.listFolded(transaction);
  if (legs.length > 0 && operations.length > 0) {
    const folded = await readFolded(transaction, shardCount, operations);
    for (const leg of legs) await foldInto(transaction, leg, folded);
  }
  await moveConsumer(transaction, consumerName, last.position);
  return changes.length === CHANGES_MAX;
}
