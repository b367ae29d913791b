// Searching the log: newest first, by whatever is asked for, without reading what nobody asked for.
//
// O4  A search reads one index, that of the rarest thing asked for, back from its end. Only rows that this
//     index finds are looked at for the rest.
// O5  The index is chosen by what is asked, not by what the planner believes: each statement can use one only.
import { type Parameter, type Statement, type Transaction, textArray } from "../database/index.ts";
import { type Operation, type OperationKind, type OperationStatus, operationKinds } from "../domain/index.ts";
import * as queries from "./log-queries.ts";
import { type OperationRow, toOperation } from "./rows.ts";

export interface OperationFilter {
  /** Absent: all; none: nothing is found. */
  readonly kinds?: readonly OperationKind[] | undefined;
  readonly statuses?: readonly OperationStatus[] | undefined;
  /** Of what is under way: whether a partner was asked in vain. */
  readonly isRetrying?: boolean | undefined;
  readonly userId?: string | undefined;
  readonly sourceSystem?: string | undefined;
  readonly targetSystem?: string | undefined;
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  readonly business?: { readonly code: string; readonly id: string } | undefined;
  readonly limit: number;
  /** The last operation of the page before. */
  readonly before?: { readonly createdAt: Date; readonly operationId: string } | undefined;
}

/** Where to look: each kind with each pair of names. */
interface Probes {
  readonly statement: Statement;
  readonly kinds: readonly string[];
  readonly names: readonly (readonly [first: string, second: string])[];
}

const NO_NAMES = [["", ""]] as const;

function isNotDone(statuses: readonly OperationStatus[]): boolean {
  return !statuses.includes("completed") && !statuses.includes("captured");
}

async function findPairs(
  transaction: Transaction,
  shardId: number,
  { sourceSystem, targetSystem }: OperationFilter,
): Promise<(readonly [string, string])[]> {
  if (sourceSystem !== undefined && targetSystem !== undefined) return [[sourceSystem, targetSystem]];
  if (sourceSystem !== undefined) {
    const rows = await transaction.query<{ name: string }>(queries.targetsOfSource, [shardId, sourceSystem]);
    return rows.map(({ name }) => [sourceSystem, name]);
  }
  const rows = await transaction.query<{ name: string }>(queries.allSources, [shardId]);
  return rows.map(({ name }) => [name, targetSystem ?? ""]);
}

/** O4 */
async function chooseProbes(
  transaction: Transaction,
  shardId: number,
  filter: OperationFilter,
): Promise<Probes> {
  const { kinds = operationKinds, statuses, userId, business, sourceSystem, targetSystem } = filter;
  if (business !== undefined) {
    return { statement: queries.searchByBusiness, kinds: [""], names: [[business.code, business.id]] };
  }
  if (userId !== undefined) return { statement: queries.searchByUser, kinds: [""], names: [[userId, ""]] };
  if (statuses !== undefined && isNotDone(statuses)) {
    const names = statuses.map((status) => [status, ""] as const);
    return { statement: queries.searchNotDone, kinds, names };
  }
  if (sourceSystem !== undefined || targetSystem !== undefined) {
    const names = await findPairs(transaction, shardId, filter);
    return { statement: queries.searchBySystems, kinds, names };
  }
  return { statement: queries.searchByKind, kinds, names: NO_NAMES };
}

function toParameters(shardId: number, probes: Probes, filter: OperationFilter): Parameter[] {
  const { kinds, statuses, before } = filter;
  return [
    shardId,
    textArray(probes.kinds),
    textArray(probes.names.map(([first]) => first)),
    textArray(probes.names.map(([, second]) => second)),
    kinds === undefined ? null : textArray(kinds),
    statuses === undefined ? null : textArray(statuses),
    filter.isRetrying ?? null,
    filter.userId ?? null,
    filter.sourceSystem ?? null,
    filter.targetSystem ?? null,
    filter.createdAfter ?? null,
    filter.createdBefore ?? null,
    before?.createdAt ?? null,
    before?.operationId ?? null,
    filter.business?.code ?? null,
    filter.business?.id ?? null,
    filter.limit,
  ];
}

async function searchShard(
  transaction: Transaction,
  shardId: number,
  filter: OperationFilter,
): Promise<OperationRow[]> {
  const probes = await chooseProbes(transaction, shardId, filter);
  if (probes.kinds.length === 0 || probes.names.length === 0) return [];
  return transaction.query<OperationRow>(probes.statement, toParameters(shardId, probes, filter));
}

function byNewest(left: Operation, right: Operation): number {
  return (
    right.createdAt.getTime() - left.createdAt.getTime() || (left.operationId < right.operationId ? 1 : -1)
  );
}

/** Operations newest first; a window is half-open, `[createdAfter, createdBefore)`. */
export async function listOperations(
  transaction: Transaction,
  shardCount: number,
  filter: OperationFilter,
): Promise<Operation[]> {
  const preferred = transaction.query(queries.preferIndexOrder);
  const pages: Promise<OperationRow[]>[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    pages.push(searchShard(transaction, shardId, filter));
  }
  const [, ...rows] = await Promise.all([preferred, ...pages]);
  const found = rows.flat().map(toOperation);
  return found.sort(byNewest).slice(0, filter.limit);
}
