// Receipts of completed exchanges.
import { type Static, Type } from "typebox";
import { closed, systemId } from "./shapes.ts";

const base64Url = Type.String({ pattern: "^[A-Za-z0-9_-]+$" });

export const receipt = closed(
  "Receipt",
  "What an exchange came to, signed by each side: a JSON Web Signature (RFC 7515, 7.2.1) with a member of its own.",
  {
    payload: { ...base64Url, description: "The content: canonical JSON, base64url." },
    signatures: Type.Array(
      closed("ReceiptSignature", "One node's.", {
        protected: {
          ...base64Url,
          description: "The header: key, systems, and the fields that the signer checked.",
        },
        signature: { ...base64Url, description: "Ed25519 over `protected.payload`." },
      }),
    ),
    missing: Type.Array(
      closed("MissingReceiptSignature", "A side that has not signed.", {
        system_id: systemId,
        reason: Type.String({ description: "Why, for people. Reading again asks again." }),
      }),
    ),
  },
);

export type Receipt = Static<typeof receipt>;
