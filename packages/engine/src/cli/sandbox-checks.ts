// What the sandbox proves after a run, from what both nodes answer: conservation, two equal sides, two sound ledgers.
import type { Entry } from "@pointbridge/sdk";
import { type MemberAccounts, readAccounts } from "./sandbox-accounts.ts";
import type { MadeExchange } from "./sandbox-exchanges.ts";
import { airline, type Clients, members, type SandboxSystem, shop } from "./sandbox-world.ts";

export interface Balances {
  readonly shop: MemberAccounts;
  readonly airline: MemberAccounts;
}

export interface SandboxChecks {
  readonly ledger: boolean;
  readonly transfers: number;
  readonly conservation: boolean;
  readonly accounts: number;
  readonly reconciliationMismatches: number;
}

export async function readBalances(clients: Clients): Promise<Balances> {
  const [shops, airlines] = await Promise.all([
    readAccounts(clients.shop, shop),
    readAccounts(clients.airline, airline),
  ]);
  return { shop: shops, airline: airlines };
}

/** What a run's exchanges and openings must have made of each member's points, by user id. */
function expectChanges(system: SandboxSystem, exchanges: readonly MadeExchange[]): Map<string, bigint> {
  const changes = new Map(members.map((member) => [system.userOf(member), system.openingAmount]));
  const add = (user: string, points: bigint) => changes.set(user, (changes.get(user) ?? 0n) + points);
  for (const { route, member, amount, targetAmount } of exchanges) {
    if (targetAmount === undefined) continue;
    if (route.source === system) add(system.userOf(member), -amount);
    if (route.target === system) add(system.userOf(member), targetAmount);
  }
  return changes;
}

function isConserved(
  system: SandboxSystem,
  before: MemberAccounts,
  after: MemberAccounts,
  exchanges: readonly MadeExchange[],
): boolean {
  const changes = expectChanges(system, exchanges);
  return [...after].every(([user, account]) => {
    const old = before.get(user);
    const expected = (old?.available ?? 0n) + (old?.frozen ?? 0n) + (changes.get(user) ?? 0n);
    return account.available + account.frozen === expected;
  });
}

interface Sides {
  readonly source: readonly Entry[];
  readonly target: readonly Entry[];
}

/** Whether what both members' statements say of an exchange is what it was answered with. */
function agrees(exchange: MadeExchange, { source, target }: Sides): boolean {
  const amountsOf = (entries: readonly Entry[], kind: Entry["entry"]) =>
    entries
      .filter((entry) => entry.operation_id === exchange.operationId)
      // A source's points are held before they are captured.
      .filter(({ entry }) => entry !== "hold")
      .map((entry) => (entry.entry === kind ? entry.amount.toString() : `not a ${kind}`));
  const taken = amountsOf(source, "capture");
  const given = amountsOf(target, "credit");
  if (exchange.targetAmount === undefined) return taken.length === 0 && given.length === 0;
  return taken.join() === exchange.amount.toString() && given.join() === exchange.targetAmount.toString();
}

async function countMismatches(
  clients: Clients,
  balances: Balances,
  exchanges: readonly MadeExchange[],
): Promise<number> {
  const statements = new Map<string, readonly Entry[]>();
  for (const [system, accounts] of [
    [shop, balances.shop],
    [airline, balances.airline],
  ] as const) {
    for (const member of members) {
      const user = system.userOf(member);
      const accountId = accounts.get(user)?.accountId;
      if (accountId === undefined) continue;
      // The newest hundred lines: a run adds fewer than ten to each statement.
      const { items } = await clients[system.systemId].accounts.listEntries(accountId, { limit: 100 }).page();
      statements.set(`${system.systemId} ${user}`, items);
    }
  }
  const statementOf = (system: SandboxSystem, member: number) =>
    statements.get(`${system.systemId} ${system.userOf(member)}`) ?? [];
  const mismatches = exchanges.filter((exchange) => {
    const { route, member } = exchange;
    const sides = { source: statementOf(route.source, member), target: statementOf(route.target, member) };
    return !agrees(exchange, sides);
  });
  return mismatches.length;
}

/** Looks at everything the run did. */
export async function checkRun(
  clients: Clients,
  before: Balances,
  exchanges: readonly MadeExchange[],
): Promise<SandboxChecks> {
  const after = await readBalances(clients);
  const conservation =
    isConserved(shop, before.shop, after.shop, exchanges) &&
    isConserved(airline, before.airline, after.airline, exchanges);
  const reconciliationMismatches = await countMismatches(clients, after, exchanges);
  const ledgers = await Promise.all([clients.shop.ledger.verify(), clients.airline.ledger.verify()]);
  const ledger = ledgers.every(({ ok }) => ok);
  const transfers = ledgers.reduce((sum, one) => sum + one.transfers, 0);
  const accounts = after.shop.size + after.airline.size;
  return { ledger, transfers, conservation, accounts, reconciliationMismatches };
}
