// The part of an exchange's judgement that needs no balance: who gives, who gets, how much, at which rate.
import type { RefusalCode } from "@pointbridge/protocol";
import { type AccountOwner, accountIdOf } from "./account.ts";
import type { Catalog, CatalogLink, CatalogRate } from "./catalog.ts";
import type { ExchangeCommand } from "./command.ts";
import { mappedUserKey } from "./mapped-user.ts";
import { convertPoints } from "./rate.ts";

export interface PlannedAccounts {
  readonly sourceId: string;
  readonly source: AccountOwner;
  readonly targetId: string;
  readonly target: AccountOwner;
}

export interface ExchangePlan {
  /** Why the exchange can't be made, whatever the balances are; undefined if they decide. */
  readonly refusal: RefusalCode | undefined;
  /** Both sides' accounts; undefined where a refusal came before the target's user was known. */
  readonly accounts: PlannedAccounts | undefined;
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
  // An exchange with a system whose ledger is elsewhere needs the partner protocol.
  if (systems.some((system) => system?.kind === "remote")) return "system_not_hosted";
  return undefined;
}

function targetUserOf(
  command: ExchangeCommand,
  link: CatalogLink | undefined,
  mappings: ReadonlyMap<string, string>,
): string | undefined {
  if (link?.userMapping === "same_id") return command.userId;
  const { sourceSystem, targetSystem, userId: sourceUserId } = command;
  return mappings.get(mappedUserKey({ sourceSystem, sourceUserId, targetSystem }));
}

/** Judges an exchange in CONTRACT's order of refusals, up to the ones that balances decide. */
export function planExchange(
  command: ExchangeCommand,
  catalog: Catalog,
  mappings: ReadonlyMap<string, string>,
): ExchangePlan {
  const { sourceSystem, targetSystem, sourceCreditType, targetCreditType, amount } = command;
  const refused = (refusal: RefusalCode, rate?: CatalogRate, targetAmount?: bigint): ExchangePlan => {
    return { refusal, accounts: undefined, rate, targetAmount };
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
  const userId = targetUserOf(command, catalog.link(sourceSystem, targetSystem), mappings);
  if (userId === undefined) return refused("mapping_not_found", rate, targetAmount);
  const source = { systemId: sourceSystem, userId: command.userId, creditTypeId: sourceCreditType };
  const target = { systemId: targetSystem, userId, creditTypeId: targetCreditType };
  const accounts = { sourceId: accountIdOf(source), source, targetId: accountIdOf(target), target };
  return { refusal: undefined, accounts, rate, targetAmount };
}

/** The mapping that the plan of an exchange reads, if it reads one. */
export function needsMapping(command: ExchangeCommand, catalog: Catalog): boolean {
  return catalog.link(command.sourceSystem, command.targetSystem)?.userMapping === "mapped";
}
