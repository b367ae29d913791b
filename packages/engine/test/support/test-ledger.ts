// A small world for tests of the ledger below HTTP: systems, links, rates and mappings, commands, balances.
import { putCreditType, putLink, putSystem } from "../../src/catalog/index.ts";
import type { Database } from "../../src/database/index.ts";
import {
  type AccountCommand,
  type ExchangeCommand,
  type OpeningCommand,
  parseRate,
  type Rate,
} from "../../src/domain/index.ts";
import { listAccounts, verifyLedger } from "../../src/ledger/index.ts";
import { putMapping } from "../../src/mappings/index.ts";
import {
  defaultPostingSettings,
  type LaneListener,
  Posting,
  type PostingSettings,
} from "../../src/posting/index.ts";
import { setRate } from "../../src/rates/index.ts";
import { createLog } from "../../src/system/index.ts";

const principal = "tester";

export const hostedTypes: Readonly<Record<string, string>> = { shop: "coin", club: "star", bank: "point" };

export function rateOf(text: string): Rate {
  const rate = parseRate(text);
  if (rate === undefined) throw new Error(`${text} is no rate`);
  return rate;
}

/** What is agreed between two systems of the small world. */
export interface Route {
  readonly from: string;
  readonly to: string;
  readonly userMapping: "same_id" | "mapped";
  readonly enabled: boolean;
  readonly rate: string;
  readonly minSourceAmount: bigint;
}

export const routes: readonly Route[] = [
  { from: "shop", to: "club", userMapping: "same_id", enabled: true, rate: "0.29", minSourceAmount: 1n },
  { from: "club", to: "bank", userMapping: "mapped", enabled: true, rate: "2.5", minSourceAmount: 3n },
  { from: "bank", to: "shop", userMapping: "same_id", enabled: true, rate: "1", minSourceAmount: 1n },
  { from: "club", to: "shop", userMapping: "same_id", enabled: false, rate: "3", minSourceAmount: 1n },
];

/** Users of the club that are somebody in the bank: each one somebody else than the one of the same id. */
export const clubToBank: Readonly<Record<string, string>> = { u1: "u2", u2: "u3" };

/** Fills an empty database: shop, club and bank are hosted, airline is remote, closed is suspended. */
export async function furnish(database: Database, shardCount: number): Promise<void> {
  for (const [systemId, creditTypeId] of Object.entries(hostedTypes)) {
    await putSystem(database, { systemId, name: systemId, kind: "hosted" });
    await putCreditType(database, { systemId, creditTypeId, name: creditTypeId });
  }
  await putSystem(database, { systemId: "airline", name: "airline", kind: "remote" });
  await putSystem(database, { systemId: "closed", name: "closed", kind: "hosted", status: "suspended" });
  for (const { from, to, userMapping, enabled, rate, minSourceAmount } of routes) {
    await putLink(database, { sourceSystem: from, targetSystem: to, userMapping, enabled });
    await setRate(database, shardCount, {
      sourceSystem: from,
      targetSystem: to,
      sourceCreditType: hostedTypes[from] ?? "",
      targetCreditType: hostedTypes[to] ?? "",
      rate: rateOf(rate),
      rounding: "down",
      minSourceAmount,
      principal,
    });
  }
  for (const [sourceUserId, targetUserId] of Object.entries(clubToBank)) {
    const pair = { sourceSystem: "club", targetSystem: "bank" };
    await putMapping(database, shardCount, { ...pair, sourceUserId, targetUserId, principal });
  }
}

const deafListener: LaneListener = { batchDone: () => undefined, batchRetried: () => undefined };

/** A node's way into the ledger; holds that have expired are ended only when a test asks for it. */
export function openPosting(
  database: Database,
  shardCount: number,
  settings: Partial<PostingSettings> = {},
  listener: LaneListener = deafListener,
): Posting {
  const all = { ...defaultPostingSettings, shardCount, sweepIntervalMs: 0, ...settings };
  return new Posting(database, all, listener, createLog("silent"));
}

export function accountCommand(
  type: AccountCommand["type"],
  operationId: string,
  place: string,
  amount: bigint,
  more: Partial<AccountCommand> = {},
): AccountCommand {
  const [systemId = "", userId = ""] = place.split("/");
  return {
    type,
    operationId,
    principal,
    systemId,
    userId,
    creditTypeId: hostedTypes[systemId] ?? "nothing",
    amount,
    businessCode: null,
    businessId: null,
    metadata: null,
    expiresInMs: null,
    ...more,
  };
}

export function openingCommand(operationId: string, place: string, amount: bigint): OpeningCommand {
  const { systemId, userId, creditTypeId } = accountCommand("credit", operationId, place, amount);
  return { type: "opening", operationId, principal, systemId, userId, creditTypeId, amount };
}

/** @param place `system/user` of the source */
export function exchangeCommand(
  operationId: string,
  place: string,
  targetSystem: string,
  amount: bigint,
  more: Partial<ExchangeCommand> = {},
): ExchangeCommand {
  const [sourceSystem = "", userId = ""] = place.split("/");
  return {
    type: "exchange",
    operationId,
    principal,
    userId,
    sourceSystem,
    targetSystem,
    sourceCreditType: hostedTypes[sourceSystem] ?? "nothing",
    targetCreditType: hostedTypes[targetSystem] ?? "nothing",
    amount,
    quoteId: null,
    metadata: null,
    ...more,
  };
}

/** Every member's balance as `available+frozen`, by `system/user`. */
export async function readBalances(database: Database, shardCount: number): Promise<Record<string, string>> {
  const accounts = await database.transaction((tx) => listAccounts(tx, shardCount, { limit: 100_000 }));
  return Object.fromEntries(
    accounts.map(({ systemId, userId, available, frozen }) => [
      `${systemId}/${userId}`,
      `${available}+${frozen}`,
    ]),
  );
}

/** For what stands around tests, where nothing can be expected. */
export async function requireSoundLedger(database: Database): Promise<void> {
  const { differences } = await verifyLedger(database);
  if (differences.length > 0) throw new Error(`the ledger does not hold: ${JSON.stringify(differences)}`);
}
