// The audit log: checkpoints, entries, proofs, and what they are held against.
import { v1 } from "@pointbridge/protocol";
import { leafOf } from "@pointbridge/protocol/audit";
import { type AuditCheckpoint, type AuditEntry, verifyAudit } from "../audit/index.ts";
import { findOperations } from "../operations/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { HttpError, notFound } from "./problem.ts";
import { mayRead } from "./reach.ts";
import { defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Audit";
const INDEX = /^[0-9]{1,15}$/;
/** Entries of one operation that are shown; each is another status of it. */
const OPERATION_ENTRIES_MAX = 1_000;

function viewCheckpoint(checkpoint: AuditCheckpoint, origin: string): v1.AuditCheckpoint {
  return {
    origin,
    tree_size: checkpoint.treeSize,
    root_hash: checkpoint.rootHash,
    note: checkpoint.note,
    key_id: checkpoint.keyId,
    at: checkpoint.at.toISOString(),
  };
}

function viewEntry({ index, at, body, salt, commitment }: AuditEntry): v1.AuditEntry {
  return { entry_index: index, at: at.toISOString(), body, salt, commitment };
}

function missing(detail: string): HttpError {
  return new HttpError("audit_entry_not_found", detail);
}

const checkpointRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/audit/checkpoint",
    name: "getAuditCheckpoint",
    tag,
    summary: "Read the newest signed checkpoint",
    description:
      "Keep it where the node's database does not reach: whoever has it can prove that nothing up to it was changed.",
    permission: "read",
    reach: "open",
    answers: { 200: { description: "The checkpoint.", schema: v1.auditCheckpoint } },
    errors: ["audit_entry_not_found"],
    async handle(_call, { audit }) {
      const [checkpoint, origin] = await Promise.all([audit.latestCheckpoint(), audit.origin()]);
      if (checkpoint === undefined)
        throw missing("nothing has been signed yet; the first checkpoint comes within minutes");
      return { status: 200, body: viewCheckpoint(checkpoint, origin) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/audit/checkpoints",
    name: "listAuditCheckpoints",
    tag,
    summary: "List signed checkpoints, the oldest first",
    permission: "read",
    reach: "open",
    query: v1.auditCheckpointQuery,
    answers: { 200: { description: "Checkpoints.", schema: v1.auditCheckpointPage } },
    async handle({ query }, { audit }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [above = "0"] = readCursor(query.cursor, [INDEX]) ?? [];
      const [found, origin] = await Promise.all([
        audit.listCheckpoints(Number(above), limit + 1),
        audit.origin(),
      ]);
      const view = (checkpoint: AuditCheckpoint) => viewCheckpoint(checkpoint, origin);
      return { status: 200, body: toPage(found, limit, view, ({ treeSize }) => [String(treeSize)]) };
    },
  }),
];

async function readOperation(
  operationId: string,
  principal: Parameters<typeof mayRead>[0],
  { database, shardCount, audit }: Services,
): Promise<v1.AuditedOperation> {
  const [operation] = await database.transaction((transaction) =>
    findOperations(transaction, shardCount, [operationId]),
  );
  if (operation === undefined || !mayRead(principal, operation)) {
    throw notFound("operation_not_found", `no operation has the id ${operationId}`);
  }
  const { createdAt, updatedAt } = operation;
  const entries = await audit.listEntriesNaming(operationId, createdAt, updatedAt, OPERATION_ENTRIES_MAX);
  const [checkpoint, origin] = await Promise.all([audit.latestCheckpoint(), audit.origin()]);
  const proven = entries.map(async (entry) => {
    const isHeld = checkpoint !== undefined && entry.index < checkpoint.treeSize;
    const proof = isHeld ? await audit.proveInclusion(entry.index, checkpoint.treeSize) : undefined;
    return { ...viewEntry(entry), proof: proof ?? null };
  });
  return {
    operation_id: operationId,
    checkpoint: checkpoint === undefined ? null : viewCheckpoint(checkpoint, origin),
    entries: await Promise.all(proven),
  };
}

const entryRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/audit/entries",
    name: "listAuditEntries",
    tag,
    summary: "List the entries of the audit log, in order",
    description:
      "Each is what one transaction did: operations with their kind, status, principal and a digest of their rows. Who has them all can compute every checkpoint's root.",
    permission: "read",
    query: v1.auditEntryQuery,
    answers: { 200: { description: "Entries.", schema: v1.auditEntryPage } },
    async handle({ query }, { audit }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [after] = readCursor(query.cursor, [INDEX]) ?? [];
      const from = after === undefined ? (query.from_index ?? 0) : Number(after) + 1;
      const found = await audit.listEntries(from, limit + 1);
      return { status: 200, body: toPage(found, limit, viewEntry, ({ index }) => [String(index)]) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/audit/operations/{operation_id}",
    name: "getAuditedOperation",
    tag,
    summary: "Read the entries that name an operation, with proofs",
    description:
      "The proofs are for the newest checkpoint. An entry comes some seconds behind what it tells of.",
    permission: "read",
    params: v1.auditPath,
    answers: { 200: { description: "The entries.", schema: v1.auditedOperation } },
    errors: [["operation_not_found", 404]],
    async handle({ params: { operation_id: operationId }, principal }, services) {
      return { status: 200, body: await readOperation(operationId, principal, services) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/audit/verification",
    name: "verifyAudit",
    tag,
    summary: "Hold every entry against the operations that it names",
    description:
      "Reads all of both. It finds operations that were changed after they were audited; that the entries themselves are what was signed, a verifier outside computes by itself (`pointbridge audit verify`).",
    permission: "read",
    answers: { 200: { description: "What was found.", schema: v1.auditVerification } },
    async handle(_call, { database, shardCount, audit }) {
      await audit.fold();
      const { entries, operations, faults } = await verifyAudit(database, shardCount, audit);
      const body: v1.AuditVerification = {
        ok: faults.length === 0,
        entries,
        operations,
        faults: [...faults],
      };
      return { status: 200, body };
    },
  }),
];

const proofRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/audit/proofs/inclusion",
    name: "getInclusionProof",
    tag,
    summary: "Prove that an entry is in a tree",
    permission: "read",
    reach: "open",
    query: v1.inclusionQuery,
    answers: { 200: { description: "The proof of RFC 6962, 2.1.1.", schema: v1.inclusionProof } },
    errors: ["audit_entry_not_found"],
    async handle({ query: { entry_index, tree_size } }, { audit }) {
      const [entry] = await audit.listEntries(entry_index, 1);
      const proof = await audit.proveInclusion(entry_index, tree_size);
      if (proof === undefined || entry?.index !== entry_index) {
        throw missing(`there is no entry ${entry_index} in a tree of ${tree_size}`);
      }
      const leaf_hash = leafOf(Buffer.from(entry.commitment, "hex")).toString("hex");
      return { status: 200, body: { entry_index, tree_size, leaf_hash, proof } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/audit/proofs/consistency",
    name: "getConsistencyProof",
    tag,
    summary: "Prove that a tree is the beginning of a later one",
    permission: "read",
    reach: "open",
    query: v1.consistencyQuery,
    answers: { 200: { description: "The proof of RFC 6962, 2.1.2.", schema: v1.consistencyProof } },
    errors: ["audit_entry_not_found"],
    async handle({ query: { from_size, to_size } }, { audit }) {
      const proof = await audit.proveConsistency(from_size, to_size);
      if (proof === undefined) throw missing(`there are no trees of ${from_size} and then ${to_size}`);
      return { status: 200, body: { from_size, to_size, proof } };
    },
  }),
];

export const auditRoutes: readonly Route[] = [...checkpointRoutes, ...entryRoutes, ...proofRoutes];
