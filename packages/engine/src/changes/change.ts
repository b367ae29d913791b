// What one transaction changed, as it is kept: names and states, no contents. What never changes again, such as the
// amount of an exchange or the balance after a line, is read from its own row by whoever needs it.
import type { OperationKind, OperationStatus } from "../domain/index.ts";

/** What the audit log says of an operation beside its id, kind and status. */
export interface OperationSeal {
  /** Base64url; the same for all of one change. */
  readonly salt: string;
  readonly principal: string;
  /** Who agreed, where a second person had to. */
  readonly approvedBy: string | undefined;
  /** See domain/operation-digest.ts. */
  readonly digest: string;
}

/** An operation that is new, or has another status than before. Listed once per transaction, in its last status. */
export interface OperationChange {
  readonly type: "operation";
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly status: OperationStatus;
  /** Of what was recorded with its row at hand: all exchanges, credits, debits and holds. */
  readonly seal?: OperationSeal;
}

/** A line of a member's account; version 0 stands for the account itself, opened without one. */
export interface LineChange {
  readonly type: "line";
  /** Within the shard in which the change is recorded. */
  readonly accountNo: bigint;
  readonly version: bigint;
}

/** What is neither, and rare: `topic` says what it is, such as `inconsistency.opened`. */
export interface NoteChange {
  readonly type: "note";
  readonly topic: string;
  /** The id of what changed. */
  readonly subject: string;
  /** What can't be read from a row later. Ids, states and numbers: no personal data. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export type ChangeItem = OperationChange | LineChange | NoteChange;

/** What one transaction did in one shard. */
export interface Change {
  /** Its place in the log; positions have no gaps. */
  readonly position: bigint;
  readonly shardId: number;
  /** When it was done, by the database's clock. Not in order: positions are. */
  readonly at: Date;
  /** Operations, then lines, then notes, each in the order in which they were recorded. At least one. */
  readonly items: readonly ChangeItem[];
}
