// What is checked about the audit log, in the browser: who signed a checkpoint, that the log only grew since another
// one, and that an operation's entries are in it.
import type { AuditedOperation, NodeKeySet } from "@pointbridge/sdk";
import { client } from "../api/index.ts";
import { type Checkpoint, findSigner, keepSeen, parseCheckpoint, readSeen } from "./checkpoint.ts";
import { leafOf, verifyConsistency, verifyInclusion } from "./proofs.ts";

type PublicKey = NodeKeySet["keys"][number];

export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Undefined where no key of the node signed it. */
  readonly signer: PublicKey | undefined;
}

export async function judgeNote(note: string): Promise<SignedCheckpoint | undefined> {
  const checkpoint = parseCheckpoint(note);
  if (checkpoint === undefined) return undefined;
  const { keys } = await client.keys.list();
  return { checkpoint, signer: await findSigner(checkpoint, keys) };
}

export type Growth = "continued" | "same" | "changed" | "other_log" | "shorter";

export function isWell(growth: Growth): boolean {
  return growth === "continued" || growth === "same";
}

/** Whether the log of the later checkpoint is that of the earlier one and more. */
export async function judgeGrowth(earlier: Checkpoint, later: Checkpoint): Promise<Growth> {
  if (earlier.origin !== later.origin) return "other_log";
  if (earlier.size > later.size) return "shorter";
  const isSameSize = earlier.size === later.size;
  const proof = isSameSize ? [] : (await client.audit.proveConsistency(earlier.size, later.size)).proof;
  if (!(await verifyConsistency(earlier, later, proof))) return "changed";
  return isSameSize ? "same" : "continued";
}

export interface Newest extends SignedCheckpoint {
  readonly at: string;
  /** What this browser saw before, and what came of it; undefined where it sees the log for the first time. */
  readonly since: { readonly size: number; readonly growth: Growth } | undefined;
}

/** Reads the newest checkpoint, and remembers it where all is well. */
export async function readNewest(): Promise<Newest | undefined> {
  const { note, at } = await client.audit.checkpoint();
  const judged = await judgeNote(note);
  if (judged === undefined) return undefined;
  const seen = readSeen();
  const growth = seen === undefined ? undefined : await judgeGrowth(seen, judged.checkpoint);
  if ((growth === undefined || isWell(growth)) && judged.signer !== undefined) keepSeen(judged.checkpoint);
  const since = seen === undefined || growth === undefined ? undefined : { size: seen.size, growth };
  return { ...judged, at, since };
}

type Entry = AuditedOperation["entries"][number];

/** What an entry says of an operation. */
export interface AuditLine {
  readonly kind: string;
  readonly status: string;
  readonly principal: string;
  readonly approved_by?: string;
}

interface Group extends AuditLine {
  readonly operations: readonly (readonly [operationId: string, digest: string])[];
}

/** Undefined where the entry names others only. */
export function findLine(body: string, operationId: string): AuditLine | undefined {
  const { done } = JSON.parse(body) as { readonly done: readonly Group[] };
  return done.find(({ operations }) => operations.some(([id]) => id === operationId));
}

export interface ProvenEntry {
  readonly entry: Entry;
  readonly line: AuditLine | undefined;
  /** Undefined where no checkpoint holds it yet. */
  readonly isProven: boolean | undefined;
}

export interface Proven extends SignedCheckpoint {
  readonly entries: readonly ProvenEntry[];
}

async function judgeEntry(operationId: string, entry: Entry, checkpoint: Checkpoint): Promise<ProvenEntry> {
  const line = findLine(entry.body, operationId);
  if (entry.proof === null) return { entry, line, isProven: undefined };
  const leaf = await leafOf(entry.salt, entry.body);
  const isHeld =
    leaf !== undefined && (await verifyInclusion(leaf, entry.entry_index, checkpoint, entry.proof));
  // An entry of something else would prove nothing about this operation.
  return { entry, line, isProven: isHeld && line !== undefined };
}

/** The entries of an operation; undefined before the first checkpoint. */
export async function proveOperation(operationId: string): Promise<Proven | undefined> {
  const { checkpoint, entries } = await client.audit.operation(operationId);
  const judged = checkpoint === null ? undefined : await judgeNote(checkpoint.note);
  if (judged === undefined) return undefined;
  const proven = entries.map((entry) => judgeEntry(operationId, entry, judged.checkpoint));
  return { ...judged, entries: await Promise.all(proven) };
}
