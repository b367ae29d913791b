// Making, listing and revoking keys.
//
// A7  A key's making and its end are operations in the log, stored with it in one transaction.
// A8  A revoked key never comes back; revoking it again changes nothing.
import { type Origin, toFrom } from "../admin-log/index.ts";
import { recordChanges } from "../changes/index.ts";
import { type Database, runRetried, type Transaction, textArray } from "../database/index.ts";
import { blankOperation, type OperationData, shardOf } from "../domain/index.ts";
import type { Role } from "../grants/index.ts";
import { insertOperations } from "../operations/index.ts";
import { AppError, newOperationId } from "../system/index.ts";
import { type ApiKey, type ApiKeyRow, digestOfKey, makeKey, toApiKey } from "./api-key.ts";
import * as queries from "./queries.ts";

export interface NewApiKey {
  readonly name: string;
  readonly principal: string;
  readonly role: Role;
  /** What it is narrowed to; null for the whole node. A service and a partner have some. */
  readonly systems: readonly string[] | null;
  readonly expiresAt: Date | null;
  readonly createdBy: string;
  /** Who asked, and from where. */
  readonly origin?: Origin;
}

type Action = "created" | "revoked";

function dataOf(apiKey: ApiKey, action: Action, origin: Origin | undefined): OperationData {
  const { apiKeyId, name, principal, role, systems, expiresAt } = apiKey;
  const expiry = expiresAt?.toISOString() ?? null;
  const from = origin && toFrom(origin);
  return {
    api_key: { id: apiKeyId, action, name, principal, role, systems, expires_at: expiry },
    ...(from === undefined ? {} : { from }),
  };
}

/** A7 */
function logChange(
  transaction: Transaction,
  shardCount: number,
  change: {
    readonly apiKey: ApiKey;
    readonly action: Action;
    readonly by: string;
    readonly at: Date;
    readonly origin: Origin | undefined;
  },
): void {
  const { apiKey, action, by, at, origin } = change;
  const operation = blankOperation(newOperationId(), "api_key_change", "completed", by, at);
  insertOperations(transaction, shardCount, [{ ...operation, data: dataOf(apiKey, action, origin) }], at);
  const { operationId, kind, status } = operation;
  const recorded = { type: "operation", operationId, kind, status } as const;
  recordChanges(transaction, shardOf(operationId, shardCount), at, [recorded]);
}

/**
 * Makes a key. The one answer that has it is this one (A4).
 * @throws AppError system_not_found
 */
export async function createApiKey(
  database: Database,
  shardCount: number,
  input: NewApiKey,
): Promise<{ apiKey: ApiKey; key: string }> {
  const key = makeKey();
  const systems = input.systems === null ? null : [...new Set(input.systems)].sort();
  const apiKey = await runRetried(database, async (transaction) => {
    const [unknown] = await transaction.query<{ system_id: string }>(queries.unknownSystems, [
      textArray(systems ?? []),
    ]);
    if (unknown !== undefined) {
      throw new AppError("system_not_found", `no system has the id ${unknown.system_id}`);
    }
    const [row] = await transaction.query<ApiKeyRow>(queries.insertKey, [
      newOperationId(),
      digestOfKey(key),
      input.name,
      input.principal,
      input.role,
      systems === null ? null : JSON.stringify(systems),
      input.createdBy,
      input.expiresAt,
    ]);
    if (row === undefined) throw new Error("the API key was not written");
    const made = toApiKey(row);
    logChange(transaction, shardCount, {
      apiKey: made,
      action: "created",
      by: input.createdBy,
      at: made.createdAt,
      origin: input.origin,
    });
    return made;
  });
  return { apiKey, key };
}

/** Ends a key at once (A5, A8); undefined where there is none with this id. */
export async function revokeApiKey(
  database: Database,
  shardCount: number,
  apiKeyId: string,
  by: string,
  origin?: Origin,
): Promise<ApiKey | undefined> {
  return runRetried(database, async (transaction) => {
    const [standing] = await transaction.query<ApiKeyRow>(queries.lockKey, [apiKeyId]);
    if (standing === undefined || standing.revoked_at !== null) {
      return standing === undefined ? undefined : toApiKey(standing);
    }
    const [row] = await transaction.query<ApiKeyRow>(queries.revokeKey, [apiKeyId, by]);
    if (row === undefined) throw new Error(`the API key ${apiKeyId} was not written`);
    const revoked = toApiKey(row);
    const at = revoked.revokedAt ?? new Date(Number.NaN);
    logChange(transaction, shardCount, { apiKey: revoked, action: "revoked", by, at, origin });
    return revoked;
  });
}

/** The newest first, revoked and expired ones too. */
export async function listApiKeys(
  transaction: Transaction,
  page: { readonly limit: number; readonly before?: string | undefined },
): Promise<ApiKey[]> {
  const rows = await transaction.query<ApiKeyRow>(queries.listKeys, [page.before ?? null, page.limit]);
  return rows.map(toApiKey);
}
