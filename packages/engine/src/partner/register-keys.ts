// Registering a partner's keys, in the transaction that puts its system.
//
// P1  A key belongs to one node for ever; a key of another node is refused.
// P2  Keys that a node has bring the system to that node. A system never moves to another node, since ids are
//     scoped by node: what was done under one would be unknown under the other.
// P3  A key that a system's list had and has no longer is revoked; a revoked key can't be listed anew.
import { thumbprintOf } from "@pointbridge/protocol/pxp";
import type { System } from "../catalog/index.ts";
import { type Transaction, textArray } from "../database/index.ts";
import { AppError } from "../system/index.ts";
import type { PartnerKeyState } from "./partner-book.ts";
import * as queries from "./queries.ts";

interface ListedKey {
  readonly keyId: string;
  readonly x: string;
}

interface StoredKey {
  readonly key_id: string;
  readonly node_id: string;
  readonly state: PartnerKeyState;
}

/** What the form of /v1 accepted: Ed25519 public keys. */
function listKeys(system: System | undefined): ListedKey[] {
  const set = system?.keys as { readonly keys?: readonly { readonly x: string }[] } | undefined;
  const keys = set?.keys ?? [];
  return keys.map(({ x }) => ({ keyId: thumbprintOf({ kty: "OKP", crv: "Ed25519", x }), x }));
}

function refuseKey(
  code: "key_registered" | "key_revoked",
  index: number,
  key: ListedKey,
  detail: string,
): AppError {
  const message = `key ${key.keyId} ${detail}`;
  return new AppError(code, message, { errors: [{ path: `/keys/keys/${index}`, message: detail }] });
}

/** Judges the list against what is registered; answers the node that the system is to belong to. */
function judgeKeys(
  systemId: string,
  ownNode: string | null,
  listed: readonly ListedKey[],
  listedBefore: ReadonlySet<string>,
  stored: ReadonlyMap<string, StoredKey>,
): string {
  let node = ownNode ?? undefined;
  for (const [index, key] of listed.entries()) {
    const known = stored.get(key.keyId);
    if (known === undefined) continue;
    if (known.state === "revoked" && !listedBefore.has(key.keyId)) {
      const detail = "was revoked and can't be registered again; have the partner make a new one";
      throw refuseKey("key_revoked", index, key, detail);
    }
    if (node !== undefined && node !== known.node_id) {
      const detail = `belongs to the node ${known.node_id}, while the system belongs to ${node}; a node has keys of its own`;
      throw refuseKey("key_registered", index, key, detail);
    }
    node = known.node_id;
  }
  return node ?? systemId;
}

/**
 * Brings the registered keys in line with a system's list.
 * @throws AppError key_registered, key_revoked
 */
export async function registerKeys(
  transaction: Transaction,
  system: System,
  standing: System | undefined,
): Promise<void> {
  const listed = listKeys(system);
  const before = listKeys(standing);
  if (listed.length === 0 && before.length === 0) return;
  const ids = new Set([...listed, ...before].map((key) => key.keyId));
  const [rows, [place]] = await Promise.all([
    transaction.query<StoredKey>(queries.findPartnerKeys, [textArray(ids)]),
    transaction.query<{ node_id: string | null }>(queries.findNodeOfSystem, [system.systemId]),
  ]);
  const stored = new Map(rows.map((row) => [row.key_id, row]));
  const listedBefore = new Set(before.map((key) => key.keyId));
  const nodeId = judgeKeys(system.systemId, place?.node_id ?? null, listed, listedBefore, stored);
  const unknown = listed.filter((key) => !stored.has(key.keyId));
  const listedNow = new Set(listed.map((key) => key.keyId));
  const left = before.filter((key) => !listedNow.has(key.keyId));
  await transaction.query(queries.insertPartnerNode, [nodeId]);
  await transaction.query(queries.setNodeOfSystem, [system.systemId, nodeId]);
  await transaction.query(queries.insertPartnerKeys, [
    nodeId,
    textArray(unknown.map((key) => key.keyId)),
    textArray(unknown.map((key) => key.x)),
  ]);
  await transaction.query(queries.revokePartnerKeys, [nodeId, textArray(left.map((key) => key.keyId))]);
}
