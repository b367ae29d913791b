// What the vector files of signatures and digests should hold; write-vectors.ts writes them, a test holds them to this.
import { answerVectors } from "./answer-cases.ts";
import { sha256Digest } from "./free-signer.ts";
import { requestVectors } from "./request-cases.ts";
import { vectorKeys } from "./vector-keys.ts";

export const vectorFolder = new URL("../../vectors/", import.meta.url);

const bodies: ReadonlyArray<readonly [name: string, body: Buffer]> = [
  ["nothing", Buffer.alloc(0)],
  ["an empty object", Buffer.from("{}")],
  ["text outside ASCII", Buffer.from("Ünïcode 積分 🎫")],
  ["a line end at the end", Buffer.from('{"a":1}\r\n')],
  ["bytes that are no UTF-8", Buffer.from("00ff80feff", "hex")],
];

const oneBody = Buffer.from('{"hello": "world"}');

const digests = [
  ...bodies.map(([name, body]) => ({ name, body, content_digest: sha256Digest(body), fits: true })),
  { name: "of another body", body: oneBody, content_digest: sha256Digest("{}"), fits: false },
  {
    name: "of the text with a space less",
    body: oneBody,
    content_digest: sha256Digest('{"hello":"world"}'),
    fits: false,
  },
  {
    name: "in base64url",
    body: Buffer.from("{}"),
    content_digest: sha256Digest("{}").replace("+", "-").replace("/", "_"),
    fits: false,
  },
  {
    name: "without padding",
    body: oneBody,
    content_digest: sha256Digest(oneBody).replace(/=:$/, ":"),
    fits: false,
  },
  {
    name: "without colons",
    body: oneBody,
    content_digest: sha256Digest(oneBody).replaceAll(":", ""),
    fits: false,
  },
  {
    name: "under another name",
    body: oneBody,
    content_digest: sha256Digest(oneBody).replace("sha-256", "sha256"),
    fits: false,
  },
  {
    name: "named in capitals",
    body: oneBody,
    content_digest: sha256Digest(oneBody).replace("sha", "SHA"),
    fits: false,
  },
  {
    name: "as the old Digest header wrote it",
    body: oneBody,
    content_digest: sha256Digest(oneBody).replaceAll(":", "").replace("sha", "SHA"),
    fits: false,
  },
  { name: "empty", body: oneBody, content_digest: "sha-256=::", fits: false },
].map(({ body, ...rest }) => ({ ...rest, body_base64: body.toString("base64") }));

const baseUrls: ReadonlyArray<readonly [string, string | null]> = [
  ["https://shop.example.com", "https://shop.example.com"],
  ["https://shop.example.com/", "https://shop.example.com"],
  ["HTTPS://Shop.Example.COM", "https://shop.example.com"],
  ["https://shop.example.com:443", "https://shop.example.com"],
  ["http://shop.example.com:80/", "http://shop.example.com"],
  ["https://shop.example.com:80", "https://shop.example.com:80"],
  ["https://shop.example.com:8443/Partner/A/", "https://shop.example.com:8443/Partner/A"],
  ["http://127.0.0.1:4100", "http://127.0.0.1:4100"],
  ["http://[::1]:4100", "http://[::1]:4100"],
  ["https://[2001:DB8::1]:443/p", "https://[2001:db8::1]/p"],
  ["https://shop.example.com/p%C3%BC", "https://shop.example.com/p%C3%BC"],
  ["https://xn--bcher-kva.example", "https://xn--bcher-kva.example"],
  ["https://bücher.example", null],
  ["https://user:secret@shop.example.com", null],
  ["https://shop.example.com.", null],
  ["https://shop.example.com..:8443/p", null],
  ["https://shop..example.com", null],
  ["https://shop.example.com?x=1", null],
  ["https://shop.example.com#x", null],
  ["https://shop.example.com/a/../b", null],
  ["https://shop.example.com/a/%2e%2e/b", null],
  ["https://shop.example.com/a//b", null],
  ["https://shop.example.com\\a", null],
  ["https://shop.example.com/pxp/v1", null],
  ["https://0x7f.1", null],
  ["https://2130706433", null],
  ["https://[2001:db8:0:0::1]", null],
  ["https://shop.example.com:99999", null],
  ["ftp://shop.example.com", null],
  ["shop.example.com", null],
  [" https://shop.example.com", null],
  ["https://", null],
  ["", null],
];

export const vectorDocuments: Readonly<Record<string, object>> = {
  "keys.json": {
    about:
      "The keys of requests.json and answers.json, and what the verifier knows of each: `unregistered` is a key that it never heard of. They are public: never register them anywhere. `key_id` is the RFC 7638 thumbprint.",
    keys: Object.values(vectorKeys).map(({ name, state, keyId, jwk }) => ({
      name,
      state,
      key_id: keyId,
      private_jwk: jwk,
    })),
  },
  "requests.json": {
    about:
      "Requests and what a verifier says of them at `now`. Headers have lower-case names; a list is a header that came more than once.",
    vectors: requestVectors,
  },
  "answers.json": {
    about: "Answers and whether they count for the caller whose request had the nonce `request_nonce`.",
    vectors: answerVectors,
  },
  "digests.json": {
    about: "Content-Digest headers and whether each fits its body.",
    vectors: digests,
  },
  "base-urls.json": {
    about:
      "A node's address as somebody writes it and as both sides sign it; null is refused. `@target-uri` is the canonical address with the raw path from /pxp/v1/ on behind it.",
    vectors: baseUrls.map(([base_url, canonical]) => ({ base_url, canonical })),
  },
};
