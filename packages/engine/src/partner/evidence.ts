// Evidence: the signed request under which something was made or changed, kept so that it can be verified by
// anybody who has the partner's public key. Written in the transaction of what it proves.
import { type Transaction, textArray, timeArray } from "../database/index.ts";
import type { Evidence } from "../domain/index.ts";
import * as queries from "./queries.ts";

export type { Evidence };

/** Writes each piece once, however often it is given. */
export async function insertEvidence(transaction: Transaction, pieces: readonly Evidence[]): Promise<void> {
  if (pieces.length === 0) return;
  const distinct = [...new Map(pieces.map((piece) => [piece.evidenceId, piece])).values()];
  // In one order, so that two batches that share requests wait for each other in one direction only.
  distinct.sort((left, right) => (left.evidenceId < right.evidenceId ? -1 : 1));
  const texts = (pick: (piece: Evidence) => string) => textArray(distinct.map(pick));
  await transaction.query(queries.insertEvidence, [
    texts((piece) => piece.evidenceId),
    texts((piece) => piece.nodeId),
    texts((piece) => piece.keyId),
    texts((piece) => piece.path),
    texts((piece) => piece.targetUri),
    texts((piece) => piece.signatureInput),
    texts((piece) => piece.signature),
    texts((piece) => piece.contentDigest),
    texts((piece) => piece.contentType),
    texts((piece) => piece.body),
    timeArray(distinct.map((piece) => piece.receivedAt)),
  ]);
}

interface EvidenceRow {
  readonly evidence_id: string;
  readonly node_id: string;
  readonly key_id: string;
  readonly path: string;
  readonly target_uri: string;
  readonly signature_input: string;
  readonly signature: string;
  readonly content_digest: string;
  readonly content_type: string;
  readonly body: string;
  readonly received_at: Date;
}

export async function findEvidence(
  transaction: Transaction,
  evidenceId: string,
): Promise<Evidence | undefined> {
  const [row] = await transaction.query<EvidenceRow>(queries.findEvidence, [evidenceId]);
  if (row === undefined) return undefined;
  return {
    evidenceId: row.evidence_id,
    nodeId: row.node_id,
    keyId: row.key_id,
    path: row.path,
    targetUri: row.target_uri,
    signatureInput: row.signature_input,
    signature: row.signature,
    contentDigest: row.content_digest,
    contentType: row.content_type,
    body: row.body,
    receivedAt: row.received_at,
  };
}
