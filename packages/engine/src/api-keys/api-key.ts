// An API key as it is kept: everything but the key.
//
// A4  Of a key only its SHA-256 is stored, and only its maker ever sees it, once. It is 256 random bits, so
//     that its digest can be stored without salt and looked up by index.
import { hash, randomBytes } from "node:crypto";
import type { Action, HeldGrant, Role } from "../grants/index.ts";

export type { Role } from "../grants/index.ts";

export interface ApiKey {
  readonly apiKeyId: string;
  readonly name: string;
  /** Whom the key stands for. */
  readonly principal: string;
  readonly role: Role;
  /** The systems that it is narrowed to; null for the whole node. */
  readonly systems: readonly string[] | null;
  /** What its principal may do beside what the role says; empty where the key was not found to be judged by. */
  readonly grants: readonly HeldGrant[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

/** Roles whose keys are for some systems only. */
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

interface HeldGrantRow {
  readonly action: Action;
  readonly system_id: string | null;
  readonly source_system: string | null;
  readonly target_system: string | null;
  /** As text: JSON has no exact numbers. */
  readonly max_amount: string | null;
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
  readonly grants?: readonly HeldGrantRow[] | null;
}

function toHeldGrant(row: HeldGrantRow): HeldGrant {
  return {
    action: row.action,
    systemId: row.system_id,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    amountMax: row.max_amount === null ? null : BigInt(row.max_amount),
  };
}

export function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    apiKeyId: row.api_key_id,
    name: row.name,
    principal: row.principal,
    role: row.role,
    systems: row.systems,
    grants: (row.grants ?? []).map(toHeldGrant),
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
  };
}
