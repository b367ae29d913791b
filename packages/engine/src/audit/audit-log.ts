// The audit log: folded from the log of changes behind the write path, signed, and proven.
//
// F1  Every change that does more than move an account's line becomes one entry, in the order of positions, once:
//     entries, the tree's nodes and how far the log has been followed are stored in one transaction, by one node at
//     a time.
// F2  Nothing that is stored is changed or removed. Appending and proving read as many nodes as the tree is high.
// F3  A checkpoint is signed with the node's active key for the tree as it is stored, and is kept.
import {
  type Checkpoint,
  commitmentOf,
  completeSubtrees,
  consistencyRanges,
  hashRange,
  inclusionRanges,
  type LeafRange,
  leafOf,
  type SubtreeName,
  signCheckpoint,
  subtreeKey,
  subtreesOf,
} from "@pointbridge/protocol/audit";
import {
  type Change,
  listChanges,
  lockConsumer,
  moveConsumer,
  newSalt,
  placeChanges,
} from "../changes/index.ts";
import {
  type Database,
  numberArray,
  runRetried,
  type Transaction,
  textArray,
  timeArray,
} from "../database/index.ts";
import { findOperations } from "../operations/index.ts";
import type { Partners } from "../partner/index.ts";
import { writeEntryBody } from "./entry-body.ts";
import * as queries from "./queries.ts";

export interface AuditSettings {
  readonly shardCount: number;
  /** Changes of one transaction. */
  readonly foldedAtOnce: number;
}

export const defaultAuditSettings = { foldedAtOnce: 50 } as const;

/** Under which name it follows the log of changes. */
const CONSUMER = "audit";

export interface AuditEntry {
  readonly index: number;
  readonly position: bigint;
  readonly at: Date;
  readonly body: string;
  readonly salt: string;
  /** Hex. */
  readonly commitment: string;
}

export interface AuditCheckpoint {
  readonly treeSize: number;
  /** Hex. */
  readonly rootHash: string;
  readonly note: string;
  readonly keyId: string;
  readonly at: Date;
}

interface EntryRow {
  readonly entry_index: bigint;
  readonly position: bigint;
  readonly at: Date;
  readonly body: string;
  readonly salt: string;
  readonly commitment: string;
}

interface CheckpointRow {
  readonly tree_size: bigint;
  readonly root_hash: string;
  readonly note: string;
  readonly key_id: string;
  readonly at: Date;
}

function toEntry({ entry_index: index, position, at, body, salt, commitment }: EntryRow): AuditEntry {
  return { index: Number(index), position, at, body, salt, commitment };
}

function toCheckpoint({
  tree_size: size,
  root_hash: rootHash,
  note,
  key_id: keyId,
  at,
}: CheckpointRow): AuditCheckpoint {
  return { treeSize: Number(size), rootHash, note, keyId, at };
}

async function readSize(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ size: bigint }>(queries.readSize);
  return Number(row?.size ?? 0n);
}

async function loadSubtrees(
  transaction: Transaction,
  names: readonly SubtreeName[],
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const leaves = names.filter(({ level }) => level === 0);
  const nodes = names.filter(({ level }) => level > 0);
  if (leaves.length > 0) {
    const rows = await transaction.query<{ entry_index: bigint; commitment: string }>(
      queries.findCommitments,
      [numberArray(leaves.map(({ index }) => index))],
    );
    for (const row of rows) {
      const name = { level: 0, index: Number(row.entry_index) };
      found.set(subtreeKey(name), leafOf(Buffer.from(row.commitment, "hex")));
    }
  }
  if (nodes.length > 0) {
    const rows = await transaction.query<{ level: number; node_index: bigint; hash: string }>(
      queries.findNodes,
      [numberArray(nodes.map(({ level }) => level)), numberArray(nodes.map(({ index }) => index))],
    );
    for (const row of rows) {
      found.set(
        subtreeKey({ level: row.level, index: Number(row.node_index) }),
        Buffer.from(row.hash, "hex"),
      );
    }
  }
  return found;
}

async function hashRanges(transaction: Transaction, ranges: readonly LeafRange[]): Promise<Uint8Array[]> {
  const subtrees = await loadSubtrees(transaction, ranges.flatMap(subtreesOf));
  return ranges.map((range) => hashRange(range, subtrees));
}

/** A line that moved is its operation's, which is named; an account that was opened empty moves nothing. */
function isAudited(change: Change): boolean {
  return change.items.some((item) => item.type !== "line");
}

function saltOf({ items }: Change): string {
  for (const item of items) if (item.type === "operation" && item.seal !== undefined) return item.seal.salt;
  return newSalt();
}

export class AuditLog {
  readonly #database: Database;
  readonly #settings: AuditSettings;
  readonly #partners: Pick<Partners, "registry">;
  #origin: string | undefined;

  constructor(database: Database, settings: AuditSettings, partners: Pick<Partners, "registry">) {
    this.#database = database;
    this.#settings = settings;
    this.#partners = partners;
  }

  /** The name that checkpoints are signed under. */
  async origin(): Promise<string> {
    if (this.#origin === undefined) {
      const [row] = await this.#database.transaction((transaction) =>
        transaction.query<{ log_id: string }>(queries.readLogId),
      );
      if (row === undefined) throw new Error("the audit log's id is missing from the database");
      this.#origin = `pointbridge/${row.log_id}`;
    }
    return this.#origin;
  }

  /**
   * Makes entries of all changes that were committed before the call (F1).
   * @param goOn asked between two transactions with how long the last one took; false ends the fold there
   * @returns how many entries
   */
  async fold(goOn?: (tookMs: number) => Promise<boolean>): Promise<number> {
    await placeChanges(this.#database, this.#settings.shardCount);
    let total = 0;
    for (;;) {
      const startMs = performance.now();
      const turn = await runRetried(this.#database, (transaction) => this.#foldSome(transaction));
      total += turn.entries;
      if (turn.changes < this.#settings.foldedAtOnce) return total;
      if (goOn !== undefined && !(await goOn(performance.now() - startMs))) return total;
    }
  }

  async #foldSome(transaction: Transaction): Promise<{ readonly changes: number; readonly entries: number }> {
    const { shardCount, foldedAtOnce } = this.#settings;
    let position = await lockConsumer(transaction, CONSUMER);
    if (position === undefined) {
      // From the log's beginning: what is in it belongs here, however old.
      await moveConsumer(transaction, CONSUMER, 0n);
      position = 0n;
    }
    const changes = await listChanges(transaction, shardCount, {
      afterPosition: position,
      limit: foldedAtOnce,
    });
    const last = changes.at(-1);
    if (last === undefined) return { changes: 0, entries: 0 };
    const audited = changes.filter(isAudited);
    await this.#append(transaction, audited);
    await moveConsumer(transaction, CONSUMER, last.position);
    return { changes: changes.length, entries: audited.length };
  }

  async #append(transaction: Transaction, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const ids = changes.flatMap((change) =>
      change.items.flatMap((item) =>
        item.type === "operation" && item.seal === undefined ? [item.operationId] : [],
      ),
    );
    const found = await findOperations(transaction, this.#settings.shardCount, new Set(ids));
    const operations = new Map(found.map((operation) => [operation.operationId, operation]));
    const size = await readSize(transaction);
    const entries = changes.map((change) => {
      const salt = saltOf(change);
      const body = writeEntryBody(change, operations, salt);
      return { change, salt, body, commitment: commitmentOf(salt, body) };
    });
    await transaction.query(queries.insertEntries, [
      numberArray(entries.map((_, offset) => size + offset)),
      numberArray(entries.map(({ change }) => change.position)),
      timeArray(entries.map(({ change }) => change.at)),
      textArray(entries.map(({ body }) => body)),
      textArray(entries.map(({ salt }) => salt)),
      textArray(entries.map(({ commitment }) => commitment.toString("hex"))),
    ]);
    const edge = await loadSubtrees(transaction, subtreesOf({ start: 0, end: size }));
    const made = completeSubtrees(
      size,
      entries.map(({ commitment }) => leafOf(commitment)),
      edge,
    );
    if (made.length === 0) return;
    await transaction.query(queries.insertNodes, [
      numberArray(made.map(({ name }) => name.level)),
      numberArray(made.map(({ name }) => name.index)),
      textArray(made.map(({ hash }) => Buffer.from(hash).toString("hex"))),
    ]);
  }

  /** Signs the tree as it is, unless the last checkpoint is of it (F3). @returns the newest; undefined for no entries */
  async checkpoint(): Promise<AuditCheckpoint | undefined> {
    const origin = await this.origin();
    const [key] = (await this.#partners.registry.current()).nodeKeys;
    return runRetried(this.#database, async (transaction) => {
      await lockConsumer(transaction, CONSUMER);
      const size = await readSize(transaction);
      const [latest] = await transaction.query<CheckpointRow>(queries.latestCheckpoint);
      if (size === 0 || Number(latest?.tree_size ?? 0n) >= size) {
        return latest === undefined ? undefined : toCheckpoint(latest);
      }
      const [root] = await hashRanges(transaction, [{ start: 0, end: size }]);
      if (root === undefined) throw new Error("the tree has no root");
      const checkpoint: Checkpoint = { origin, size, root };
      const note = signCheckpoint(checkpoint, key, key.publicJwk.x);
      const parameters = [size, Buffer.from(root).toString("hex"), note, key.keyId];
      const [row] = await transaction.query<CheckpointRow>(queries.insertCheckpoint, parameters);
      return row === undefined ? undefined : toCheckpoint(row);
    });
  }

  async latestCheckpoint(): Promise<AuditCheckpoint | undefined> {
    const [row] = await this.#database.transaction((transaction) =>
      transaction.query<CheckpointRow>(queries.latestCheckpoint),
    );
    return row === undefined ? undefined : toCheckpoint(row);
  }

  /** In order of size, from above one. */
  async listCheckpoints(aboveSize: number, limit: number): Promise<AuditCheckpoint[]> {
    const rows = await this.#database.transaction((transaction) =>
      transaction.query<CheckpointRow>(queries.listCheckpoints, [aboveSize, limit]),
    );
    return rows.map(toCheckpoint);
  }

  async listEntries(fromIndex: number, limit: number): Promise<AuditEntry[]> {
    const rows = await this.#database.transaction((transaction) =>
      transaction.query<EntryRow>(queries.listEntries, [fromIndex, limit]),
    );
    return rows.map(toEntry);
  }

  /** Entries made between two times, both included, that name an operation, in the order of their times. */
  async listEntriesNaming(operationId: string, from: Date, to: Date, limit: number): Promise<AuditEntry[]> {
    const parameters = [from, to, JSON.stringify(operationId), limit];
    const rows = await this.#database.transaction((transaction) =>
      transaction.query<EntryRow>(queries.listEntriesNaming, parameters),
    );
    return rows.map(toEntry);
  }

  /**
   * Hashes, in hex, that prove an entry to be in the tree of a size; undefined where there is no such tree or entry.
   */
  async proveInclusion(index: number, size: number): Promise<string[] | undefined> {
    return this.#prove(size, () => (index < size ? inclusionRanges(index, size) : undefined));
  }

  /** Hashes, in hex, that prove a tree to be the beginning of a larger one; undefined where there are no such trees. */
  async proveConsistency(from: number, to: number): Promise<string[] | undefined> {
    return this.#prove(to, () => (from <= to ? consistencyRanges(from, to) : undefined));
  }

  async #prove(size: number, toRanges: () => LeafRange[] | undefined): Promise<string[] | undefined> {
    return this.#database.transaction(async (transaction) => {
      const ranges = size <= (await readSize(transaction)) ? toRanges() : undefined;
      if (ranges === undefined) return undefined;
      const hashes = await hashRanges(transaction, ranges);
      return hashes.map((hash) => Buffer.from(hash).toString("hex"));
    });
  }
}
