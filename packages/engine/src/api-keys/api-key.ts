// An API key as it is kept: everything but the key.
//
// A4  Of a key only its SHA-256 is stored, and only its maker ever sees it, once. It is 256 random bits, so
//     that its digest can be stored without salt and looked up by index.
import { hash, randomBytes } from "node:crypto";

/** What a key lets its holder do; `permissions.ts` of the HTTP side says what that is. */
export type Role = "viewer" | "operator" | "approver" | "administrator" | "service" | "partner";

export interface ApiKey {
  readonly apiKeyId: string;
  readonly name: string;
  /** Whom the key stands for. */
  readonly principal: string;
  readonly role: Role;
  /** Of a service or a partner: the systems that it is for; null for every other role. */
  readonly systems: readonly string[] | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

/** Roles that are for some systems only. */
export function isForSomeSystems(role: Role): boolean {
  return role === "service" || role === "partner";
}

const KEY = /^pb_[A-Za-z0-9_-]{43}$/;

/** A key that nobody can guess (A4). */
export function makeKey(): string {
  return `pb_${randomBytes(32).toString("base64url")}`;
}

/** Whether a text may be a key that `makeKey` made; nothing else has to be looked up. */
export function looksLikeKey(text: string): boolean {
  return KEY.test(text);
}

export function digestOfKey(key: string): string {
  return hash("sha256", key, "hex");
}

export interface ApiKeyRow {
  readonly api_key_id: string;
  readonly name: string;
  readonly principal: string;
  readonly role: Role;
  readonly systems: readonly string[] | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
  readonly revoked_by: string | null;
}

export function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    apiKeyId: row.api_key_id,
    name: row.name,
    principal: row.principal,
    role: row.role,
    systems: row.systems,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
  };
}
