// One batch: a transaction that loads what its commands need under lock, decides them in order in memory,
// and stores what came of it in a few set-based statements.
//
// P1  A known id answers what is stored before anything else is looked at; only new ids take account locks.
// P2  Locks are taken in one order: operations, then quotes, then counters of limits and then accounts by (shard,
//     id), then what is inserted in id order, then clearing accounts. So two batches never wait for each other in a circle.
// P3  All that a decision reads is read in this transaction: the catalog, whose version is read under a
//     lock that a change of it must wait for, the mappings, the business references and the balances.
// P4  Effects, results and ids are stored together or not at all.

import { loadCatalog, readCatalogState } from "../catalog/index.ts";
import type { Transaction } from "../database/index.ts";
import {
  type AccountOwner,
  accountIdOf,
  Book,
  type Catalog,
  type Command,
  type CreatingCommand,
  decide,
  type ExchangeCommand,
  type ExchangePlan,
  type ExchangeTerms,
  flowOfExchange,
  flowOfPartner,
  isCreating,
  type Ladder,
  type LimitUse,
  limitUsesOf,
  type MappedUser,
  mappedUserKey,
  mayProvision,
  movableOwnersOf,
  needsMapping,
  type Operation,
  type Outcome,
  partnerOwnerOf,
  planExchange,
  referenceOf,
  shardOf,
  type TargetUser,
  usesToGiveBack,
  Workspace,
} from "../domain/index.ts";
import { type ClearingDirectory, loadAccounts } from "../ledger/index.ts";
import { lockCounters } from "../limits/index.ts";
import { loadMappings } from "../mappings/index.ts";
import { findOperations, findReferences, groupByShard, lockOperations } from "../operations/index.ts";
import { lockQuotes } from "../quotes/index.ts";
import { findProfiled, profileKeyOf } from "../users/index.ts";
import { storeWorkspace } from "./store.ts";

/** What outlives a batch. */
export interface BatchContext {
  readonly shardCount: number;
  readonly ladder: Ladder;
  /** The catalog as last read; replaced when its version has grown. */
  catalog: Catalog | undefined;
  readonly directory: ClearingDirectory;
}

async function loadOperations(
  transaction: Transaction,
  commands: readonly Command[],
  shardCount: number,
): Promise<Operation[]> {
  const creating = new Set<string>();
  const ending = new Set<string>();
  for (const command of commands) {
    (isCreating(command) ? creating : ending).add(command.operationId);
    // What it adjusts is compared and set, so it is held as if it were ended.
    if (command.type === "adjustment") ending.add(command.adjustedId);
  }
  const [locked, found] = await Promise.all([
    lockOperations(transaction, shardCount, ending),
    findOperations(transaction, shardCount, creating),
  ]);
  return [...locked, ...found.filter((operation) => !ending.has(operation.operationId))];
}

export async function currentCatalog(
  transaction: Transaction,
  context: BatchContext,
  version: bigint,
): Promise<Catalog> {
  if (context.catalog?.version !== version) context.catalog = await loadCatalog(transaction);
  return context.catalog;
}

function userOf(command: ExchangeCommand): MappedUser {
  const { sourceSystem, userId: sourceUserId, targetSystem } = command;
  return { sourceSystem, sourceUserId, targetSystem };
}

async function loadMappedUsers(
  transaction: Transaction,
  users: readonly MappedUser[],
  shardCount: number,
): Promise<Map<string, string>> {
  const groups = groupByShard(users, shardCount, (user) => user.sourceUserId);
  const pages = groups.map(([shardId, group]) => loadMappings(transaction, shardId, group));
  const maps = await Promise.all(pages);
  const [only] = maps;
  return maps.length === 1 && only !== undefined ? only : new Map(maps.flatMap((map) => [...map]));
}

/** Who the users of exchanges are at their targets: mapped ones, and those that a profile can be made from. */
async function loadTargetUsers(
  transaction: Transaction,
  commands: readonly CreatingCommand[],
  catalog: Catalog,
  shardCount: number,
): Promise<ReadonlyMap<string, TargetUser>> {
  const mapped = commands.filter(
    (command): command is ExchangeCommand => command.type === "exchange" && needsMapping(command, catalog),
  );
  if (mapped.length === 0) return new Map();
  const found = await loadMappedUsers(transaction, mapped.map(userOf), shardCount);
  const users = new Map<string, TargetUser>();
  for (const [key, userId] of found) users.set(key, { userId });
  const unknown = mapped.filter(
    (command) => !users.has(mappedUserKey(userOf(command))) && mayProvision(command, catalog),
  );
  if (unknown.length === 0) return users;
  const profiles = await findProfiled(
    transaction,
    shardCount,
    unknown.map((command) => ({ systemId: command.sourceSystem, userId: command.userId })),
  );
  for (const command of unknown) {
    const { sourceSystem: systemId, userId } = command;
    if (profiles.has(profileKeyOf({ systemId, userId }))) {
      users.set(mappedUserKey(userOf(command)), "to_be_created");
    }
  }
  return users;
}

function planExchanges(
  commands: readonly CreatingCommand[],
  catalog: Catalog,
  terms: ExchangeTerms,
): Map<ExchangeCommand, ExchangePlan> {
  const plans = new Map<ExchangeCommand, ExchangePlan>();
  for (const command of commands) {
    if (command.type === "exchange") plans.set(command, planExchange(command, catalog, terms));
  }
  return plans;
}

function ownerOfCommand(command: Exclude<CreatingCommand, ExchangeCommand>): AccountOwner {
  if (command.type === "restore") {
    const { sourceSystem, userId: sourceUser, sourceCreditType } = command;
    return { systemId: sourceSystem, userId: sourceUser, creditTypeId: sourceCreditType };
  }
  if (command.type === "partner_credit" || command.type === "partner_hold") return partnerOwnerOf(command);
  const { systemId, userId, creditTypeId } = command;
  return { systemId, userId, creditTypeId };
}

/** The account of a user that an exchange has just learnt of. */
function provisionedOwners(
  commands: readonly Command[],
  operations: ReadonlyMap<string, Operation>,
): AccountOwner[] {
  const owners: AccountOwner[] = [];
  for (const command of commands) {
    if (command.type !== "advance" || command.event.kind !== "provisioned") continue;
    const operation = operations.get(command.operationId);
    if (operation?.data?.crossing?.target !== "hosted") continue;
    const { targetSystem: systemId, targetCreditType: creditTypeId } = operation;
    if (systemId === null || creditTypeId === null) continue;
    owners.push({ systemId, userId: command.event.userId, creditTypeId });
  }
  return owners;
}

/** The accounts that decisions may touch, by id. What a plan refuses without a balance needs none. */
function accountsOf(
  commands: readonly CreatingCommand[],
  operations: readonly Operation[],
  plans: ReadonlyMap<ExchangeCommand, ExchangePlan>,
  others: readonly AccountOwner[],
): Map<string, AccountOwner> {
  const owners = new Map<string, AccountOwner>();
  const add = (owner: AccountOwner): void => void owners.set(accountIdOf(owner), owner);
  for (const operation of operations) movableOwnersOf(operation).forEach(add);
  others.forEach(add);
  for (const { accounts, legs } of plans.values()) {
    if (accounts === undefined) continue;
    const { source, target } = accounts;
    if (legs.source === "hosted") owners.set(source.accountId, source.owner);
    if (legs.target === "hosted" && target !== undefined) owners.set(target.accountId, target.owner);
  }
  for (const command of commands) {
    if (command.type !== "exchange") add(ownerOfCommand(command));
  }
  return owners;
}

/** The counters that decisions may raise or give back to, by the limits in force and by what is stored (F2). */
function limitUses(
  commands: readonly CreatingCommand[],
  ended: readonly Operation[],
  plans: ReadonlyMap<ExchangeCommand, ExchangePlan>,
  catalog: Catalog,
  now: Date,
): LimitUse[] {
  const uses = ended.flatMap(({ data, createdAt }) => usesToGiveBack(data?.limit_uses, createdAt, catalog));
  for (const command of commands) {
    if (command.type === "exchange") {
      const isOpen = plans.get(command)?.refusal === undefined;
      if (isOpen) uses.push(...limitUsesOf(flowOfExchange(command), catalog, now));
    } else if (command.type === "partner_credit" || command.type === "partner_hold") {
      uses.push(...limitUsesOf(flowOfPartner(command), catalog, now));
    }
  }
  return uses;
}

async function loadBook(
  transaction: Transaction,
  owners: ReadonlyMap<string, AccountOwner>,
  shardCount: number,
): Promise<Book> {
  const book = new Book();
  const shards = new Map<number, Map<string, AccountOwner>>();
  for (const [accountId, owner] of owners) {
    const shardId = shardOf(owner.userId, shardCount);
    const shard = shards.get(shardId) ?? new Map<string, AccountOwner>();
    shards.set(shardId, shard.set(accountId, owner));
  }
  const ordered = [...shards].sort(([left], [right]) => left - right);
  // Sent in order, so that the locks are taken in order (P2).
  await Promise.all(ordered.map(([shardId, group]) => loadAccounts(transaction, shardId, group, book)));
  return book;
}

function quoteIdsOf(commands: readonly CreatingCommand[]): Set<string> {
  const quoteIds = new Set<string>();
  for (const command of commands) {
    if (command.type === "exchange" && command.quoteId !== null) quoteIds.add(command.quoteId);
  }
  return quoteIds;
}

/** Loads under lock all that deciding the commands needs. */
export async function loadWorkspace(
  transaction: Transaction,
  commands: readonly Command[],
  context: BatchContext,
): Promise<Workspace> {
  const { shardCount } = context;
  const [state, operations] = await Promise.all([
    readCatalogState(transaction),
    loadOperations(transaction, commands, shardCount),
  ]);
  const catalog = await currentCatalog(transaction, context, state.version);
  const known = new Map(operations.map((operation) => [operation.operationId, operation]));
  const fresh = commands.filter(isCreating).filter((command) => !known.has(command.operationId));
  const ended = new Set(
    commands.filter((command) => !isCreating(command)).map((command) => command.operationId),
  );
  const endable = operations.filter((operation) => ended.has(operation.operationId));

  const [quotes, users, references] = await Promise.all([
    lockQuotes(transaction, shardCount, quoteIdsOf(fresh)),
    loadTargetUsers(transaction, fresh, catalog, shardCount),
    findReferences(
      transaction,
      shardCount,
      fresh.map(referenceOf).filter((found) => found !== undefined),
    ),
  ]);
  const plans = planExchanges(fresh, catalog, { users, quotes, now: state.now });
  const owners = accountsOf(fresh, endable, plans, provisionedOwners(commands, known));
  // Sent before the accounts are locked, so that every transaction locks in the same order (P2).
  const uses = limitUses(fresh, endable, plans, catalog, state.now);
  const [limits, book] = await Promise.all([
    lockCounters(transaction, shardCount, uses),
    loadBook(transaction, owners, shardCount),
  ]);
  const workspace = new Workspace(state.now, catalog, book, context.ladder, plans, limits);
  for (const operation of operations) workspace.loadOperation(operation);
  for (const reference of references) workspace.loadReference(reference);
  return workspace;
}

/** Runs the commands in one transaction, as if one after the other; one outcome each, in their order. */
export async function runBatch(
  transaction: Transaction,
  commands: readonly Command[],
  context: BatchContext,
): Promise<Outcome[]> {
  const workspace = await loadWorkspace(transaction, commands, context);
  const outcomes = commands.map((command) => decide(command, workspace));
  await storeWorkspace(transaction, workspace, context.shardCount, context.directory);
  return outcomes;
}
