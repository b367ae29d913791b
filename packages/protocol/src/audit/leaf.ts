// A leaf of the audit tree: a commitment to an entry. The entry's salt keeps what can be guessed from being looked
// for in it, and lets an entry be forgotten while the tree stays.
import { createHash } from "node:crypto";
import { hashLeaf } from "./tree.ts";

/** Bytes of a salt; always as many, so that salt and body can't be told apart in two ways. */
export const saltBytes = 16;

/** SHA-256 of salt and body: what the tree's leaf is made of. @param salt base64url */
export function commitmentOf(salt: string, body: string): Buffer {
  const bytes = Buffer.from(salt, "base64url");
  if (bytes.length !== saltBytes || bytes.toString("base64url") !== salt) {
    throw new RangeError(`a salt is ${saltBytes} bytes in base64url`);
  }
  return createHash("sha256").update(bytes).update(body, "utf8").digest();
}

/** The leaf's hash (RFC 6962). @param commitment 32 bytes */
export function leafOf(commitment: Uint8Array): Buffer {
  return hashLeaf(commitment);
}
