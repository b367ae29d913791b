// The call by which a hub asks for a partner's signature on a completed exchange: docs/protocol/receipts.md.
import { type Static, Type } from "typebox";
import { oneOf } from "../v1/index.ts";
import { open, operationId, systemId } from "./call-fields.ts";

const base64Url = Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 8192 });

export const receiptsCall = open(
  "ReceiptsCall",
  "Asks for the callee's signature on what an exchange came to.",
  {
    kind: oneOf(
      ["credits", "holds"],
      "Which row of the callee's: the credit to its target, or the hold of its source.",
    ),
    operation_id: operationId,
    source_system: systemId,
    target_system: systemId,
    payload: {
      ...base64Url,
      description: "The receipt's content: canonical JSON in base64url, as every side signs it.",
    },
  },
);

export const receiptsAnswer = open("ReceiptsAnswer", "The callee's signature (RFC 7515, Ed25519).", {
  operation_id: operationId,
  protected: {
    ...base64Url,
    description: "The header: who signs, and which fields were held against the row.",
  },
  signature: { ...base64Url, description: "Over `protected.payload`." },
});

export type ReceiptsCall = Static<typeof receiptsCall>;
export type ReceiptsAnswer = Static<typeof receiptsAnswer>;
