// The part of an exchange's judgement that needs no balance: who gives, who gets, how much, at which rate.
import type { RefusalCode } from "@pointbridge/protocol";
import { type AccountOwner, accountIdOf } from "./account.ts";
import type { Catalog, CatalogLink, CatalogRate } from "./catalog.ts";
import type { ExchangeCommand } from "./command.ts";
import type { Leg } from "./crossing.ts";
import { mappedUserKey } from "./mapped-user.ts";
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

export interface ExchangePlan {
  /** Why the exchange can't be made, whatever the balances are; undefined if they decide. */
  readonly refusal: RefusalCode | undefined;
  /** Both sides' accounts; undefined where a refusal came before the target's user was known. */
  readonly accounts: PlannedAccounts | undefined;
  readonly legs: { readonly source: Leg; readonly target: Leg };
  readonly rate: CatalogRate | undefined;
  readonly targetAmount: bigint | undefined;
}

function refuseRoute(command: ExchangeCommand, catalog: Catalog): RefusalCode | undefined {
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

/**
 * Judges an exchange in CONTRACT's order of refusals, up to the ones that balances decide.
 * @param users by `mappedUserKey`: those that have a mapping, and those that can be created
 */
export function planExchange(
  command: ExchangeCommand,
  catalog: Catalog,
  users: ReadonlyMap<string, TargetUser>,
): ExchangePlan {
  const { sourceSystem, targetSystem, sourceCreditType, targetCreditType, amount } = command;
  const legs = { source: legOf(sourceSystem, catalog), target: legOf(targetSystem, catalog) };
  const refused = (refusal: RefusalCode, rate?: CatalogRate, targetAmount?: bigint): ExchangePlan => {
    return { refusal, accounts: undefined, legs, rate, targetAmount };
  };

  const routeRefusal = refuseRoute(command, catalog);
  if (routeRefusal !== undefined) return refused(routeRefusal);
  const rate = catalog.rate(sourceSystem, targetSystem, sourceCreditType, targetCreditType);
  if (rate === undefined) return refused("exchange_rate_not_found");
  if (command.quoteId !== null) return refused("quote_mismatch", rate);
  const targetAmount = convertPoints(amount, rate.rate);
  if (targetAmount === 0n || amount < rate.minSourceAmount) {
    return refused("amount_too_small", rate, targetAmount);
  }
  const user = targetUserOf(command, catalog.link(sourceSystem, targetSystem), users);
  if (user === "user_not_found" || user === "mapping_not_found") return refused(user, rate, targetAmount);
  const source = plannedAccount(sourceSystem, command.userId, sourceCreditType);
  const target =
    typeof user === "string" ? undefined : plannedAccount(targetSystem, user.userId, targetCreditType);
  return { refusal: undefined, accounts: { source, target }, legs, rate, targetAmount };
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
