// Reading one mapping and what became of it.
import { type Transaction, textArray } from "../database/index.ts";
import { type MappedUser, shardOf } from "../domain/index.ts";
import { toMapping } from "./load-state.ts";
import type { Mapping } from "./mapping.ts";
import * as queries from "./queries.ts";

export interface MappingChange extends MappedUser {
  readonly changedAt: Date;
  readonly operationId: string;
  /** Null for a first mapping. */
  readonly oldTargetUserId: string | null;
  readonly newTargetUserId: string;
  readonly changedBy: string;
}

interface ChangeRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly source_user_id: string;
  readonly changed_at: Date;
  readonly operation_id: string;
  readonly old_target_user_id: string | null;
  readonly new_target_user_id: string;
  readonly changed_by: string;
}

export async function findMapping(
  transaction: Transaction,
  shardCount: number,
  user: MappedUser,
): Promise<Mapping | undefined> {
  const { sourceSystem, targetSystem, sourceUserId } = user;
  const parameters = [shardOf(sourceUserId, shardCount), sourceSystem, targetSystem, sourceUserId];
  const [row] = await transaction.query<Parameters<typeof toMapping>[0]>(queries.findMapping, parameters);
  return row === undefined ? undefined : toMapping(row);
}

/** The mapping that leads to a user of the target, read from its end. */
export async function findMappedSource(
  transaction: Transaction,
  shardCount: number,
  user: { readonly sourceSystem: string; readonly targetSystem: string; readonly targetUserId: string },
): Promise<Mapping | undefined> {
  const { sourceSystem, targetSystem, targetUserId } = user;
  const [twin] = await transaction.query<{ source_user_id: string }>(queries.loadTargets, [
    shardOf(targetUserId, shardCount),
    textArray([sourceSystem]),
    textArray([targetSystem]),
    textArray([targetUserId]),
  ]);
  if (twin === undefined) return undefined;
  const sourceUserId = twin.source_user_id;
  const mapping = await findMapping(transaction, shardCount, { sourceSystem, targetSystem, sourceUserId });
  return mapping?.targetUserId === targetUserId ? mapping : undefined;
}

/** The changes of one mapping, the oldest first. @param page after: the last one of the page before */
export async function mappingHistory(
  transaction: Transaction,
  shardCount: number,
  user: MappedUser,
  page: {
    readonly limit: number;
    readonly after?: Pick<MappingChange, "changedAt" | "operationId"> | undefined;
  },
): Promise<MappingChange[]> {
  const { sourceSystem, targetSystem, sourceUserId } = user;
  const rows = await transaction.query<ChangeRow>(queries.listHistory, [
    shardOf(sourceUserId, shardCount),
    sourceSystem,
    targetSystem,
    sourceUserId,
    page.after?.changedAt ?? null,
    page.after?.operationId ?? null,
    page.limit,
  ]);
  return rows.map((row) => ({
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceUserId: row.source_user_id,
    changedAt: row.changed_at,
    operationId: row.operation_id,
    oldTargetUserId: row.old_target_user_id,
    newTargetUserId: row.new_target_user_id,
    changedBy: row.changed_by,
  }));
}
