// One batch: a transaction that loads what its commands need under lock, decides them in order in memory,
// and stores what came of it in a few set-based statements.
//
// P1  A known id answers what is stored before anything else is looked at; only new ids take account locks.
// P2  Locks are taken in one order: operations, then accounts by (shard, id), then what is inserted in id
//     order, then clearing accounts. So two batches never wait for each other in a circle.
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
  isCreating,
  type MappedUser,
  needsMapping,
  type Operation,
  type Outcome,
  ownerOf,
  planExchange,
  referenceOf,
  shardOf,
  Workspace,
} from "../domain/index.ts";
import { type ClearingDirectory, loadAccounts } from "../ledger/index.ts";
import { loadMappings } from "../mappings/index.ts";
import { findOperations, findReferences, groupByShard, lockOperations } from "../operations/index.ts";
import { storeWorkspace } from "./store.ts";

/** What outlives a batch. */
export interface BatchContext {
  readonly shardCount: number;
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
  for (const command of commands) (isCreating(command) ? creating : ending).add(command.operationId);
  const [locked, found] = await Promise.all([
    lockOperations(transaction, shardCount, ending),
    findOperations(transaction, shardCount, creating),
  ]);
  return [...locked, ...found.filter((operation) => !ending.has(operation.operationId))];
}

async function currentCatalog(
  transaction: Transaction,
  context: BatchContext,
  version: bigint,
): Promise<Catalog> {
  if (context.catalog?.version !== version) context.catalog = await loadCatalog(transaction);
  return context.catalog;
}

async function loadMappedUsers(
  transaction: Transaction,
  commands: readonly CreatingCommand[],
  catalog: Catalog,
  shardCount: number,
): Promise<Map<string, string>> {
  const users: MappedUser[] = [];
  for (const command of commands) {
    if (command.type !== "exchange" || !needsMapping(command, catalog)) continue;
    const { sourceSystem, userId: sourceUserId, targetSystem } = command;
    users.push({ sourceSystem, sourceUserId, targetSystem });
  }
  const groups = groupByShard(users, shardCount, (user) => user.sourceUserId);
  const pages = groups.map(([shardId, group]) => loadMappings(transaction, shardId, group));
  const maps = await Promise.all(pages);
  const [only] = maps;
  return maps.length === 1 && only !== undefined ? only : new Map(maps.flatMap((map) => [...map]));
}

function planExchanges(
  commands: readonly CreatingCommand[],
  catalog: Catalog,
  mappings: ReadonlyMap<string, string>,
): Map<ExchangeCommand, ExchangePlan> {
  const plans = new Map<ExchangeCommand, ExchangePlan>();
  for (const command of commands) {
    if (command.type === "exchange") plans.set(command, planExchange(command, catalog, mappings));
  }
  return plans;
}

/** The accounts that decisions may touch, by id. What a plan refuses without a balance needs none. */
function accountsOf(
  commands: readonly CreatingCommand[],
  operations: readonly Operation[],
  plans: ReadonlyMap<ExchangeCommand, ExchangePlan>,
): Map<string, AccountOwner> {
  const owners = new Map<string, AccountOwner>();
  for (const operation of operations) {
    // Only what can still be ended is moved again.
    if (operation.status !== "held" && operation.status !== "completed") continue;
    if (operation.kind === "exchange") continue;
    const owner = ownerOf(operation);
    if (owner !== undefined) owners.set(accountIdOf(owner), owner);
  }
  for (const { accounts } of plans.values()) {
    if (accounts === undefined) continue;
    owners.set(accounts.sourceId, accounts.source).set(accounts.targetId, accounts.target);
  }
  for (const command of commands) {
    if (command.type === "exchange") continue;
    const { systemId, userId, creditTypeId } = command;
    const owner = { systemId, userId, creditTypeId };
    owners.set(accountIdOf(owner), owner);
  }
  return owners;
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

/** Runs the commands in one transaction, as if one after the other; one outcome each, in their order. */
export async function runBatch(
  transaction: Transaction,
  commands: readonly Command[],
  context: BatchContext,
): Promise<Outcome[]> {
  const { shardCount } = context;
  const [state, operations] = await Promise.all([
    readCatalogState(transaction),
    loadOperations(transaction, commands, shardCount),
  ]);
  const catalog = await currentCatalog(transaction, context, state.version);
  const known = new Set(operations.map((operation) => operation.operationId));
  const fresh = commands.filter(isCreating).filter((command) => !known.has(command.operationId));
  const ended = new Set(
    commands.filter((command) => !isCreating(command)).map((command) => command.operationId),
  );
  const endable = operations.filter((operation) => ended.has(operation.operationId));

  const [mappings, references] = await Promise.all([
    loadMappedUsers(transaction, fresh, catalog, shardCount),
    findReferences(
      transaction,
      shardCount,
      fresh.map(referenceOf).filter((found) => found !== undefined),
    ),
  ]);
  const plans = planExchanges(fresh, catalog, mappings);
  const book = await loadBook(transaction, accountsOf(fresh, endable, plans), shardCount);
  const workspace = new Workspace(state.now, catalog, book, plans);
  for (const operation of operations) workspace.loadOperation(operation);
  for (const reference of references) workspace.loadReference(reference);

  const outcomes = commands.map((command) => decide(command, workspace));
  await storeWorkspace(transaction, workspace, shardCount, context.directory);
  return outcomes;
}
