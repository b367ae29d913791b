// Holds the audit log and what it tells of against each other, inside the database: what `audit verify` asks a node
// for beside what it recomputes by itself.
import { commitmentOf } from "@pointbridge/protocol/audit";
import type { Database } from "../database/index.ts";
import { digestOperation, type Operation } from "../domain/index.ts";
import { findOperations } from "../operations/index.ts";
import type { AuditEntry, AuditLog } from "./audit-log.ts";
import { type EntryOperation, readEntryOperations } from "./entry-body.ts";

export interface AuditReport {
  readonly entries: number;
  readonly operations: number;
  /** What does not fit, the first of it. */
  readonly faults: readonly string[];
}

const PAGE_SIZE = 100;
const FAULTS_MAX = 20;

function judgeOperation(
  entry: AuditEntry,
  said: EntryOperation,
  operation: Operation | undefined,
): string | undefined {
  const where = `entry ${entry.index} names the operation ${said.operationId}`;
  if (said.digest === "") return `${where}, which was gone before it was audited`;
  if (operation === undefined) return `${where}, which is gone from the log`;
  if (digestOperation(operation, said, entry.salt) !== said.digest)
    return `${where}, which was changed since`;
  return operation.principal === said.principal
    ? undefined
    : `${where} as ${said.principal}'s, which it is not`;
}

/** A salt that is none is a change too. */
function isSound({ salt, body, commitment }: AuditEntry): boolean {
  try {
    return commitmentOf(salt, body).toString("hex") === commitment;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

async function judgeEntries(
  database: Database,
  shardCount: number,
  entries: readonly AuditEntry[],
): Promise<{ readonly operations: number; readonly faults: string[] }> {
  const changed = entries.filter((entry) => !isSound(entry));
  const faults = changed.map(({ index }) => `entry ${index} was changed: it is not what its leaf commits to`);
  const sound = entries.filter((entry) => !changed.includes(entry));
  const said = sound.flatMap((entry) =>
    readEntryOperations(entry.body).map((operation) => ({ entry, operation })),
  );
  const ids = new Set(said.map(({ operation }) => operation.operationId));
  const found = await database.transaction((transaction) => findOperations(transaction, shardCount, ids));
  const byId = new Map(found.map((operation) => [operation.operationId, operation]));
  for (const { entry, operation } of said) {
    const fault = judgeOperation(entry, operation, byId.get(operation.operationId));
    if (fault !== undefined) faults.push(fault);
  }
  return { operations: said.length, faults };
}

/** Compares every entry with the operations that it names, as they stand. Reads all of both. */
export async function verifyAudit(
  database: Database,
  shardCount: number,
  audit: AuditLog,
): Promise<AuditReport> {
  const faults: string[] = [];
  let [entries, operations] = [0, 0];
  for (;;) {
    const page = await audit.listEntries(entries, PAGE_SIZE);
    const gap = page.findIndex(({ index }, offset) => index !== entries + offset);
    const sound = gap < 0 ? page : page.slice(0, gap);
    const judged = await judgeEntries(database, shardCount, sound);
    operations += judged.operations;
    entries += sound.length;
    faults.push(...judged.faults);
    if (gap >= 0) faults.push(`entry ${entries} is missing`);
    if (gap >= 0 || page.length === 0 || faults.length >= FAULTS_MAX) {
      return { entries, operations, faults: faults.slice(0, FAULTS_MAX) };
    }
  }
}
