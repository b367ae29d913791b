// What a webhook's messages are signed with.
//
// W9  Secrets are wrapped with the master key where one is set, each bound to its webhook and number; those that
//     lie plain are wrapped at the first start that has one.
// W10 A rotation makes new keys at once; the old ones sign beside them until they expire, so that a receiver may
//     change over at any time in between.
import {
  generateWebhookKeys,
  signWebhook,
  type WebhookKeys,
  WebhookSigner,
} from "@pointbridge/protocol/webhooks";
import type { Database, Transaction } from "../database/index.ts";
import { type MasterKey, rewrap, unwrap, wrap } from "../system/index.ts";
import * as queries from "./queries.ts";

/** The longest that old keys sign beside new ones. */
export const longestOverlapMs = 30 * 24 * 3_600_000;
export const defaultOverlapMs = 24 * 3_600_000;

interface KeyRow {
  readonly webhook_id: string;
  readonly key_number: number;
  readonly public_key: string;
  readonly secrets: string;
  readonly is_wrapped: boolean;
  readonly expires_at: Date | null;
}

export interface PublicWebhookKey {
  readonly publicKey: string;
  readonly expiresAt: Date | null;
}

function labelOf(webhookId: string, keyNumber: number): string {
  return `the secret ${keyNumber} of the webhook ${webhookId}`;
}

function readSecrets(
  row: KeyRow,
  masterKey: MasterKey | undefined,
): Pick<WebhookKeys, "secret" | "privateKey"> {
  const label = labelOf(row.webhook_id, row.key_number);
  const text = row.is_wrapped ? unwrap(masterKey, label, row.secrets) : row.secrets;
  return JSON.parse(text) as Pick<WebhookKeys, "secret" | "privateKey">;
}

/** Makes the next keys of a webhook, whose row is held; older ones that have not expired do so after a while (W10). */
export async function addWebhookKeys(
  transaction: Transaction,
  webhookId: string,
  masterKey: MasterKey | undefined,
  overlapMs: number,
): Promise<WebhookKeys> {
  const [last] = await transaction.query<{ key_number: number }>(queries.expireKeys, [webhookId, overlapMs]);
  const keyNumber = (last?.key_number ?? 0) + 1;
  const keys = generateWebhookKeys();
  const text = JSON.stringify({ secret: keys.secret, privateKey: keys.privateKey });
  const stored = masterKey === undefined ? text : wrap(masterKey, labelOf(webhookId, keyNumber), text);
  const parameters = [webhookId, keyNumber, keys.publicKey, stored, masterKey !== undefined];
  await transaction.query(queries.insertKey, parameters);
  return keys;
}

/** Those in force, the newest first. */
export async function listPublicKeys(
  transaction: Transaction,
  webhookId: string,
): Promise<readonly PublicWebhookKey[]> {
  const rows = await transaction.query<KeyRow>(queries.listKeys, [webhookId]);
  return rows.map((row) => ({ publicKey: row.public_key, expiresAt: row.expires_at }));
}

/** Signs messages with the keys that are in force when each is sent. */
export class MessageSigner {
  readonly #signers: readonly { readonly signer: WebhookSigner; readonly untilMs: number }[];

  private constructor(signers: readonly { readonly signer: WebhookSigner; readonly untilMs: number }[]) {
    this.#signers = signers;
  }

  /** @throws AppError invalid_setting where the keys can't be unwrapped */
  static async load(
    transaction: Transaction,
    webhookId: string,
    masterKey: MasterKey | undefined,
  ): Promise<MessageSigner> {
    const rows = await transaction.query<KeyRow>(queries.listKeys, [webhookId]);
    return new MessageSigner(
      rows.map((row) => ({
        signer: new WebhookSigner(readSecrets(row, masterKey)),
        untilMs: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
      })),
    );
  }

  headersOf(id: string, at: Date, body: string): Record<string, string> {
    const inForce = this.#signers.filter(({ untilMs }) => untilMs > at.getTime());
    return signWebhook(
      inForce.map(({ signer }) => signer),
      id,
      at,
      body,
    );
  }
}

/**
 * Wraps what the present master key does not read by itself, and makes sure that all can be read (W9).
 * @throws AppError invalid_setting
 */
export async function prepareWebhookKeys(
  database: Database,
  masterKey: MasterKey | undefined,
): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const row of await transaction.query<KeyRow>(queries.lockAllKeys)) {
      const kept = { text: row.secrets, isWrapped: row.is_wrapped };
      const wrapped = rewrap(masterKey, labelOf(row.webhook_id, row.key_number), kept);
      if (wrapped === undefined) continue;
      await transaction.query(queries.wrapKey, [row.webhook_id, row.key_number, wrapped]);
    }
  });
}
