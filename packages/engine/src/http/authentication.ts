// Who is calling: an API key in the Authorization header stands for a principal with a role.
//
// A1  A key is never kept or compared as text: only its SHA-256, in constant time. It is in no log.
// A2  Every configured key is compared, so that the time taken says nothing about which one came close. A
//     stored key is found by its digest, of which a caller can choose nothing.
// A3  A configured key asks no database. A stored one is looked up at every request: `ApiKeyDirectory` A5.
import { hash, timingSafeEqual } from "node:crypto";
import type { ApiKey, ApiKeyDirectory } from "../api-keys/index.ts";
import type { Principal } from "./principal.ts";
import { HttpError } from "./problem.ts";

export interface AcceptedKey {
  readonly principal: Principal;
  /** SHA-256 of the key. */
  readonly digest: Uint8Array;
}

export interface KeyRing {
  /** The keys that the node was started with, each with whom it stands for. */
  readonly acceptedKeys: readonly AcceptedKey[];
  /** The keys that were made through the API. */
  readonly apiKeys: Pick<ApiKeyDirectory, "find">;
}

function digestOf(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

export function acceptKey(key: string, principal: Principal): AcceptedKey {
  return { principal, digest: digestOf(key) };
}

const BEARER = /^Bearer +([\x21-\x7e]{1,512}) *$/i;

/** @throws HttpError unauthenticated */
function readKey(header: string | undefined): string {
  if (header === undefined) {
    throw new HttpError("unauthenticated", "send the header Authorization: Bearer API_KEY");
  }
  const key = BEARER.exec(header)?.[1];
  if (key === undefined) {
    throw new HttpError("unauthenticated", "the Authorization header must read Bearer API_KEY");
  }
  return key;
}

function findAccepted(key: string, acceptedKeys: readonly AcceptedKey[]): Principal | undefined {
  const digest = digestOf(key);
  let principal: Principal | undefined;
  for (const accepted of acceptedKeys) {
    if (timingSafeEqual(accepted.digest, digest)) principal = accepted.principal;
  }
  return principal;
}

function toPrincipal({ principal: name, role, systems }: ApiKey): Principal {
  return systems === null ? { name, role } : { name, role, systems: new Set(systems) };
}

/** @throws HttpError unauthenticated; DatabaseError where a stored key can't be looked up */
export async function authenticate(header: string | undefined, keys: KeyRing): Promise<Principal> {
  const key = readKey(header);
  const configured = findAccepted(key, keys.acceptedKeys);
  if (configured !== undefined) return configured;
  const stored = await keys.apiKeys.find(key);
  if (stored === undefined) {
    throw new HttpError("unauthenticated", "this API key is not known here, was revoked, or has expired");
  }
  return toPrincipal(stored);
}
