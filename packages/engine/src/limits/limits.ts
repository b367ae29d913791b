// Limits as people set them, and what they settle of a position.
//
// F5  What a limit measures is fixed once it is made, since its counters are of that; only its bound changes. A
//     limit starts to count when it is made.
// F6  A limit that is changed or removed holds for what is decided after the answer: it is a part of the catalog.
// F7  A settlement is done once under its id.
import { type AdminChange, type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import {
  type CatalogLimitRow,
  changeCatalog,
  type PutOutcome,
  requireSystems,
  toCatalogLimit,
} from "../catalog/index.ts";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { type CatalogLimit, limitDay, shardOf } from "../domain/index.ts";
import { AppError } from "../system/index.ts";
import { deleteCounters, findCounter, lockCounters, storeCounters } from "./counters.ts";
import * as queries from "./queries.ts";

export interface Limit extends CatalogLimit {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface LimitRow extends CatalogLimitRow {
  readonly updated_at: Date;
}

function toLimit(row: LimitRow): Limit {
  return { ...toCatalogLimit(row), createdAt: row.created_at, updatedAt: row.updated_at };
}

function parametersOf(limit: CatalogLimit) {
  return [
    limit.limitId,
    limit.side,
    limit.sourceSystem,
    limit.targetSystem,
    limit.creditTypeId,
    limit.subject,
    limit.measure,
    limit.value,
    limit.utcOffsetMinutes,
  ] as const;
}

/** What a limit measures, in the order of the fields' names as callers know them. */
const fixedFields = [
  ["side", "side"],
  ["source_system", "sourceSystem"],
  ["target_system", "targetSystem"],
  ["credit_type_id", "creditTypeId"],
  ["subject", "subject"],
  ["measure", "measure"],
  ["utc_offset_minutes", "utcOffsetMinutes"],
] as const;

/** The system whose points are measured. */
function measuredSystemOf(limit: CatalogLimit): string {
  const systemId = limit.side === "source" ? limit.sourceSystem : limit.targetSystem;
  if (systemId === null) throw new Error(`limit ${limit.limitId} names no ${limit.side}`);
  return systemId;
}

async function requireCreditType(transaction: Transaction, limit: CatalogLimit): Promise<void> {
  const systemId = measuredSystemOf(limit);
  const [row] = await transaction.query(queries.knowsCreditType, [systemId, limit.creditTypeId]);
  if (row !== undefined) return;
  const detail = `${systemId} has no credit type ${limit.creditTypeId}; create it first`;
  throw new AppError("credit_type_not_found", detail);
}

function requireSame(limit: CatalogLimit, standing: Limit): void {
  for (const [name, field] of fixedFields) {
    if (limit[field] === standing[field]) continue;
    const detail = `limit ${limit.limitId} was made with another ${name}; only its bound can be changed: remove it and make one under a new id`;
    throw new AppError("limit_fixed", detail);
  }
}

function changeOf(limit: Limit, action: AdminChange["action"], old: bigint | undefined): AdminChange {
  const { limitId, sourceSystem, targetSystem } = limit;
  return {
    kind: "limit_change",
    action,
    subject: { limit_id: limitId, side: limit.side, subject: limit.subject, measure: limit.measure },
    old: old === undefined ? undefined : { bound: String(old) },
    new: action === "removed" ? undefined : { bound: String(limit.value) },
    ...(sourceSystem === null ? {} : { sourceSystem }),
    ...(targetSystem === null ? {} : { targetSystem }),
  };
}

/**
 * Makes a limit or changes its bound (F5).
 * @throws AppError system_not_found, credit_type_not_found, limit_fixed
 */
export async function putLimit(
  database: Database,
  limit: CatalogLimit,
  by: LoggedBy,
): Promise<{ readonly limit: Limit; readonly outcome: PutOutcome }> {
  return changeCatalog(database, async (transaction) => {
    const { sourceSystem, targetSystem } = limit;
    await requireSystems(transaction, ...[sourceSystem, targetSystem].filter((system) => system !== null));
    await requireCreditType(transaction, limit);
    const standing = await findLimit(transaction, limit.limitId);
    if (standing !== undefined) requireSame(limit, standing);
    if (standing?.value === limit.value) return { limit: standing, outcome: "unchanged" as const };
    const [row] = await transaction.query<LimitRow>(queries.putLimit, parametersOf(limit));
    if (row === undefined) throw new Error(`limit ${limit.limitId} was not written`);
    const written = toLimit(row);
    const outcome = standing === undefined ? ("created" as const) : ("changed" as const);
    await logAdminChanges(transaction, by, [changeOf(written, outcome, standing?.value)]);
    return { limit: written, outcome };
  });
}

/** Removes a limit and what was counted by it. @returns undefined where there is none */
export async function removeLimit(
  database: Database,
  limitId: string,
  by: LoggedBy,
): Promise<Limit | undefined> {
  const { limit } = await changeCatalog(database, async (transaction) => {
    const [row] = await transaction.query<LimitRow>(queries.deleteLimit, [limitId]);
    if (row === undefined) return { limit: undefined, outcome: "unchanged" as const };
    const removed = toLimit(row);
    await deleteCounters(transaction, by.shardCount, limitId);
    await logAdminChanges(transaction, by, [changeOf(removed, "removed", removed.value)]);
    return { limit: removed, outcome: "changed" as const };
  });
  return limit;
}

export async function findLimit(transaction: Transaction, limitId: string): Promise<Limit | undefined> {
  const [row] = await transaction.query<LimitRow>(queries.findLimit, [limitId]);
  return row === undefined ? undefined : toLimit(row);
}

/** In the order of their ids; those for any system belong to every filter. */
export async function listLimits(
  transaction: Transaction,
  filter: {
    readonly sourceSystem?: string | undefined;
    readonly targetSystem?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<Limit[]> {
  const { sourceSystem = null, targetSystem = null, after = null, limit } = filter;
  const rows = await transaction.query<LimitRow>(queries.listLimits, [
    sourceSystem,
    targetSystem,
    after,
    limit,
  ]);
  return rows.map(toLimit);
}

export interface LimitUsage {
  readonly limit: Limit;
  /** Empty where everybody is counted together. */
  readonly subject: string;
  /** The day that it counts for, by the limit's own clock; empty where days do not matter. */
  readonly period: string;
  readonly amount: bigint;
  readonly count: bigint;
}

async function readTime(transaction: Transaction): Promise<Date> {
  const [row] = await transaction.query<{ now: Date }>(queries.readDatabaseTime);
  if (row === undefined) throw new Error("the database did not answer its time");
  return row.now;
}

/** What has been used of a limit today, or since the last settlement. @param userId of a limit for each member */
export async function readUsage(
  transaction: Transaction,
  shardCount: number,
  limitId: string,
  userId: string | undefined,
): Promise<LimitUsage | undefined> {
  const limit = await findLimit(transaction, limitId);
  if (limit === undefined) return undefined;
  const now = await readTime(transaction);
  const use = {
    limit_id: limitId,
    subject: limit.subject === "everybody" ? "" : (userId ?? ""),
    period: limit.measure === "position" ? "" : limitDay(now, limit.utcOffsetMinutes),
  };
  const { amount, count } = await findCounter(transaction, shardCount, use);
  return { limit, subject: use.subject, period: use.period, amount, count };
}

export interface Settlement {
  readonly operationId: string;
  readonly limitId: string;
  /** Of a limit for each member. */
  readonly userId: string | undefined;
  readonly amount: bigint;
  readonly note: string | undefined;
}

export interface Settled {
  readonly operationId: string;
  /** What was taken off: less than was asked where less was open. */
  readonly settled: bigint;
  readonly idempotent: boolean;
}

interface SettlementRow {
  readonly kind: string;
  readonly data: { readonly change?: Readonly<Record<string, unknown>> } | null;
}

async function findSettled(
  transaction: Transaction,
  settlement: Settlement,
  shardCount: number,
): Promise<Settled | undefined> {
  const { operationId, limitId, userId, amount } = settlement;
  const parameters = [shardOf(operationId, shardCount), operationId];
  const [row] = await transaction.query<SettlementRow>(queries.findSettlement, parameters);
  if (row === undefined) return undefined;
  const change = row.data?.change ?? {};
  const asked = { limit_id: limitId, user_id: userId ?? "", amount: String(amount) };
  const stored = row.kind === "limit_settlement" ? change : { limit_id: undefined };
  const field = Object.entries(asked).find(([name, value]) => stored[name] !== value)?.[0];
  if (field !== undefined) {
    const name = row.kind === "limit_settlement" ? field : "type";
    const detail = `operation ${operationId} was asked for with another ${name}; use a new id`;
    throw new AppError("operation_conflict", detail, { operation_id: operationId, conflicting_field: name });
  }
  return { operationId, settled: BigInt(String(change["settled"])), idempotent: true };
}

/**
 * Takes what has been settled with a partner off a position, at most what is open.
 * @throws AppError limit_not_found, limit_not_settled, operation_conflict
 */
export async function settleLimit(
  database: Database,
  settlement: Settlement,
  by: LoggedBy,
): Promise<Settled> {
  const { operationId, limitId, userId, amount, note } = settlement;
  const { shardCount } = by;
  return runRetried(database, async (transaction) => {
    const limit = await findLimit(transaction, limitId);
    if (limit === undefined) throw new AppError("limit_not_found", `no limit has the id ${limitId}`);
    if (limit.measure !== "position") {
      const detail = `limit ${limitId} measures ${limit.measure}, which begins anew by itself: only a position is settled`;
      throw new AppError("limit_not_settled", detail);
    }
    const use = {
      limit_id: limitId,
      subject: limit.subject === "everybody" ? "" : (userId ?? ""),
      period: "",
    };
    const book = await lockCounters(transaction, shardCount, [use]);
    const standing = await findSettled(transaction, settlement, shardCount);
    if (standing !== undefined) return standing;
    const open = book.usedOf(use).amount;
    const settled = open < amount ? open : amount;
    storeCounters(transaction, shardCount, [
      { ...use, amount: open - settled, count: book.usedOf(use).count },
    ]);
    const subject = {
      limit_id: limitId,
      user_id: userId ?? "",
      amount: String(amount),
      settled: String(settled),
      note: note ?? null,
    };
    const change = { kind: "limit_settlement", action: "changed", operationId, subject } as const;
    const { sourceSystem, targetSystem } = limit;
    const systems = {
      ...(sourceSystem === null ? {} : { sourceSystem }),
      ...(targetSystem === null ? {} : { targetSystem }),
    };
    await logAdminChanges(transaction, by, [
      { ...change, ...systems, ...(userId === undefined ? {} : { userId }) },
    ]);
    return { operationId, settled, idempotent: false };
  });
}
