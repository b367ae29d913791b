// Systems: each keeps members' points in its own ledger, at this node (hosted) or elsewhere (remote).
import { type Static, Type } from "typebox";
import { businessText, closed, name, oneOf, pageOf, systemId, time } from "./shapes.ts";

const kind = oneOf(
  ["hosted", "remote"],
  "`hosted`: this node keeps its accounts. `remote`: a partner does. Fixed once made.",
);
const status = oneOf(["active", "suspended"], "A suspended system takes part in no new exchange.");

export const jsonWebKey = closed("JsonWebKey", "An Ed25519 public key (RFC 8037).", {
  kty: oneOf(["OKP"], "Key type."),
  crv: oneOf(["Ed25519"], "Curve."),
  x: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$", description: "The public key, base64url." }),
  kid: Type.Optional(businessText),
  use: Type.Optional(oneOf(["sig"], "Purpose.")),
  alg: Type.Optional(oneOf(["EdDSA", "Ed25519"], "Algorithm.")),
  key_ops: Type.Optional(Type.Array(oneOf(["verify"], "Operation."), { maxItems: 1 })),
  ext: Type.Optional(Type.Boolean()),
});

const partnerFields = {
  base_url: Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 2048,
      description: "Address of the partner's node: what comes before /pxp/v1.",
    }),
  ),
  keys: Type.Optional(
    closed("JsonWebKeySet", "The keys that the partner signs with.", {
      keys: Type.Array(jsonWebKey, { maxItems: 16 }),
    }),
  ),
  speaks_for: Type.Optional(
    Type.Array(systemId, { maxItems: 1000, description: "Other systems that this node speaks for." }),
  ),
  timeout_ms: Type.Optional(
    Type.Integer({ minimum: 100, maximum: 300_000, description: "Milliseconds to wait for an answer." }),
  ),
  rate_limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, description: "Calls a second to send at most." }),
  ),
  access: Type.Optional(
    oneOf(
      ["standard", "granted"],
      "What the partner's node may begin here. `standard`: all that the partner protocol has, for the systems that it speaks for. `granted`: what grants say, and nothing else.",
    ),
  ),
};

export const systemInput = closed("SystemInput", "A system as it shall be.", {
  name,
  kind,
  status: Type.Optional(status),
  ...partnerFields,
});

export const system = closed("System", "A system.", {
  system_id: systemId,
  name,
  kind,
  status,
  ...partnerFields,
  created_at: time,
  updated_at: time,
});

export const systemPage = pageOf("SystemPage", system);

export type SystemInput = Static<typeof systemInput>;
export type System = Static<typeof system>;
