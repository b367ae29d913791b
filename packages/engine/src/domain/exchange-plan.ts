// The part of an exchange's judgement that needs no balance: who gives, who gets, how much, at which rate.
import type { RefusalCode } from "@pointbridge/protocol";
import { type AccountOwner, accountIdOf } from "./account.ts";
import type { Catalog, CatalogLink, CatalogRate } from "./catalog.ts";
import type { ExchangeCommand } from "./command.ts";
import type { Leg } from "./crossing.ts";
import { mappedUserKey } from "./mapped-user.ts";
import { MAX_POINTS } from "./points.ts";
import { type PricedFields, type Quote, refuseQuote } from "./quote.ts";
import { convertPoints } from "./rate.ts";

/** Who a source's user is at the target: somebody, or still to be created from a profile. */
export type TargetUser = { readonly userId: string } | "to_be_created";

/** An account with its id, which costs a hash. */
export interface PlannedAccount {
  readonly owner: AccountOwner;
  readonly accountId: string;
}

export interface PlannedAccounts {
  readonly source: PlannedAccount;
  /** Undefined while the target's user is still to be created. */
  readonly target: PlannedAccount | undefined;
}

/** What is known, beside the catalog, of what exchanges name. */
export interface ExchangeTerms {
  /** By `mappedUserKey`: those that have a mapping, and those that can be created. */
  readonly users: ReadonlyMap<string, TargetUser>;
  readonly quotes: ReadonlyMap<string, Quote>;
  readonly now: Date;
}

export interface ExchangePlan {
  /** Why the exchange can't be made, whatever the balances are; undefined if they decide. */
  readonly refusal: RefusalCode | undefined;
  /** Both sides' accounts; undefined where a refusal came before the target's user was known. */
  readonly accounts: PlannedAccounts | undefined;
  readonly legs: { readonly source: Leg; readonly target: Leg };
  readonly rate: CatalogRate | undefined;
  /** The quote whose price holds in place of the rate's; undefined where none is named, or one that is no good. */
  readonly quote: Quote | undefined;
  readonly targetAmount: bigint | undefined;
}

function refuseRoute(command: PricedFields, catalog: Catalog): RefusalCode | undefined {
  const systems = [command.sourceSystem, command.targetSystem].map((id) => catalog.system(id));
  if (systems.some((system) => system === undefined)) return "system_not_found";
  if (systems.some((system) => system?.status === "suspended")) return "system_suspended";
  const link = catalog.link(command.sourceSystem, command.targetSystem);
  if (link === undefined) return "link_not_found";
  if (!link.enabled) return "link_disabled";
  return undefined;
}

function targetUserOf(
  command: ExchangeCommand,
  link: CatalogLink | undefined,
  users: ReadonlyMap<string, TargetUser>,
): TargetUser | RefusalCode {
  if (link?.userMapping === "same_id") return { userId: command.userId };
  const { sourceSystem, targetSystem, userId: sourceUserId } = command;
  const user = users.get(mappedUserKey({ sourceSystem, sourceUserId, targetSystem }));
  if (user !== undefined) return user;
  return link?.autoProvision === true ? "user_not_found" : "mapping_not_found";
}

function isTooSmall(amount: bigint, targetAmount: bigint, rate: CatalogRate): boolean {
  return targetAmount === 0n || amount < rate.minSourceAmount;
}

/**
 * What an exchange would come to by the rate in force, or why it could not be made whoever makes it.
 * Says nothing of users and balances.
 */
export function priceExchange(
  fields: PricedFields,
  catalog: Catalog,
  now: Date,
): { readonly rate: CatalogRate; readonly targetAmount: bigint } | RefusalCode {
  const routeRefusal = refuseRoute(fields, catalog);
  if (routeRefusal !== undefined) return routeRefusal;
  const { sourceSystem, targetSystem, sourceCreditType, targetCreditType, amount } = fields;
  const rate = catalog.rate(sourceSystem, targetSystem, sourceCreditType, targetCreditType, now);
  if (rate === undefined) return "exchange_rate_not_found";
  const targetAmount = convertPoints(amount, rate.rate);
  if (isTooSmall(amount, targetAmount, rate)) return "amount_too_small";
  return targetAmount > MAX_POINTS ? "amount_too_large" : { rate, targetAmount };
}

/** Judges an exchange in CONTRACT's order of refusals, up to the ones that balances decide. */
export function planExchange(
  command: ExchangeCommand,
  catalog: Catalog,
  { users, quotes, now }: ExchangeTerms,
): ExchangePlan {
  const { sourceSystem, targetSystem, sourceCreditType, targetCreditType, amount, quoteId } = command;
  const legs = { source: legOf(sourceSystem, catalog), target: legOf(targetSystem, catalog) };
  const quote = quoteId === null ? undefined : quotes.get(quoteId);
  const refused = (refusal: RefusalCode, rate?: CatalogRate, targetAmount?: bigint): ExchangePlan => {
    const price = targetAmount === undefined ? undefined : quote;
    return { refusal, accounts: undefined, legs, rate, quote: price, targetAmount };
  };

  const routeRefusal = refuseRoute(command, catalog);
  if (routeRefusal !== undefined) return refused(routeRefusal);
  const rate = catalog.rate(sourceSystem, targetSystem, sourceCreditType, targetCreditType, now);
  if (rate === undefined) return refused("exchange_rate_not_found");
  const quoteRefusal = quoteId === null ? undefined : refuseQuote(quote, command, now);
  if (quoteRefusal !== undefined) return refused(quoteRefusal, rate);
  const targetAmount = quote?.targetAmount ?? convertPoints(amount, rate.rate);
  // The least amount is a part of the rate: a quote was held to the one that it was given by.
  if (quote === undefined && isTooSmall(amount, targetAmount, rate)) {
    return refused("amount_too_small", rate, targetAmount);
  }
  const user = targetUserOf(command, catalog.link(sourceSystem, targetSystem), users);
  if (user === "user_not_found" || user === "mapping_not_found") return refused(user, rate, targetAmount);
  const source = plannedAccount(sourceSystem, command.userId, sourceCreditType);
  const target =
    typeof user === "string" ? undefined : plannedAccount(targetSystem, user.userId, targetCreditType);
  return { refusal: undefined, accounts: { source, target }, legs, rate, quote, targetAmount };
}

function plannedAccount(systemId: string, userId: string, creditTypeId: string): PlannedAccount {
  const owner = { systemId, userId, creditTypeId };
  return { owner, accountId: accountIdOf(owner) };
}

function legOf(systemId: string, catalog: Catalog): Leg {
  return catalog.system(systemId)?.kind ?? "hosted";
}

/** Whether a user without a mapping may be created at the target. */
export function mayProvision(command: ExchangeCommand, catalog: Catalog): boolean {
  return catalog.link(command.sourceSystem, command.targetSystem)?.autoProvision === true;
}

/** The mapping that the plan of an exchange reads, if it reads one. */
export function needsMapping(command: ExchangeCommand, catalog: Catalog): boolean {
  return catalog.link(command.sourceSystem, command.targetSystem)?.userMapping === "mapped";
}
