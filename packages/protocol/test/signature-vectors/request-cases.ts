// Requests that a verifier must take, and requests that it must refuse: one rule broken in each.
import { addGroupOrder, quote, sha256Digest } from "./free-signer.ts";
import {
  address,
  body,
  buildRequestVector,
  created,
  drop,
  expires,
  nonce,
  parameters,
  type RequestCase,
  type RequestVector,
  replaceIn,
  set,
  signedBy,
  without,
} from "./request-vector.ts";
import { vectorKeys } from "./vector-keys.ts";

const good: readonly RequestCase[] = [
  { name: "a credit" },
  { name: "an empty object", body: "{}" },
  { name: "text outside ASCII in the body", body: '{"operation_id":"op-2","reason":"Ünïcode 積分 🎫"}' },
  { name: "space in the body counts as it is", body: '{ "operation_id" : "op-3" }\n' },
  {
    name: "a base_url with port and path",
    address: "https://points.example.com:8443/partner/a/pxp/v1/holds",
  },
  { name: "a loopback address by http", address: "http://127.0.0.1:4101/pxp/v1/credits/rollback" },
  {
    name: "an escape in the path stays as it was sent",
    address: "https://shop.example.com/p%C3%bc/pxp/v1/batch",
  },
  { name: "signed by another registered key", draft: signedBy("other") },
  { name: "a lifetime of 300 s", draft: { parameters: set(["expires", String(created + 300)]) } },
  { name: "a lifetime of 1 s", draft: { parameters: set(["expires", String(created + 1)]) } },
  { name: "created 60 s ahead of the verifier's clock", after: -60 },
  { name: "expires 60 s behind the verifier's clock", after: 120 },
  {
    name: "a nonce of more than 128 bits",
    draft: { parameters: set(["nonce", quote("q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA")]) },
  },
  {
    name: "components in another order",
    covers: ["content-digest", "content-type", "@target-uri", "@method"],
  },
  { name: "parameters in another order", draft: { parameters: parameters.toReversed() } },
  {
    name: "space in Signature-Input that its syntax allows",
    alter: replaceIn("signature-input", /\("(.*)"\);/, '(  "$1" );  '),
  },
  {
    name: "space around a header's value",
    contentType: "  application/json ",
    alter: replaceIn("signature", /^/, " "),
  },
  { name: "a content type with a parameter", contentType: "application/json; charset=utf-8" },
  {
    name: "a sha-512 beside the sha-256",
    contentDigest: `sha-512=:${"A".repeat(86)}==:, ${sha256Digest(body)}`,
  },
];

const altered: readonly RequestCase[] = [
  { name: "another method", code: "bad_signature", alter: (message) => (message.method = "PUT") },
  {
    name: "sent to another node",
    code: "bad_signature",
    alter: (message) => (message.target_uri = address.replace("shop", "airline")),
  },
  {
    name: "sent to another path",
    code: "bad_signature",
    alter: (message) => (message.target_uri = `${address}/rollback`),
  },
  {
    name: "a query was added",
    code: "bad_signature",
    alter: (message) => (message.target_uri = `${address}?dry=1`),
  },
  { name: "another content type", code: "bad_signature", alter: replaceIn("content-type", "json", "cbor") },
  {
    name: "another body",
    code: "bad_digest",
    alter: (message) => (message.body = body.replace('"80"', '"81"')),
  },
  {
    name: "another body that means the same",
    code: "bad_digest",
    alter: (message) => (message.body = body.replaceAll(",", ", ")),
  },
  {
    name: "another body with its digest",
    code: "bad_signature",
    alter: (message) => {
      message.body = body.replace('"80"', '"81"');
      message.headers["content-digest"] = sha256Digest(message.body);
    },
  },
  {
    name: "created was changed",
    code: "bad_signature",
    alter: replaceIn("signature-input", String(created), String(created - 1)),
  },
  {
    name: "expires was changed",
    code: "bad_signature",
    alter: replaceIn("signature-input", String(expires), String(expires + 1)),
  },
  {
    name: "the nonce was changed",
    code: "bad_signature",
    draft: { parameters: set(["nonce", quote(nonce)]) },
    alter: replaceIn("signature-input", `nonce="${nonce}"`, `nonce="${nonce}"`.replace("q83v", "Q83v")),
  },
  {
    name: "the key's id was changed to another registered one",
    code: "bad_signature",
    alter: replaceIn("signature-input", vectorKeys.caller.keyId, vectorKeys.other.keyId),
  },
  {
    name: "the order of the components was changed",
    code: "bad_signature",
    alter: replaceIn("signature-input", '"@method" "@target-uri"', '"@target-uri" "@method"'),
  },
  {
    name: "one bit of the signature",
    code: "bad_signature",
    alter: ({ headers }) => {
      const bytes = Buffer.from(String(headers["signature"]).slice(6, -1), "base64");
      bytes.writeUInt8(bytes.readUInt8(5) ^ 1, 5);
      headers["signature"] = `sig1=:${bytes.toString("base64")}:`;
    },
  },
  {
    name: "the signature with S above the group's order",
    code: "bad_signature",
    alter: ({ headers }) => (headers["signature"] = addGroupOrder(String(headers["signature"]))),
  },
];

const lacking: readonly RequestCase[] = [
  { name: "signs no component", code: "missing_component", covers: [] },
  ...["@method", "@target-uri", "content-type", "content-digest"].map((name): RequestCase => {
    const covers = ["@method", "@target-uri", "content-type", "content-digest"].filter(
      (other) => other !== name,
    );
    return { name: `does not sign ${name}`, code: "missing_component", covers };
  }),
  ...parameters.map(([name]): RequestCase => {
    return { name: `has no ${name}`, code: "missing_component", draft: { parameters: without(name) } };
  }),
  ...["content-type", "content-digest", "signature"].map((name): RequestCase => {
    return { name: `the header ${name} is missing`, code: "missing_component", alter: drop(name) };
  }),
  {
    name: "the header signature-input is missing",
    code: "missing_component",
    unreadable: true,
    alter: drop("signature-input"),
  },
  {
    name: "not signed at all",
    code: "missing_component",
    unreadable: true,
    alter: ({ headers }) => {
      delete headers["signature"];
      delete headers["signature-input"];
    },
  },
];

const malformed: readonly RequestCase[] = [
  {
    name: "signs a fifth component",
    code: "missing_component",
    coversToo: [['"@authority"', "shop.example.com"]],
  },
  {
    name: "signs a component of the related request",
    code: "missing_component",
    unreadable: true,
    coversToo: [['"content-digest";req', sha256Digest(body)]],
  },
  {
    name: "signs a component twice",
    code: "missing_component",
    unreadable: true,
    coversToo: [['"@method"', "POST"]],
  },
  {
    name: "a component's name in upper case",
    code: "missing_component",
    unreadable: true,
    covers: ["@method", "@target-uri", "content-digest"],
    coversToo: [['"Content-Type"', "application/json"]],
  },
  {
    name: "a parameter twice",
    code: "missing_component",
    unreadable: true,
    draft: { parameters: [...parameters, ["tag", quote("pxp-1")]] },
  },
  {
    name: "a parameter that the profile has not",
    code: "missing_component",
    unreadable: true,
    draft: { parameters: [...parameters, ["context", quote("test")]] },
  },
  {
    name: "created as text",
    code: "missing_component",
    unreadable: true,
    draft: { parameters: set(["created", quote(String(created))]) },
  },
  {
    name: "created with a fraction",
    code: "missing_component",
    unreadable: true,
    draft: { parameters: set(["created", `${created}.5`]) },
  },
  {
    name: "a key's id without quotes",
    code: "missing_component",
    unreadable: true,
    draft: { parameters: set(["keyid", "caller"]) },
  },
  {
    name: "a nonce of less than 128 bits",
    code: "missing_component",
    draft: { parameters: set(["nonce", quote("q83vEjRWeJA")]) },
  },
  {
    name: "a nonce that is no base64url",
    code: "missing_component",
    draft: { parameters: set(["nonce", quote("q83vEjRWeJCrze8SNFZ4+/")]) },
  },
  { name: "another label", code: "missing_component", unreadable: true, draft: { label: "sig2" } },
  { name: "the labels differ", code: "missing_component", alter: replaceIn("signature", "sig1", "sig2") },
  {
    name: "a second signature",
    code: "missing_component",
    unreadable: true,
    alter: ({ headers }) => {
      for (const name of ["signature-input", "signature"]) {
        headers[name] = `${String(headers[name])}, ${String(headers[name]).replace("sig1", "sig2")}`;
      }
    },
  },
  {
    name: "the label twice in Signature-Input",
    code: "missing_component",
    unreadable: true,
    alter: ({ headers }) =>
      (headers["signature-input"] =
        `${String(headers["signature-input"])}, ${String(headers["signature-input"])}`),
  },
  {
    name: "the label twice in Signature",
    code: "missing_component",
    alter: ({ headers }) =>
      (headers["signature"] = `${String(headers["signature"])}, ${String(headers["signature"])}`),
  },
  ...["content-type", "content-digest", "signature", "signature-input"].map((name): RequestCase => {
    return {
      name: `the header ${name} comes twice`,
      code: "missing_component",
      ...(name === "signature-input" ? { unreadable: true } : {}),
      alter: ({ headers }) => (headers[name] = [String(headers[name]), String(headers[name])]),
    };
  }),
  {
    name: "a Signature-Input that can't be read",
    code: "missing_component",
    unreadable: true,
    alter: replaceIn("signature-input", ")", ""),
  },
];

const judged: readonly RequestCase[] = [
  { name: "signed by a key that nobody registered", code: "unknown_key", draft: signedBy("stranger") },
  { name: "signed by a revoked key", code: "revoked_key", draft: signedBy("revoked") },
  { name: "created 61 s ahead of the verifier's clock", code: "clock_skew", after: -61 },
  { name: "expires 61 s behind the verifier's clock", code: "expired", after: 121 },
  {
    name: "a lifetime of 301 s",
    code: "expired",
    draft: { parameters: set(["expires", String(created + 301)]) },
  },
  { name: "expires is created", code: "expired", draft: { parameters: set(["expires", String(created)]) } },
  {
    name: "expires lies before created",
    code: "expired",
    draft: { parameters: set(["expires", String(created - 1)]) },
  },
  {
    name: "another algorithm",
    code: "bad_signature",
    draft: { parameters: set(["alg", quote("hmac-sha256")]) },
  },
  { name: "another tag", code: "bad_signature", draft: { parameters: set(["tag", quote("pxp-2")]) } },
  { name: "a signature in base64url", code: "bad_signature", alter: replaceIn("signature", /[+/]/g, "_") },
  { name: "a signature without padding", code: "bad_signature", alter: replaceIn("signature", "==:", ":") },
  {
    name: "a signature that is too short",
    code: "bad_signature",
    alter: replaceIn("signature", /:.{4}/, ":"),
  },
  { name: "an empty signature", code: "bad_signature", alter: replaceIn("signature", /:.*:/, "::") },
  { name: "a sha-512 only", code: "bad_digest", contentDigest: `sha-512=:${"A".repeat(86)}==:` },
  {
    name: "a digest twice",
    code: "bad_digest",
    contentDigest: `${sha256Digest(body)}, ${sha256Digest(body)}`,
  },
  { name: "a digest in hex", code: "bad_digest", contentDigest: `sha-256=${"0".repeat(64)}` },
  {
    name: "a digest without padding",
    code: "bad_digest",
    contentDigest: sha256Digest(body).replace(/=:$/, ":"),
  },
];

export const requestVectors: readonly RequestVector[] = [good, altered, lacking, malformed, judged]
  .flat()
  .map(buildRequestVector);
