// What a team gives the kit: its own store, as a few functions that run in a transaction of its own.
import type { CreditCall, CreditState, HoldCall, HoldState, UsersCall } from "@pointbridge/protocol/pxp";

/** A store may answer at once or later. */
export type Awaitable<T> = T | Promise<T>;

/** The one unique key: an id is one row in it, whoever repeats it. */
export interface RowKey {
  /** The calling node, as `findKey` names it. Never its key: keys are rotated. */
  readonly callingNode: string;
  /** The called system: a credit's target, a hold's source. */
  readonly system: string;
  readonly kind: "credit" | "hold";
  readonly operationId: string;
}

/** What is kept under an id, for ever. */
export interface PartnerRow extends RowKey {
  /** `pending` only while a credit waits for its end, and inside the transaction that makes a row. */
  readonly state: CreditState | HoldState;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  /** Null, like the two below, in a row that fences an id that had not arrived. */
  readonly userId: string | null;
  readonly creditTypeId: string | null;
  readonly amount: bigint | null;
  /** Kept as it was received: lists are ordered by it. */
  readonly initiatedAt: string;
  /** Of a credit, as it came; needed from `reconciliation_level` 2 on, where the other side compares it. */
  readonly exchangeRate?: string | null;
  readonly completedAt: string | null;
  readonly transactionId: string | null;
  readonly refusalCode: string | null;
}

/** Which secret of a calling node's: one for each leg and version. */
export interface SecretKey {
  readonly callingNode: string;
  readonly kind: "credits" | "holds";
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly version: number;
}

/** Points of one member, about to move. */
export interface PointsMovement {
  readonly callingNode: string;
  readonly operationId: string;
  readonly kind: "credit" | "hold";
  readonly system: string;
  readonly userId: string;
  readonly creditTypeId: string;
  readonly amount: bigint;
  /** The other system of the exchange: who owes you these points, or is owed them. */
  readonly counterparty: string;
  readonly transactionId: string;
}

/** The pair of credit types that a credit was exchanged at. */
export interface RatePair {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly sourceCreditType: string;
  readonly targetCreditType: string;
}

export interface RowQuery {
  readonly callingNode: string;
  readonly system: string;
  readonly kind: "credit" | "hold";
  /** The other system of the rows that are asked for. */
  readonly counterparty: string;
  /** Half open: `startTime <= initiatedAt < endTime`, compared as texts. */
  readonly startTime: string;
  readonly endTime: string;
  /** Rows behind this one in the order only. */
  readonly after: { readonly initiatedAt: string; readonly operationId: string } | undefined;
  readonly limit: number;
}

/** Of a new credit: its end comes later, by `partner.finishPending`. */
export const pendingCredit: unique symbol = Symbol("pending credit");

export type ProvisionedUser =
  | { readonly userId: string; readonly created: boolean }
  | { readonly refused: string };

/**
 * Your store. Everything that takes `tx` runs inside one call of `transaction`, which commits all of it or none.
 * What throws is answered as an unknown outcome, and the caller asks again.
 */
export interface PartnerStore<Tx> {
  /** Runs `work` in a transaction and commits it. May run it again after a conflict or a deadlock. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;

  /** Inserts the row; false, and nothing done, where its key is taken (`on conflict do nothing`). */
  insertRow(tx: Tx, row: PartnerRow): Awaitable<boolean>;
  /** Reads the row and locks it until the transaction ends (`for update`). */
  lockRow(tx: Tx, key: RowKey): Awaitable<PartnerRow | undefined>;
  /** Stores the row over the one under its key. */
  updateRow(tx: Tx, row: PartnerRow): Awaitable<void>;

  /** Your rules for a new id: a code refuses it for good, `pendingCredit` leaves a credit's end for later. */
  judge(
    tx: Tx,
    movement: PointsMovement,
    call: CreditCall | HoldCall,
  ): Awaitable<string | typeof pendingCredit | undefined>;
  /** The highest rate in force for the pair at any time since then; undefined where you have none. */
  findHighestRate(tx: Tx, pair: RatePair, since: Date): Awaitable<string | undefined>;

  /** Gives the member the points. Can't be refused any more: `judge` has been asked. */
  addPoints(tx: Tx, movement: PointsMovement): Awaitable<void>;
  /** Takes them back; false, and nothing done, where the member has not enough of them. */
  takePoints(tx: Tx, movement: PointsMovement): Awaitable<boolean>;
  /** For a source: sets points aside; false, and nothing done, where the member has not enough of them. */
  holdPoints?(tx: Tx, movement: PointsMovement): Awaitable<boolean>;
  /** For a source: the points set aside are gone. Can't be refused: they are set aside since the hold. */
  captureHold?(tx: Tx, movement: PointsMovement): Awaitable<void>;
  /** For a source: the points set aside are the member's again. */
  releaseHold?(tx: Tx, movement: PointsMovement): Awaitable<void>;
  /** Whether a pending credit can still be given up, so that it never completes; absent: always. */
  cancelPending?(tx: Tx, row: PartnerRow): Awaitable<boolean>;

  /** The user of that source user, always the same one; created where there is none. Absent: none are made. */
  provisionUser?(tx: Tx, call: UsersCall, callingNode: string): Awaitable<ProvisionedUser>;
  /** Ordered by initiatedAt, then by operationId's bytes. */
  listRows(tx: Tx, query: RowQuery): Awaitable<readonly PartnerRow[]>;

  /**
   * Keeps a secret under which digests are wanted, unless there is one under its key; answers the one that is kept.
   * With `findSecret` and rows that have their `exchangeRate`, partners compare with you at level 2; else at level 1.
   */
  keepSecret?(tx: Tx, key: SecretKey, secret: string): Awaitable<string>;
  findSecret?(tx: Tx, key: SecretKey): Awaitable<string | undefined>;

  /** Keeps the nonce until then, shared by all instances; false where it is kept already. One atomic insert. */
  takeNonce(callingNode: string, nonce: string, keepUntil: Date): Awaitable<boolean>;
}
