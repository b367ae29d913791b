// Changes of what is set on a node, as operations in the log.
//
// Y1  A change is logged in its own transaction: what is in force is in the log, and what was rolled back is not.
// Y2  What is logged says what was and what is, field by field, of the fields that differ. Never a secret, and
//     nothing personal: of a profile only which fields changed, and whose it is by id.
// Y3  What changes nothing is not logged.
import { type OperationChange, recordChanges } from "../changes/index.ts";
import { type Transaction, textArray } from "../database/index.ts";
import { canonicalJson, type OperationKind, shardOf } from "../domain/index.ts";
import { newOperationId } from "../system/index.ts";
import * as queries from "./queries.ts";

/** Kinds of operations that are changes of what is set. */
export type AdminKind = Extract<
  OperationKind,
  | "system_change"
  | "credit_type_change"
  | "link_change"
  | "limit_change"
  | "limit_settlement"
  | "grant_change"
  | "user_change"
  | "provisioning"
  | "node_key_change"
  | "webhook_change"
  | "alert_channel_change"
>;

/** Who asked, and from where. */
export interface Origin {
  readonly principal: string;
  /** Of the client as the node saw it. */
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
}

export interface LoggedBy {
  readonly origin: Origin;
  readonly shardCount: number;
}

type Fields = Readonly<Record<string, unknown>>;

export interface AdminChange {
  /** A new id where absent. */
  readonly operationId?: string;
  readonly kind: AdminKind;
  readonly action: "created" | "changed" | "removed" | "rotated";
  /** Ids of what was changed, in snake_case. */
  readonly subject: Fields;
  /** In snake_case; absent where there was or is nothing. */
  readonly old?: Fields | undefined;
  readonly new?: Fields | undefined;
  /** What the log's filters find it by. */
  readonly sourceSystem?: string;
  readonly targetSystem?: string;
  readonly userId?: string;
  /** Where it waits for a second person, for how long. */
  readonly waitsMs?: number;
}

/** As it stands in the log; undefined where nothing is known. */
export function toFrom({ address, requestId }: Origin): Fields | undefined {
  if (address === undefined && requestId === undefined) return undefined;
  return {
    ...(address === undefined ? {} : { address }),
    ...(requestId === undefined ? {} : { request_id: requestId }),
  };
}

/** Y2: the fields of one side that the other has otherwise. */
function differingFrom(fields: Fields | undefined, other: Fields | undefined): Fields | null {
  if (fields === undefined) return null;
  const textOf = (value: unknown) => canonicalJson(value ?? null);
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => value !== undefined && textOf(value) !== textOf(other?.[name]),
    ),
  );
}

function dataOf(change: AdminChange, origin: Origin): string {
  const { action, subject } = change;
  const from = toFrom(origin);
  return JSON.stringify({
    change: {
      action,
      ...subject,
      old: differingFrom(change.old, change.new),
      new: differingFrom(change.new, change.old),
    },
    ...(from === undefined ? {} : { from }),
  });
}

/** Writes changes into the log (Y1). @param changes of one length of waiting, if they wait */
export async function logAdminChanges(
  transaction: Transaction,
  { origin, shardCount }: LoggedBy,
  changes: readonly AdminChange[],
): Promise<void> {
  const named = changes.map((change) => ({ ...change, operationId: change.operationId ?? newOperationId() }));
  const shards = [...Map.groupBy(named, ({ operationId }) => shardOf(operationId, shardCount))];
  for (const [shardId, group] of shards.sort(([left], [right]) => left - right)) {
    const [row] = await transaction.query<{ created_at: Date }>(queries.insertAdminChanges, [
      shardId,
      textArray(group.map(({ operationId }) => operationId)),
      textArray(group.map(({ kind }) => kind)),
      textArray(group.map(({ waitsMs }) => (waitsMs === undefined ? "completed" : "pending_approval"))),
      textArray(group.map(({ userId }) => userId ?? null)),
      textArray(group.map(({ sourceSystem }) => sourceSystem ?? null)),
      textArray(group.map(({ targetSystem }) => targetSystem ?? null)),
      textArray(group.map((change) => dataOf(change, origin))),
      origin.principal,
      group[0]?.waitsMs ?? null,
    ]);
    const items = group.map(
      ({ operationId, kind, waitsMs }): OperationChange => ({
        type: "operation",
        operationId,
        kind,
        status: waitsMs === undefined ? "completed" : "pending_approval",
      }),
    );
    if (row !== undefined) recordChanges(transaction, shardId, row.created_at, items);
  }
}
