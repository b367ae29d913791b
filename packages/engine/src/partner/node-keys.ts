// The keys that this node signs with.
//
// K1  There is one active key. It is made by whichever instance comes first, under the catalog's lock, so all
//     instances on one database have the same.
// K2  A rotation makes a new key active at once. The old one is `retiring`: still listed and still used where a
//     partner does not know the new one yet, so that nothing under way stops.
// K3  Private keys are wrapped with the master key where one is set; a key stored plain is wrapped at the first
//     start that has one. What another master key wrapped is wrapped anew at the first start that can read it.
import { generateSigningKey, type PublicJwk, type SigningKey, toSigningKey } from "@pointbridge/protocol/pxp";
import { type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import { changeCatalog } from "../catalog/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import { type Log, type MasterKey, rewrap, unwrap, wrap } from "../system/index.ts";
import * as queries from "./queries.ts";

/** How long a key is kept after the one that took its place. */
const RETIRING_DAYS = 90;

export interface NodeKey extends SigningKey {
  readonly publicJwk: PublicJwk;
  readonly createdAt: Date;
}

/** The active key first, then those that are retiring, the newest first. Never empty. */
export type NodeKeys = readonly [NodeKey, ...NodeKey[]];

interface NodeKeyRow {
  readonly key_id: string;
  readonly state: "active" | "retiring";
  readonly x: string;
  readonly private_key: string;
  readonly is_wrapped: boolean;
  readonly created_at: Date;
  readonly retired_at: Date | null;
}

function labelOf(keyId: string): string {
  return `the signing key ${keyId}`;
}

function toNodeKey(row: NodeKeyRow, masterKey: MasterKey | undefined): NodeKey {
  const text = row.is_wrapped ? unwrap(masterKey, labelOf(row.key_id), row.private_key) : row.private_key;
  const key = toSigningKey(JSON.parse(text) as Parameters<typeof toSigningKey>[0]);
  const publicJwk: PublicJwk = { kty: "OKP", crv: "Ed25519", x: row.x, kid: row.key_id };
  return { ...key, publicJwk, createdAt: row.created_at };
}

export async function loadNodeKeys(
  transaction: Transaction,
  masterKey: MasterKey | undefined,
): Promise<NodeKeys> {
  const rows = await transaction.query<NodeKeyRow>(queries.loadNodeKeys);
  const active = rows.find((row) => row.state === "active");
  if (active === undefined) throw new Error("the node has no active signing key (K1)");
  const retiring = rows.filter((row) => row !== active);
  return [toNodeKey(active, masterKey), ...retiring.map((row) => toNodeKey(row, masterKey))];
}

async function insertKey(transaction: Transaction, masterKey: MasterKey | undefined): Promise<string> {
  const { keyId, privateJwk, publicJwk } = generateSigningKey();
  const text = JSON.stringify(privateJwk);
  const stored = masterKey === undefined ? text : wrap(masterKey, labelOf(keyId), text);
  await transaction.query(queries.insertNodeKey, [keyId, publicJwk.x, stored, masterKey !== undefined]);
  return keyId;
}

/**
 * Makes the node's first key where there is none (K1) and wraps what lies plain (K3).
 * @throws AppError invalid_setting where the stored keys can't be unwrapped
 */
export async function prepareNodeKeys(
  database: Database,
  masterKey: MasterKey | undefined,
  log: Log,
): Promise<void> {
  if (masterKey === undefined) {
    log.warn(
      "POINTBRIDGE_MASTER_KEY is not set: the node's signing key and the keys that seal profiles are stored unencrypted",
    );
  }
  await changeCatalog(database, async (transaction) => {
    const rows = await transaction.query<NodeKeyRow>(queries.loadNodeKeys);
    for (const row of rows) {
      const kept = { text: row.private_key, isWrapped: row.is_wrapped };
      const wrapped = rewrap(masterKey, labelOf(row.key_id), kept);
      if (wrapped !== undefined) await transaction.query(queries.wrapNodeKey, [row.key_id, wrapped]);
    }
    if (rows.length > 0) return { outcome: "unchanged" };
    await insertKey(transaction, masterKey);
    return { outcome: "created" };
  });
}

/** Makes a new key active; the old one is retiring from now on (K2). */
export async function rotateNodeKeys(
  database: Database,
  masterKey: MasterKey | undefined,
  by?: LoggedBy,
): Promise<void> {
  await changeCatalog(database, async (transaction) => {
    const rows = await transaction.query<NodeKeyRow>(queries.loadNodeKeys);
    const active = rows.find((row) => row.state === "active");
    await transaction.query(queries.dropRetiredKeys, [RETIRING_DAYS]);
    await transaction.query(queries.retireActiveKey);
    const keyId = await insertKey(transaction, masterKey);
    if (by !== undefined) {
      const change = {
        kind: "node_key_change",
        action: "rotated",
        subject: {},
        old: active && { key_id: active.key_id },
        new: { key_id: keyId },
      } as const;
      await logAdminChanges(transaction, by, [change]);
    }
    return { outcome: "changed" };
  });
}
