// Verifying a receipt alone: with the public keys of both systems' nodes, and nothing of any node.
//
// R3  A receipt holds where both the source and the target are vouched for by a signature of one of their own keys
//     over this content. A key stands for the systems that whoever verifies says, never for what a receipt claims.
// R4  The signer of a side must have held that side's own fields against its books; a signature that leaves them out
//     vouches for nothing.
import {
  decodeReceipt,
  decodeReceiptHeader,
  fromBase64Url,
  type Receipt,
  type ReceiptContent,
  type ReceiptField,
  type ReceiptHeader,
  type ReceiptSignature,
  receiptInput,
} from "./receipt.ts";

export interface ReceiptKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
}

/** The keys of each system's node; those under `*` stand for every system. */
export type ReceiptKeys = Readonly<Record<string, { readonly keys: readonly ReceiptKey[] }>>;

export interface ReceiptSide {
  readonly system_id: string;
  readonly side: "source" | "target";
  readonly verified: boolean;
  /** Of the key that vouches for it. */
  readonly key_id?: string;
  readonly checked?: readonly string[];
  /** Why nothing does. */
  readonly reason?: string;
}

export interface ReceiptVerdict {
  /** Both sides vouch for it. */
  readonly ok: boolean;
  /** What it says; undefined where it can't be read. Only worth something where `ok`. */
  readonly content?: ReceiptContent;
  readonly sides: readonly ReceiptSide[];
  /** What is wrong with it as a whole. */
  readonly fault?: string;
}

/** R4 */
const neededFields: Readonly<Record<ReceiptSide["side"], readonly ReceiptField[]>> = {
  source: [
    "operation_id",
    "user_id",
    "source_system",
    "target_system",
    "source_credit_type",
    "source_amount",
  ],
  target: [
    "operation_id",
    "target_user_id",
    "source_system",
    "target_system",
    "target_credit_type",
    "target_amount",
  ],
};

async function isSignedBy(
  key: ReceiptKey,
  payload: string,
  { protected: header, signature }: ReceiptSignature,
) {
  const bytes = fromBase64Url(signature);
  if (bytes === undefined || key.kty !== "OKP" || key.crv !== "Ed25519") return false;
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.x };
  const imported = await crypto.subtle.importKey("jwk", jwk, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, bytes, receiptInput(header, payload));
}

/** RFC 7638. */
async function thumbprintOf({ x }: ReceiptKey): Promise<string> {
  const text = new TextEncoder().encode(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return btoa(String.fromCharCode(...digest))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

interface Candidate {
  readonly signature: ReceiptSignature;
  readonly header: ReceiptHeader;
}

async function verifySide(
  receipt: Receipt,
  candidates: readonly Candidate[],
  place: Pick<ReceiptSide, "side" | "system_id">,
  keys: ReceiptKeys,
): Promise<ReceiptSide> {
  const { side, system_id: systemId } = place;
  const named = Object.hasOwn(keys, systemId) ? (keys[systemId]?.keys ?? []) : [];
  const trusted = [...named, ...(keys["*"]?.keys ?? [])];
  if (trusted.length === 0) return { ...place, verified: false, reason: `no key of ${systemId} was given` };
  const own = candidates.filter(({ header }) => header.systems.includes(systemId));
  if (own.length === 0) return { ...place, verified: false, reason: `nobody signed for ${systemId}` };
  for (const { signature, header } of own) {
    if (!neededFields[side].every((field) => header.checked.includes(field))) continue;
    for (const key of trusted) {
      if (header.kid !== (await thumbprintOf(key))) continue;
      if (await isSignedBy(key, receipt.payload, signature)) {
        return { ...place, verified: true, key_id: header.kid, checked: header.checked };
      }
    }
  }
  const reason = `no signature for ${systemId} is of one of its keys over this content`;
  return { ...place, verified: false, reason };
}

/**
 * Verifies a receipt (R3).
 * @param receipt as it was read from JSON
 * @param keys from where they can be trusted: `GET /v1/keys` of each node, or what was agreed on
 */
export async function verifyReceipt(receipt: Receipt, keys: ReceiptKeys): Promise<ReceiptVerdict> {
  const isReceipt =
    typeof receipt === "object" &&
    receipt !== null &&
    typeof receipt.payload === "string" &&
    Array.isArray(receipt.signatures);
  const content = isReceipt ? decodeReceipt(receipt.payload) : undefined;
  if (content === undefined)
    return { ok: false, sides: [], fault: "this is no receipt, or its payload was changed" };
  const candidates = receipt.signatures.flatMap((signature): Candidate[] => {
    if (typeof signature?.protected !== "string" || typeof signature.signature !== "string") return [];
    const header = decodeReceiptHeader(signature.protected);
    return header === undefined ? [] : [{ signature, header }];
  });
  const sides = await Promise.all([
    verifySide(receipt, candidates, { side: "source", system_id: content.source_system }, keys),
    verifySide(receipt, candidates, { side: "target", system_id: content.target_system }, keys),
  ]);
  return { ok: sides.every(({ verified }) => verified), content, sides };
}
