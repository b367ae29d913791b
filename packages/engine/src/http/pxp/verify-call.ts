// Who signed a request, and that it was not sent before.
//
// V1  The signature is verified over the bytes that came in and over the address that was agreed on: the
//     configured public URL and the raw path, nothing that a proxy or the request itself says.
// V2  The nonce is taken after that and before anything is decided. A caller that was judged by an older book
//     than the one at that time is judged again, so a key that was revoked anywhere is refused everywhere.
import {
  type SignatureRefusal,
  signatureSkewSeconds,
  targetUriOf,
  verifyRequest,
} from "@pointbridge/protocol/pxp";
import type { PartnerBook, Partners } from "../../partner/index.ts";

export interface ReceivedRequest {
  readonly method: string;
  /** The raw path from /pxp/v1/ on, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
}

export type CallVerdict =
  | {
      readonly ok: true;
      readonly nodeId: string;
      readonly keyId: string;
      readonly nonce: string;
      readonly book: PartnerBook;
      readonly targetUri: string;
    }
  | {
      readonly ok: false;
      readonly code: SignatureRefusal;
      readonly detail: string;
      readonly nonce: string | undefined;
      readonly book: PartnerBook;
    };

/** A key that an old book does not know may have been registered since; it is looked for in the one in force. */
async function verifyBy(partners: Partners, book: PartnerBook, request: ReceivedRequest, targetUri: string) {
  const usedBook = { value: book };
  const verdict = await verifyRequest({ ...request, targetUri }, new Date(), async (keyId) => {
    if (book.findKey(keyId) === undefined) usedBook.value = await partners.registry.current();
    const key = usedBook.value.findKey(keyId);
    return key && { publicKey: key.publicKey, isRevoked: key.state === "revoked" };
  });
  return { verdict, book: usedBook.value };
}

/** @throws DatabaseError */
export async function verifyCall(
  partners: Partners,
  publicUrl: string,
  request: ReceivedRequest,
): Promise<CallVerdict> {
  const { registry, nonces } = partners;
  const targetUri = targetUriOf(publicUrl, request.path);
  const first = await verifyBy(partners, await registry.latest(), request, targetUri);
  if (!first.verdict.ok) return { ...first.verdict, book: first.book };
  const { keyId, nonce, expires } = first.verdict;
  const nodeId = first.book.findKey(keyId)?.nodeId;
  if (nodeId === undefined) throw new Error(`the key ${keyId} verified and is not in the book`);
  const keepUntil = new Date(expires.getTime() + signatureSkewSeconds * 1000);
  const taken = await nonces.take({ nodeId, nonce, keepUntil });
  const book = await registry.atVersion(taken.catalogVersion);
  if (book.findKey(keyId)?.state === "revoked") {
    return { ok: false, code: "revoked_key", detail: `the key "${keyId}" is revoked`, nonce, book };
  }
  if (!taken.isFree) {
    const detail = "this nonce was sent before; sign each attempt anew";
    return { ok: false, code: "nonce_replayed", detail, nonce, book };
  }
  await registry.noteProven(book, keyId);
  return { ok: true, nodeId, keyId, nonce, book, targetUri };
}
