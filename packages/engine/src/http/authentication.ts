// Who is calling: an API key in the Authorization header stands for a principal with a role.
//
// A1  A key is never kept or compared as text: only its SHA-256, in constant time.
// A2  Every accepted key is compared, so that the time taken says nothing about which one came close.
import { hash, timingSafeEqual } from "node:crypto";
import type { Principal } from "./principal.ts";
import { HttpError } from "./problem.ts";

export interface AcceptedKey {
  readonly principal: Principal;
  /** SHA-256 of the key. */
  readonly digest: Uint8Array;
}

function digestOf(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

export function acceptKey(key: string, principal: Principal): AcceptedKey {
  return { principal, digest: digestOf(key) };
}

const BEARER = /^Bearer +([\x21-\x7e]{1,512}) *$/i;

/** @throws HttpError unauthenticated */
export function authenticate(header: string | undefined, acceptedKeys: readonly AcceptedKey[]): Principal {
  if (header === undefined) {
    throw new HttpError("unauthenticated", "send the header Authorization: Bearer API_KEY");
  }
  const key = BEARER.exec(header)?.[1];
  if (key === undefined) {
    throw new HttpError("unauthenticated", "the Authorization header must read Bearer API_KEY");
  }
  const digest = digestOf(key);
  let principal: Principal | undefined;
  for (const accepted of acceptedKeys) {
    if (timingSafeEqual(accepted.digest, digest)) principal = accepted.principal;
  }
  if (principal === undefined) throw new HttpError("unauthenticated", "this API key is not known here");
  return principal;
}
