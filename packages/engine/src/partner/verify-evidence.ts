// Evidence looked at again: that its bytes are those that a key signed, at the time that the signature names. Whoever
// kept it may have altered it, and whoever hands it over may have made it up.
import type { KeyObject } from "node:crypto";
import { readSignatureInput, type SignatureRefusal, verifyRequest } from "@pointbridge/protocol/pxp";
import type { Evidence } from "../domain/index.ts";

export type EvidenceVerdict =
  | { readonly ok: true; readonly keyId: string; readonly signedAt: Date }
  | { readonly ok: false; readonly code: SignatureRefusal; readonly detail: string };

/** What of evidence is signed, and what signs it. */
export type SignedText = Pick<
  Evidence,
  "targetUri" | "signatureInput" | "signature" | "contentDigest" | "contentType" | "body"
>;

/** @param findKey of those that may have signed it; a key that was revoked since counts, if it is given */
export async function verifyEvidence(
  evidence: SignedText,
  findKey: (keyId: string) => KeyObject | undefined,
): Promise<EvidenceVerdict> {
  const input = readSignatureInput(evidence.signatureInput);
  const created = "fault" in input ? undefined : input.parameters.created;
  if (created === undefined) {
    return { ok: false, code: "missing_component", detail: "the signature does not say when it was made" };
  }
  const signedAt = new Date(created * 1000);
  const verdict = await verifyRequest(
    {
      method: "POST",
      targetUri: evidence.targetUri,
      headers: {
        "content-type": evidence.contentType,
        "content-digest": evidence.contentDigest,
        "signature-input": evidence.signatureInput,
        signature: evidence.signature,
      },
      body: Buffer.from(evidence.body, "utf8"),
    },
    signedAt,
    async (keyId) => {
      const publicKey = findKey(keyId);
      return publicKey && { publicKey, isRevoked: false };
    },
  );
  if (!verdict.ok) return { ok: false, code: verdict.code, detail: verdict.detail };
  return { ok: true, keyId: verdict.keyId, signedAt };
}
