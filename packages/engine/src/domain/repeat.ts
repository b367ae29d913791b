// Repeats: whether a command that finds its id in use asks for the same thing as the first time.
// The stored row is the body itself, so the comparison is exact and names the first field that differs.
import { canonicalJson } from "./canonical-json.ts";
import type {
  AccountCommand,
  AdjustCommand,
  CreatingCommand,
  ExchangeCommand,
  OpeningCommand,
  PartnerCreditCommand,
  PartnerHoldCommand,
  RestoreCommand,
} from "./command.ts";
import { movedAmountOf } from "./decide-adjustment.ts";
import type { Operation } from "./operation.ts";

type Comparison = readonly [field: string, asked: unknown, stored: unknown];

function metadataText(metadata: unknown): string {
  return metadata === null ? "" : canonicalJson(metadata);
}

function compareExchange(command: ExchangeCommand, stored: Operation): Comparison[] {
  // A credit request names no quote, so one that was made again from it does not know of any: its terms are the quote's.
  const quoteId = stored.data?.restored === undefined ? command.quoteId : stored.quoteId;
  return [
    ["user_id", command.userId, stored.userId],
    ["source_system", command.sourceSystem, stored.sourceSystem],
    ["target_system", command.targetSystem, stored.targetSystem],
    ["source_credit_type", command.sourceCreditType, stored.sourceCreditType],
    ["target_credit_type", command.targetCreditType, stored.targetCreditType],
    ["amount", command.amount, stored.sourceAmount],
    ["quote_id", quoteId, stored.quoteId],
    ["metadata", metadataText(command.metadata), metadataText(stored.metadata)],
  ];
}

function compareAccount(command: AccountCommand | OpeningCommand, stored: Operation): Comparison[] {
  const isCredit = command.type === "credit" || command.type === "opening";
  return [
    ["system_id", command.systemId, isCredit ? stored.targetSystem : stored.sourceSystem],
    ["user_id", command.userId, stored.userId],
    ["credit_type_id", command.creditTypeId, isCredit ? stored.targetCreditType : stored.sourceCreditType],
    ["amount", command.amount, isCredit ? stored.targetAmount : stored.sourceAmount],
  ];
}

function compareDetails(command: AccountCommand, stored: Operation): Comparison[] {
  const storedExpiresInMs =
    stored.expiresAt === null ? null : stored.expiresAt.getTime() - stored.createdAt.getTime();
  return [
    ["business_code", command.businessCode, stored.businessCode],
    ["business_id", command.businessId, stored.businessId],
    ["expires_in_ms", command.expiresInMs, storedExpiresInMs],
    ["metadata", metadataText(command.metadata), metadataText(stored.metadata)],
  ];
}

/** What decides whether a partner repeats itself; the rest of its call is not compared. */
function comparePartner(command: PartnerCreditCommand | PartnerHoldCommand, stored: Operation): Comparison[] {
  const isCredit = command.type === "partner_credit";
  return [
    ["source_system", command.sourceSystem, stored.sourceSystem],
    ["target_system", command.targetSystem, stored.targetSystem],
    ["user_id", command.userId, stored.userId],
    ["credit_type_id", command.creditTypeId, isCredit ? stored.targetCreditType : stored.sourceCreditType],
    ["amount", command.amount, movedAmountOf(stored)],
  ];
}

function compareAdjustment(command: AdjustCommand, stored: Operation): Comparison[] {
  const { operation_id, from, to } = stored.data?.adjusts ?? {};
  return [
    ["adjusted_id", command.adjustedId, operation_id],
    ["from", String(command.from), from],
    ["to", String(command.to), to],
  ];
}

function compareRestored(command: RestoreCommand, stored: Operation): Comparison[] {
  return [
    ["user_id", command.userId, stored.userId],
    ["source_system", command.sourceSystem, stored.sourceSystem],
    ["target_system", command.targetSystem, stored.targetSystem],
    ["source_credit_type", command.sourceCreditType, stored.sourceCreditType],
    ["target_credit_type", command.targetCreditType, stored.targetCreditType],
    ["amount", command.sourceAmount, stored.sourceAmount],
    ["target_user_id", command.targetUserId, stored.targetUserId],
    ["target_amount", command.targetAmount, stored.targetAmount],
  ];
}

function comparisonsOf(command: CreatingCommand, stored: Operation): Comparison[] {
  switch (command.type) {
    case "exchange":
      return compareExchange(command, stored);
    case "opening":
      return compareAccount(command, stored);
    case "credit":
    case "debit":
    case "hold":
      return [...compareAccount(command, stored), ...compareDetails(command, stored)];
    case "partner_credit":
    case "partner_hold":
      return comparePartner(command, stored);
    case "adjustment":
      return compareAdjustment(command, stored);
    case "restore":
      return compareRestored(command, stored);
  }
}

/** A fence stands where a rollback or release arrived before what it undoes; it has no body, a partner's its systems. */
export function isFence(stored: Operation): boolean {
  return stored.userId === null && (stored.status === "rolled_back" || stored.status === "released");
}

const fencedFields: readonly string[] = ["source_system", "target_system"];

/** The first field in which the command differs from what its id was first used for; undefined if none. */
export function conflictingField(command: CreatingCommand, stored: Operation): string | undefined {
  const kind = command.type === "restore" ? "exchange" : command.type;
  if (kind !== stored.kind) return "type";
  const isHollow = isFence(stored);
  const isCompared = (field: string, kept: unknown) =>
    !isHollow || (fencedFields.includes(field) && kept !== null);
  const differs = ([field, asked, kept]: Comparison) => asked !== kept && isCompared(field, kept);
  return comparisonsOf(command, stored).find(differs)?.[0];
}
