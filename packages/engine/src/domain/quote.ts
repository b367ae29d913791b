// A quote: a price that is kept for one exchange until its time is up.
//
// J1  A quote never changes: neither its fields nor its price nor its time.
// J2  It is good for the exchange that it was given for and for no other: one with other fields, one under
//     another id than it was asked for, and one that comes after it was used find that it is not theirs. An
//     exchange that is refused leaves it unused.
// J3  It is judged where the exchange is: in its transaction, under a lock on the quote, by the database's clock.
import type { RefusalCode } from "@pointbridge/protocol";
import type { ExchangeCommand } from "./command.ts";

/** What an exchange's price depends on. */
export type PricedFields = Pick<
  ExchangeCommand,
  "sourceSystem" | "targetSystem" | "sourceCreditType" | "targetCreditType" | "amount"
>;

export interface Quote extends PricedFields {
  readonly quoteId: string;
  /** The exchange that it was asked for; null where any may use it that has its fields. */
  readonly operationId: string | null;
  readonly userId: string;
  readonly targetAmount: bigint;
  readonly exchangeRate: string;
  readonly rateVersion: number;
  readonly principal: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** The exchange that has used it; null while none has. */
  readonly usedBy: string | null;
}

function isFor(quote: Quote, command: ExchangeCommand): boolean {
  return (
    quote.userId === command.userId &&
    quote.sourceSystem === command.sourceSystem &&
    quote.targetSystem === command.targetSystem &&
    quote.sourceCreditType === command.sourceCreditType &&
    quote.targetCreditType === command.targetCreditType &&
    quote.amount === command.amount &&
    (quote.operationId === null || quote.operationId === command.operationId)
  );
}

/**
 * Why the quote that an exchange names is not good for it (J2, J3); undefined where it is.
 * @param quote undefined where none has the id: then it is not this exchange's either, and the answer does not
 *   tell whether it is somebody else's
 */
export function refuseQuote(
  quote: Quote | undefined,
  command: ExchangeCommand,
  now: Date,
): RefusalCode | undefined {
  if (quote === undefined || quote.usedBy !== null || !isFor(quote, command)) return "quote_mismatch";
  return quote.expiresAt.getTime() <= now.getTime() ? "quote_expired" : undefined;
}
