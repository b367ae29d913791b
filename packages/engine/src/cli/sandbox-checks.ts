// What the sandbox proves after a run, from what both nodes answer: conservation, two equal sides, two sound ledgers.
import { CommandError, exitCodes } from "./exit-codes.ts";
import { type MemberAccounts, readAccounts } from "./sandbox-accounts.ts";
import type { MadeExchange } from "./sandbox-exchanges.ts";
import { airline, type Clients, members, routes, type SandboxSystem, shop } from "./sandbox-world.ts";

const HOUR_MS = 3_600_000;
const RECONCILIATION_SECONDS = 60;

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

/** Each node reconciles the exchanges that it made with what the other node's ledger has of them. */
async function countMismatches(clients: Clients, since: Date): Promise<number> {
  const window = { start_time: since.toISOString(), end_time: new Date(Date.now() + HOUR_MS).toISOString() };
  let count = 0;
  for (const { source, target } of [routes.outward, routes.back]) {
    const pair = { source_system: source.systemId, target_system: target.systemId };
    const run = await clients[source.systemId].reconciliations.create(
      { ...pair, ...window },
      { waitSeconds: RECONCILIATION_SECONDS },
    );
    if (run.status !== "completed") {
      const why = run.failure ?? `it is ${run.status}`;
      throw new CommandError(
        exitCodes.refused,
        `the reconciliation of ${source.systemId} did not end: ${why}`,
      );
    }
    count += run.mismatches_count;
  }
  return count;
}

/** Looks at everything the run did. */
export async function checkRun(
  clients: Clients,
  before: Balances,
  exchanges: readonly MadeExchange[],
  since: Date,
): Promise<SandboxChecks> {
  const after = await readBalances(clients);
  const conservation =
    isConserved(shop, before.shop, after.shop, exchanges) &&
    isConserved(airline, before.airline, after.airline, exchanges);
  const reconciliationMismatches = await countMismatches(clients, since);
  const ledgers = await Promise.all([clients.shop.ledger.verify(), clients.airline.ledger.verify()]);
  const ledger = ledgers.every(({ ok }) => ok);
  const transfers = ledgers.reduce((sum, one) => sum + one.transfers, 0);
  const accounts = after.shop.size + after.airline.size;
  return { ledger, transfers, conservation, accounts, reconciliationMismatches };
}
