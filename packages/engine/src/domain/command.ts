// What may be asked of the ledger. A command carries everything that its decision needs beside the loaded state.
import type { CrossingEvent, CrossingState } from "./crossing.ts";
import type { Metadata } from "./operation.ts";
import type { TraceContext } from "./trace.ts";

interface Identified {
  readonly operationId: string;
  /** Who asks, for the log. */
  readonly principal: string;
}

export interface ExchangeCommand extends Identified {
  readonly type: "exchange";
  readonly userId: string;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly sourceCreditType: string;
  readonly targetCreditType: string;
  readonly amount: bigint;
  readonly quoteId: string | null;
  readonly metadata: Metadata | null;
  /** No part of the body: a repeat may have another. */
  readonly trace?: TraceContext;
}

/** A credit, debit or hold on one member's account. */
export interface AccountCommand extends Identified {
  readonly type: "credit" | "debit" | "hold";
  readonly systemId: string;
  readonly userId: string;
  readonly creditTypeId: string;
  readonly amount: bigint;
  readonly businessCode: string | null;
  readonly businessId: string | null;
  readonly metadata: Metadata | null;
  /** Of a hold: milliseconds by the database's clock until it ends by itself; null for never. */
  readonly expiresInMs: number | null;
}

/** The balance an account starts with; 0 opens it empty. Its id is `openingIdOf` the account. */
export interface OpeningCommand extends Identified {
  readonly type: "opening";
  readonly systemId: string;
  readonly userId: string;
  readonly creditTypeId: string;
  readonly amount: bigint;
}

/** Brings what a partner's credit or hold has moved to what its signed request asks for. */
export interface AdjustCommand extends Identified {
  readonly type: "adjustment";
  /** The row, under its stored id. */
  readonly adjustedId: string;
  readonly systemId: string;
  readonly userId: string;
  readonly creditTypeId: string;
  /** What the row comes to now, and what it is to come to. */
  readonly from: bigint;
  readonly to: bigint;
  readonly evidenceId: string;
}

/**
 * Makes an exchange again that this node has lost, from the credit request that it signed for it. Its terms were judged
 * when it was made, so they are not judged again.
 */
export interface RestoreCommand extends Identified {
  readonly type: "restore";
  readonly userId: string;
  readonly targetUserId: string;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly sourceCreditType: string;
  readonly targetCreditType: string;
  readonly sourceAmount: bigint;
  readonly targetAmount: bigint;
  readonly exchangeRate: string;
  readonly initiatedAt: Date;
  readonly metadata: Metadata | null;
  readonly evidenceId: string;
}

export interface CaptureCommand extends Identified {
  readonly type: "capture";
  /** Null for the whole hold. */
  readonly amount: bigint | null;
}

/** `expire` is the node's own: it releases a hold whose time is up, and nothing else. */
export interface ReleaseCommand extends Identified {
  readonly type: "release" | "expire";
}

export interface RollbackCommand extends Identified {
  readonly type: "rollback";
  readonly kind: "credit" | "debit";
}

/** A partner's signed request, kept with what it made or changed. One object for all calls of one request. */
export interface Evidence {
  readonly evidenceId: string;
  readonly nodeId: string;
  readonly keyId: string;
  /** From /pxp/v1/ on. */
  readonly path: string;
  /** What was signed as @target-uri. */
  readonly targetUri: string;
  readonly signatureInput: string;
  readonly signature: string;
  readonly contentDigest: string;
  readonly contentType: string;
  /** Exactly what was signed, as text. */
  readonly body: string;
  readonly receivedAt: Date;
}

/** What every call of a partner names. Its operation id is `partnerOperationId` of node, system and id. */
interface PartnerCall extends Identified {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly initiatedAt: Date;
  readonly evidence: Evidence;
}

export interface PartnerCreditCommand extends PartnerCall {
  readonly type: "partner_credit";
  /** False where the partner may not begin it; what stands under the id is answered all the same. */
  readonly isGranted?: boolean;
  readonly userId: string;
  readonly creditTypeId: string;
  readonly amount: bigint;
  readonly sourceCreditType: string;
  readonly sourceAmount: bigint;
  readonly exchangeRate: string;
  readonly metadata: Metadata | null;
}

export interface PartnerHoldCommand extends PartnerCall {
  readonly type: "partner_hold";
  /** False where the partner may not begin it; what stands under the id is answered all the same. */
  readonly isGranted?: boolean;
  readonly userId: string;
  readonly creditTypeId: string;
  readonly amount: bigint;
  readonly metadata: Metadata | null;
}

export interface PartnerEndingCommand extends PartnerCall {
  readonly type: "partner_rollback" | "partner_capture" | "partner_release";
}

/** No verdict came: why, and how long the partner asked to be left alone. */
export interface NoVerdict {
  readonly kind: "unknown";
  readonly reason: string;
  readonly retryAfterMs?: number;
}

/** An operator's wish: ask again now; write off, which another person approves. */
export type OperatorWish =
  | { readonly kind: "ask_again" }
  | { readonly kind: "propose_write_off"; readonly note: string }
  | { readonly kind: "approve_write_off" };

/** What became known of an exchange under way, or was decided about it. */
export interface AdvanceCommand extends Identified {
  readonly type: "advance";
  /** The state in which the call was made that this answers; null where it holds in any. */
  readonly state: CrossingState | null;
  readonly event: CrossingEvent | NoVerdict | OperatorWish;
}

/** A command that brings its own id into being. */
export type CreatingCommand =
  | ExchangeCommand
  | AccountCommand
  | OpeningCommand
  | AdjustCommand
  | RestoreCommand
  | PartnerCreditCommand
  | PartnerHoldCommand;

/** A command that acts on an id made earlier. */
export type EndingCommand =
  | CaptureCommand
  | ReleaseCommand
  | RollbackCommand
  | PartnerEndingCommand
  | AdvanceCommand;

export type Command = CreatingCommand | EndingCommand;
