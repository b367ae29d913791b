// What an entry says: which operations one transaction made or ended, whose they were, and what else it noted.
//
// D1  An operation is named with a digest of its row (domain/operation-digest.ts), so a row that is changed later no
//     longer fits its entry. Nothing personal is in an entry: user ids, amounts and free data are in the digest only,
//     behind the entry's salt.
// D2  What was sealed when it was recorded is taken as it was then; of the rest the row as it stands is taken.
import { type Change, type OperationChange, type OperationSeal, sealOperation } from "../changes/index.ts";
import type { Operation } from "../domain/index.ts";

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

/** Operations are kept for ever, so one that is gone was taken out of the database by somebody. */
const gone = { principal: "", approvedBy: undefined, digest: "" };

function groupOperations(
  changes: readonly OperationChange[],
  sealOf: (change: OperationChange) => Omit<OperationSeal, "salt">,
): OperationGroup[] {
  const groups = new Map<string, OperationGroup>();
  for (const change of changes) {
    const { operationId, kind, status } = change;
    const { principal, approvedBy, digest } = sealOf(change);
    const name = JSON.stringify([kind, status, principal, approvedBy]);
    let group = groups.get(name);
    if (group === undefined) {
      const approval = approvedBy === undefined ? {} : { approved_by: approvedBy };
      group = { kind, status, principal, ...approval, operations: [] };
      groups.set(name, group);
    }
    group.operations.push([operationId, digest]);
  }
  return [...groups.values()];
}

/**
 * What the leaf commits to, byte for byte.
 * @param operations those that the change names without a seal, by id
 * @param salt the one of its seals, where it has any
 */
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
    done: groupOperations(named, (change) => {
      if (change.seal !== undefined) return change.seal; // D2
      const operation = operations.get(change.operationId);
      return operation === undefined ? gone : sealOperation(operation, change, salt);
    }),
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
