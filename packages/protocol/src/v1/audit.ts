// The audit log: entries, checkpoints and proofs.
import { type Static, Type } from "typebox";
import { closed, nullable, operationId, pageLimitMax, pageOf, pageQuery, time } from "./shapes.ts";

const index = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const hash = Type.String({ pattern: "^[0-9a-f]{64}$", description: "SHA-256, in hex." });
const proof = Type.Array(hash, { description: "The hashes of RFC 6962's proof, in its order." });

export const auditCheckpoint = closed("AuditCheckpoint", "The size and root of the audit tree, signed.", {
  origin: Type.String({ description: "Which log it is of, and the name that its key has in the note." }),
  tree_size: Type.Integer({ description: "Entries in the tree." }),
  root_hash: hash,
  note: Type.String({
    description: "The signed note, in the form of C2SP tlog-checkpoint. Keep it elsewhere.",
  }),
  key_id: Type.String({ description: "The key of the node that signed it (`GET /v1/keys`)." }),
  at: time,
});
export const auditCheckpointPage = pageOf("AuditCheckpointPage", auditCheckpoint);
export const auditCheckpointQuery = closed("AuditCheckpointQuery", "Which checkpoints, the oldest first.", {
  ...pageQuery,
});

export const auditEntry = closed("AuditEntry", "What one transaction did.", {
  entry_index: Type.Integer({ description: "Its place in the tree, from 0." }),
  at: time,
  body: Type.String({
    description:
      "What the leaf commits to, byte for byte: JSON that names operations, with a digest of each.",
  }),
  salt: Type.String({ description: "16 bytes in base64url, kept beside the entry." }),
  commitment: Type.String({
    description: "SHA-256 of salt and body, in hex; the leaf is its hash after a byte 0.",
  }),
});
export const auditEntryPage = pageOf("AuditEntryPage", auditEntry);
export const auditEntryQuery = closed("AuditEntryQuery", "Which entries, in order.", {
  ...pageQuery,
  from_index: Type.Optional(index),
});

export const inclusionQuery = closed("InclusionQuery", "Of which entry, in which tree.", {
  entry_index: index,
  tree_size: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
});
export const inclusionProof = closed("InclusionProof", "That an entry is in a tree.", {
  entry_index: Type.Integer(),
  tree_size: Type.Integer(),
  leaf_hash: hash,
  proof,
});

export const consistencyQuery = closed("ConsistencyQuery", "Of which two trees.", {
  from_size: index,
  to_size: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
});
export const consistencyProof = closed("ConsistencyProof", "That a tree is the beginning of a later one.", {
  from_size: Type.Integer(),
  to_size: Type.Integer(),
  proof,
});

export const auditPath = closed("AuditedOperationPath", "Which operation.", { operation_id: operationId });
export const auditedOperation = closed(
  "AuditedOperation",
  "The entries that name an operation, with their proofs.",
  {
    operation_id: operationId,
    checkpoint: nullable(auditCheckpoint, "What the proofs are for; null before the first one."),
    entries: Type.Array(
      closed("ProvenAuditEntry", "An entry, and that it is in the checkpoint's tree.", {
        ...auditEntry.properties,
        proof: nullable(proof, "Null where the checkpoint does not hold the entry yet."),
      }),
      { maxItems: pageLimitMax },
    ),
  },
);

export const auditVerification = closed(
  "AuditVerification",
  "The entries held against the operations they name.",
  {
    ok: Type.Boolean(),
    entries: Type.Integer({ description: "Entries looked at." }),
    operations: Type.Integer({ description: "Operations that they name." }),
    faults: Type.Array(Type.String(), { description: "The first that do not fit; empty if all is well." }),
  },
);

export type AuditCheckpoint = Static<typeof auditCheckpoint>;
export type AuditEntry = Static<typeof auditEntry>;
export type InclusionProof = Static<typeof inclusionProof>;
export type ConsistencyProof = Static<typeof consistencyProof>;
export type AuditedOperation = Static<typeof auditedOperation>;
export type AuditVerification = Static<typeof auditVerification>;
