// What an entry says: which operations one transaction made or ended, whose they were, and what else it noted.
//
// D1  An operation is named with a digest of all of its row that never changes, so a row that is changed later no
//     longer fits its entry. Nothing personal is in an entry: user ids, amounts and free data are in the digest only,
//     behind the entry's salt.
// D2  Of what people set on a node the digest covers what was and what is too, since there it is the point.
import { hash } from "node:crypto";
import type { Change, OperationChange } from "../changes/index.ts";
import { canonicalJson, type Operation } from "../domain/index.ts";

/** Kinds whose data says what was set, and never changes once they are completed (D2). */
const kindsWithData: ReadonlySet<string> = new Set<Operation["kind"]>([
  "system_change",
  "credit_type_change",
  "link_change",
  "limit_change",
  "limit_settlement",
  "adjustment",
  "grant_change",
  "user_change",
  "provisioning",
  "node_key_change",
  "webhook_change",
  "alert_channel_change",
  "api_key_change",
  "mapping_change",
]);

/** An operation as an entry names it. */
export interface EntryOperation {
  readonly operationId: string;
  readonly kind: string;
  readonly status: string;
  readonly principal: string;
  /** SHA-256, base64url (D1); empty for one that was gone before it was audited. */
  readonly digest: string;
}

/** Operations that one principal made or ended in the same way; a batch of exchanges is one of these. */
interface OperationGroup {
  readonly kind: string;
  readonly status: string;
  readonly principal: string;
  /** Who agreed, where a second person had to. */
  readonly approved_by?: string;
  /** Id and digest of each. */
  readonly operations: [operationId: string, digest: string][];
}

export interface EntryBody {
  readonly version: 1;
  readonly position: string;
  readonly at: string;
  readonly done: readonly OperationGroup[];
  readonly notes: readonly Readonly<Record<string, unknown>>[];
}

function textOf(value: bigint | Date | null): string | null {
  return value instanceof Date ? value.toISOString() : value === null ? null : String(value);
}

/** Written the same whatever the order of its keys; most have none. */
function freeText(value: object | null): string | null {
  return value === null ? null : canonicalJson(value);
}

/** The digest of an operation's row as it stood under a status (D1, D2). @param salt the entry's, base64url */
export function digestOperation(
  operation: Operation,
  change: Pick<EntryOperation, "kind" | "status">,
  salt: string,
): string {
  const hasData = kindsWithData.has(change.kind) && change.status === "completed";
  const content = JSON.stringify([
    salt,
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
    freeText(operation.metadata),
    operation.principal,
    textOf(operation.initiatedAt),
    textOf(operation.createdAt),
    hasData ? freeText(operation.data) : null,
  ]);
  return hash("sha256", content, "base64url");
}

function approverOf({ data }: Operation): string | undefined {
  const approvedBy: unknown = (data as { readonly approved_by?: unknown } | null)?.approved_by;
  return typeof approvedBy === "string" ? approvedBy : undefined;
}

function groupOperations(
  changes: readonly OperationChange[],
  operations: ReadonlyMap<string, Operation>,
  salt: string,
): OperationGroup[] {
  const groups = new Map<string, OperationGroup>();
  for (const change of changes) {
    const { operationId, kind, status } = change;
    const operation = operations.get(operationId);
    // Operations are kept for ever, so one that is gone was taken out of the database by somebody.
    const principal = operation?.principal ?? "";
    const approvedBy = operation === undefined ? undefined : approverOf(operation);
    const name = `${kind} ${status} ${principal} ${approvedBy ?? ""}`;
    let group = groups.get(name);
    if (group === undefined) {
      const approval = approvedBy === undefined ? {} : { approved_by: approvedBy };
      group = { kind, status, principal, ...approval, operations: [] };
      groups.set(name, group);
    }
    group.operations.push([
      operationId,
      operation === undefined ? "" : digestOperation(operation, change, salt),
    ]);
  }
  return [...groups.values()];
}

/** What the leaf commits to, byte for byte. @param operations those that the change names, by id */
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
    done: groupOperations(named, operations, salt),
    notes: notes.map(({ topic, subject, data }) => ({
      topic,
      subject,
      ...(data === undefined ? {} : { data }),
    })),
  };
  return JSON.stringify(body);
}

/** The operations that an entry names. */
export function readEntryOperations(text: string): EntryOperation[] {
  const { done } = JSON.parse(text) as EntryBody;
  return done.flatMap(({ kind, status, principal, operations }) =>
    operations.map(([operationId, digest]) => ({ operationId, kind, status, principal, digest })),
  );
}
