// What may be asked of the ledger. A command carries everything that its decision needs beside the loaded state.
import type { Metadata } from "./operation.ts";

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

/** A command that brings its own id into being. */
export type CreatingCommand = ExchangeCommand | AccountCommand | OpeningCommand;

/** A command that acts on an id made earlier. */
export type EndingCommand = CaptureCommand | ReleaseCommand | RollbackCommand;

export type Command = CreatingCommand | EndingCommand;
