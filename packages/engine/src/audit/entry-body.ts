// What an entry says: which operations one transaction made or ended, whose they were, and what else it noted.
//
// D1  An operation is named with a digest of all of its row that never changes, so a row that is changed later no
//     longer fits its entry. Nothing personal is in an entry: user ids, amounts and free data are in the digest only,
//     behind the entry's salt.
// D2  Of what people set on a node the digest covers what was and what is too, since there it is the point.
import { createHash } from "node:crypto";
import type { Change, OperationChange } from "../changes/index.ts";
import { canonicalJson, type Operation } from "../domain/index.ts";

/** Kinds whose data says what was set, and never changes once they are completed (D2). */
const kindsWithData: ReadonlySet<string> = new Set<Operation["kind"]>([
  "system_change",
  "credit_type_change",
  "link_change",
  "user_change",
  "provisioning",
  "node_key_change",
  "webhook_change",
  "alert_channel_change",
  "api_key_change",
  "mapping_change",
]);

export interface EntryOperation {
  readonly operation_id: string;
  readonly kind: string;
  readonly status: string;
  readonly principal: string;
  /** Who agreed, where a second person had to. */
  readonly approved_by?: string;
  /** SHA-256, base64url (D1). */
  readonly digest: string;
}

export interface EntryBody {
  readonly version: 1;
  readonly position: string;
  readonly at: string;
  readonly operations: readonly EntryOperation[];
  readonly notes: readonly Readonly<Record<string, unknown>>[];
}

function textOf(value: bigint | Date | null): string | null {
  return value instanceof Date ? value.toISOString() : value === null ? null : String(value);
}

/** The digest of an operation's row as it stood under a status (D1, D2). @param salt the entry's, base64url */
export function digestOperation(operation: Operation, change: OperationChange, salt: string): string {
  const hasData = kindsWithData.has(change.kind) && change.status === "completed";
  const content = canonicalJson([
    operation.operationId,
    operation.kind,
    operation.userId,
    operation.sourceSystem,
    operation.targetSystem,
    operation.sourceCreditType,
    operation.targetCreditType,
    textOf(operation.sourceAmount),
    textOf(operation.targetAmount),
    operation.exchangeRate,
    operation.kind === "rate_change" ? null : operation.rateVersion,
    operation.quoteId,
    operation.businessCode,
    operation.businessId,
    operation.metadata,
    operation.principal,
    textOf(operation.initiatedAt),
    textOf(operation.createdAt),
    hasData ? operation.data : null,
  ]);
  return createHash("sha256").update(Buffer.from(salt, "base64url")).update(content).digest("base64url");
}

function approverOf({ data }: Operation): string | undefined {
  const approvedBy: unknown = (data as { readonly approved_by?: unknown } | null)?.approved_by;
  return typeof approvedBy === "string" ? approvedBy : undefined;
}

function toEntryOperation(
  change: OperationChange,
  operation: Operation | undefined,
  salt: string,
): EntryOperation {
  const { operationId, kind, status } = change;
  // Operations are kept for ever, so one that is gone was taken out of the database by somebody.
  if (operation === undefined) return { operation_id: operationId, kind, status, principal: "", digest: "" };
  const approvedBy = approverOf(operation);
  return {
    operation_id: operationId,
    kind,
    status,
    principal: operation.principal,
    ...(approvedBy === undefined ? {} : { approved_by: approvedBy }),
    digest: digestOperation(operation, change, salt),
  };
}

/** @param operations those that the change names, by id */
export function writeEntryBody(
  change: Change,
  operations: ReadonlyMap<string, Operation>,
  salt: string,
): string {
  const named = change.items.filter((item) => item.type === "operation");
  const notes = change.items.filter((item) => item.type === "note");
  const body: EntryBody = {
    version: 1,
    position: String(change.position),
    at: change.at.toISOString(),
    operations: named.map((item) => toEntryOperation(item, operations.get(item.operationId), salt)),
    notes: notes.map(({ topic, subject, data }) => ({
      topic,
      subject,
      ...(data === undefined ? {} : { data }),
    })),
  };
  return canonicalJson(body);
}

export function readEntryBody(text: string): EntryBody {
  return JSON.parse(text) as EntryBody;
}
