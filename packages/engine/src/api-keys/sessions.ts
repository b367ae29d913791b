// Sessions of the console: a browser holds a token in the place of an API key.
//
// A9   Of a token only its SHA-256 is stored. It is 256 random bits, made by the node, and only ever sent as an
//      httpOnly cookie.
// A10  A session stands for the key that it was opened with and for nothing after it: session and key are looked
//      up together, at every request, by a look-up that began after the request came (as A5, A6).
// A11  A session of a configured key is kept with a proof that needs the token, so that nobody who reads the
//      database can try keys against it. It ends when no node is started with that key any more.
// A12  A session ends by itself after twelve hours, used or not.
import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { type Database, runRetried, textArray } from "../database/index.ts";
import { Gatherer, newOperationId } from "../system/index.ts";
import { type ApiKey, type ApiKeyRow, digestOfKey, toApiKey } from "./api-key.ts";
import * as queries from "./session-queries.ts";

export const sessionLifetimeMs = 12 * 60 * 60 * 1_000;

/** What a session is opened with. */
export type SessionKey =
  | { readonly kind: "stored"; readonly apiKeyId: string }
  /** `digest` is the SHA-256 of a key that the node was started with. */
  | { readonly kind: "configured"; readonly digest: Uint8Array };

export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Date;
}

export type FoundSession =
  | { readonly kind: "stored"; readonly apiKey: ApiKey; readonly expiresAt: Date }
  /** Stands for the configured key for which `proves` is true, if there still is one. */
  | {
      readonly kind: "configured";
      readonly proves: (digest: Uint8Array) => boolean;
      readonly expiresAt: Date;
    };

interface SessionRow extends ApiKeyRow {
  readonly session_digest: string;
  readonly session_expires_at: Date;
  readonly key_proof: string | null;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A11 */
function proveKey(token: string, digest: Uint8Array): string {
  return hash("sha256", Buffer.concat([Buffer.from(token), digest]), "hex");
}

function isSame(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

function toSession(row: SessionRow, token: string): FoundSession {
  const { key_proof: proof, session_expires_at: expiresAt } = row;
  if (proof === null) return { kind: "stored", apiKey: toApiKey(row), expiresAt };
  return { kind: "configured", proves: (digest) => isSame(proof, proveKey(token, digest)), expiresAt };
}

export class ConsoleSessions {
  readonly #database: Database;
  readonly #lookUps: Gatherer<string, FoundSession | undefined>;

  constructor(database: Database) {
    this.#database = database;
    this.#lookUps = new Gatherer((tokens) => this.#findAll(tokens));
  }

  async #findAll(tokens: readonly string[]): Promise<(FoundSession | undefined)[]> {
    const digests = tokens.map(digestOfKey);
    const rows = await runRetried(this.#database, (transaction) =>
      transaction.query<SessionRow>(queries.findSessions, [textArray(new Set(digests))]),
    );
    return tokens.map((token, index) => {
      const row = rows.find((found) => isSame(found.session_digest, digests[index] ?? ""));
      return row === undefined ? undefined : toSession(row, token);
    });
  }

  /** Opens a session; what is long over is swept on the way. The one answer that has the token is this one. */
  async open(key: SessionKey, principal: string): Promise<OpenedSession> {
    const token = randomBytes(32).toString("base64url");
    const keyColumns =
      key.kind === "stored" ? [key.apiKeyId, null] : ([null, proveKey(token, key.digest)] as const);
    const expiresAt = await runRetried(this.#database, async (transaction) => {
      await transaction.query(queries.sweepSessions, []);
      const [row] = await transaction.query<{ expires_at: Date }>(queries.insertSession, [
        newOperationId(),
        digestOfKey(token),
        ...keyColumns,
        principal,
        sessionLifetimeMs,
      ]);
      if (row === undefined) throw new Error("the session was not written");
      return row.expires_at;
    });
    return { token, expiresAt };
  }

  /** The session that is in force now (A10); undefined where there is none. */
  async find(token: string): Promise<FoundSession | undefined> {
    return TOKEN.test(token) ? this.#lookUps.submit(token) : undefined;
  }

  /** Ends sessions for good, on every node of the database; what has ended stays ended. */
  async end(tokens: readonly string[]): Promise<void> {
    const digests = tokens.filter((token) => TOKEN.test(token)).map(digestOfKey);
    if (digests.length === 0) return;
    await runRetried(this.#database, (transaction) =>
      transaction.query(queries.endSessions, [textArray(new Set(digests))]),
    );
  }
}
