// Limits on requests as people set them.
import { type AdminChange, type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { AppError } from "../system/index.ts";
import * as queries from "./queries.ts";

export interface RequestLimitInput {
  readonly requestLimitId: string;
  readonly appliesTo: "principal" | "partner";
  /** A principal's name, or a system of the partner. */
  readonly subject: string;
  readonly requests: number;
  readonly windowMs: number;
}

export interface RequestLimit extends RequestLimitInput {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface LimitRow {
  readonly request_limit_id: string;
  readonly applies_to: RequestLimit["appliesTo"];
  readonly subject: string;
  readonly requests: number;
  readonly window_ms: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function toLimit(row: LimitRow): RequestLimit {
  return {
    requestLimitId: row.request_limit_id,
    appliesTo: row.applies_to,
    subject: row.subject,
    requests: row.requests,
    windowMs: row.window_ms,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf({ appliesTo, subject, requests, windowMs }: RequestLimitInput): Fields {
  return { applies_to: appliesTo, applies_to_id: subject, requests, window_ms: windowMs };
}

function changeOf(
  requestLimitId: string,
  action: AdminChange["action"],
  old: RequestLimitInput | undefined,
  present: RequestLimitInput | undefined,
): AdminChange {
  return {
    kind: "limit_change",
    action,
    subject: { request_limit_id: requestLimitId },
    old: old && fieldsOf(old),
    new: present && fieldsOf(present),
  };
}

async function requireFree(transaction: Transaction, input: RequestLimitInput): Promise<void> {
  const { appliesTo, subject, requestLimitId } = input;
  const [other] = await transaction.query<LimitRow>(queries.findBySubject, [appliesTo, subject]);
  if (other === undefined || other.request_limit_id === requestLimitId) return;
  const detail = `the ${appliesTo} ${subject} has the limit ${other.request_limit_id} already; change that one`;
  throw new AppError("limit_fixed", detail);
}

/**
 * Makes a limit or changes it; a new one begins with nothing used.
 * @throws AppError limit_fixed where the subject has another one
 */
export async function putRequestLimit(
  database: Database,
  input: RequestLimitInput,
  by: LoggedBy,
): Promise<{ readonly limit: RequestLimit; readonly isNew: boolean }> {
  const { requestLimitId, appliesTo, subject, requests, windowMs } = input;
  return runRetried(database, async (transaction) => {
    const [row] = await transaction.query<LimitRow>(queries.findRequestLimit, [requestLimitId]);
    const standing = row === undefined ? undefined : toLimit(row);
    await requireFree(transaction, input);
    const isSame =
      standing?.appliesTo === appliesTo &&
      standing.subject === subject &&
      standing.requests === requests &&
      standing.windowMs === windowMs;
    if (standing !== undefined && isSame) return { limit: standing, isNew: false };
    const parameters = [requestLimitId, appliesTo, subject, requests, windowMs];
    const [written] = await transaction.query<LimitRow>(queries.putRequestLimit, parameters);
    if (written === undefined) throw new Error(`the limit ${requestLimitId} on requests was not written`);
    const action = standing === undefined ? "created" : "changed";
    await logAdminChanges(transaction, by, [changeOf(requestLimitId, action, standing, input)]);
    return { limit: toLimit(written), isNew: standing === undefined };
  });
}

/** @returns undefined where there is none */
export async function deleteRequestLimit(
  database: Database,
  requestLimitId: string,
  by: LoggedBy,
): Promise<RequestLimit | undefined> {
  return runRetried(database, async (transaction) => {
    const [row] = await transaction.query<LimitRow>(queries.deleteRequestLimit, [requestLimitId]);
    if (row === undefined) return undefined;
    const removed = toLimit(row);
    await logAdminChanges(transaction, by, [changeOf(requestLimitId, "removed", removed, undefined)]);
    return removed;
  });
}

export async function findRequestLimit(
  transaction: Transaction,
  requestLimitId: string,
): Promise<RequestLimit | undefined> {
  const [row] = await transaction.query<LimitRow>(queries.findRequestLimit, [requestLimitId]);
  return row === undefined ? undefined : toLimit(row);
}

/** In the order of their ids. */
export async function listRequestLimits(
  transaction: Transaction,
  filter: { readonly after?: string | undefined; readonly limit: number },
): Promise<RequestLimit[]> {
  const rows = await transaction.query<LimitRow>(queries.listRequestLimits, [
    filter.after ?? null,
    filter.limit,
  ]);
  return rows.map(toLimit);
}
