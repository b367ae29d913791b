// Signing a receipt with one of the node's keys.
import { sign } from "node:crypto";
import type { SigningKey } from "@pointbridge/protocol/pxp";
import {
  encodeReceiptHeader,
  type ReceiptHeader,
  type ReceiptSignature,
  receiptInput,
  receiptType,
} from "@pointbridge/protocol/receipts";

export function signReceipt(
  key: SigningKey,
  payload: string,
  said: Pick<ReceiptHeader, "role" | "systems" | "checked">,
): ReceiptSignature {
  const header = encodeReceiptHeader({ alg: "EdDSA", kid: key.keyId, typ: receiptType, ...said });
  const bytes = sign(null, receiptInput(header, payload), key.privateKey);
  return { protected: header, signature: bytes.toString("base64url") };
}
