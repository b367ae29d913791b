// Signatures of webhooks, as Standard Webhooks has them: over the message's id, its time and the body as sent.
//
// Q1  A message is signed with every key in force, both ways: `v1` is an HMAC with a secret that both sides have,
//     `v1a` an Ed25519 signature that the receiver checks with a public key and nobody but the node can make.
// Q2  A receiver takes a message if one signature of the list fits one of its keys, and its time is near.
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";

export const webhookHeaders = {
  id: "webhook-id",
  timestamp: "webhook-timestamp",
  signature: "webhook-signature",
} as const;

const SECRET_PREFIX = "whsec_";
const PRIVATE_PREFIX = "whsk_";
const PUBLIC_PREFIX = "whpk_";
const SECRET_BYTES = 32;
const KEY_BYTES = 32;
/** What stands before a bare Ed25519 key in the encodings that Node reads. */
const privateEncoding = Buffer.from("302e020100300506032b657004220420", "hex");
const publicEncoding = Buffer.from("302a300506032b6570032100", "hex");

const SIGNATURES_MAX = 16;
const DEFAULT_TOLERANCE_MS = 5 * 60_000;

export interface WebhookKeys {
  /** `whsec_…`: for `v1`; both sides have it. */
  readonly secret: string;
  /** `whsk_…`: for `v1a`; never leaves the node. */
  readonly privateKey: string;
  /** `whpk_…`: for `v1a`; anybody may have it. */
  readonly publicKey: string;
}

export type WebhookFault =
  | "missing_header"
  | "malformed_header"
  | "malformed_body"
  | "outside_window"
  | "bad_signature";

export class WebhookSignatureError extends Error {
  readonly code: WebhookFault;

  constructor(code: WebhookFault, message: string) {
    super(message);
    this.name = "WebhookSignatureError";
    this.code = code;
  }
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

function readKey(text: string, prefix: string, isLength: (bytes: number) => boolean): Buffer {
  const encoded = text.slice(prefix.length);
  const bytes = Buffer.from(encoded, "base64");
  if (!text.startsWith(prefix) || !base64.test(encoded) || !isLength(bytes.length)) {
    throw new TypeError(`a key that begins with ${prefix} must go on with its bytes in base64`);
  }
  return bytes;
}

function readSecret(text: string): Buffer {
  return readKey(text, SECRET_PREFIX, (length) => length >= 16 && length <= 128);
}

function readPublicKey(text: string): KeyObject {
  const bytes = readKey(text, PUBLIC_PREFIX, (length) => length === KEY_BYTES);
  return createPublicKey({ key: Buffer.concat([publicEncoding, bytes]), format: "der", type: "spki" });
}

export function generateWebhookKeys(): WebhookKeys {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const privateBytes = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-KEY_BYTES);
  const publicBytes = publicKey.export({ format: "der", type: "spki" }).subarray(-KEY_BYTES);
  return {
    secret: SECRET_PREFIX + randomBytes(SECRET_BYTES).toString("base64"),
    privateKey: PRIVATE_PREFIX + privateBytes.toString("base64"),
    publicKey: PUBLIC_PREFIX + publicBytes.toString("base64"),
  };
}

function contentOf(id: string, timestamp: number | string, body: string | Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`, "utf8"), Buffer.from(body)]);
}

function signSecretly(secret: Buffer, content: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(content).digest();
}

/** Signs messages with one set of keys. */
export class WebhookSigner {
  readonly #secret: Buffer;
  readonly #privateKey: KeyObject;

  /** @throws TypeError where one of them is no key */
  constructor(keys: Pick<WebhookKeys, "secret" | "privateKey">) {
    this.#secret = readSecret(keys.secret);
    const bytes = readKey(keys.privateKey, PRIVATE_PREFIX, (length) => length === KEY_BYTES);
    this.#privateKey = createPrivateKey({
      key: Buffer.concat([privateEncoding, bytes]),
      format: "der",
      type: "pkcs8",
    });
  }

  sign(content: Uint8Array): string {
    const secretly = signSecretly(this.#secret, content).toString("base64");
    return `v1,${secretly} v1a,${sign(null, content, this.#privateKey).toString("base64")}`;
  }
}

/**
 * The headers of one message (Q1).
 * @param signers the newest first
 * @param at when it is sent; each attempt has its own time
 */
export function signWebhook(
  signers: readonly WebhookSigner[],
  id: string,
  at: Date,
  body: string,
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000);
  const content = contentOf(id, timestamp, body);
  return {
    [webhookHeaders.id]: id,
    [webhookHeaders.timestamp]: String(timestamp),
    [webhookHeaders.signature]: signers.map((signer) => signer.sign(content)).join(" "),
  };
}

/** A request's headers: as Node gives them, as `fetch` does, or plain. */
export type WebhookRequestHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** The receiver's clock; the present if absent. */
  readonly now?: Date;
  /** How far the message's time may be off, either way; five minutes if absent. */
  readonly toleranceMs?: number;
}

export interface VerifiedWebhook {
  /** The same for every attempt and replay of one event: what was seen under it before is a duplicate. */
  readonly id: string;
  /** When this attempt was sent. */
  readonly sentAt: Date;
}

function isGetter(headers: WebhookRequestHeaders): headers is { get(name: string): string | null } {
  return typeof headers.get === "function";
}

function readHeader(headers: WebhookRequestHeaders, name: string): string {
  let found: unknown;
  if (isGetter(headers)) found = headers.get(name);
  else {
    const entries = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
    found = entries.length === 1 ? entries[0]?.[1] : undefined;
  }
  if (typeof found === "string" && found !== "") return found;
  throw new WebhookSignatureError("missing_header", `the header ${name} must be there, once`);
}

function fits(key: string, content: Buffer, signatures: readonly string[]): boolean {
  const version = key.startsWith(PUBLIC_PREFIX) ? "v1a" : "v1";
  const given = signatures.filter((signature) => signature.startsWith(`${version},`));
  const decoded = given.map((signature) => Buffer.from(signature.slice(version.length + 1), "base64"));
  if (version === "v1a") {
    const publicKey = readPublicKey(key);
    return decoded.some((bytes) => verify(null, content, publicKey, bytes));
  }
  const expected = signSecretly(readSecret(key), content);
  return decoded.some((bytes) => bytes.length === expected.length && timingSafeEqual(bytes, expected));
}

/**
 * Judges a received message (Q2). Throws unless it is one that a holder of the key sent just now.
 * @param rawBody the bytes as they came, before any parsing
 * @param keys `whsec_…` or `whpk_…`; several where the receiver knows the old and the new one
 * @throws WebhookSignatureError; TypeError where a key is none
 */
export function verifyWebhookSignature(
  headers: WebhookRequestHeaders,
  rawBody: string | Uint8Array,
  keys: string | readonly string[],
  options: VerifyOptions = {},
): VerifiedWebhook {
  const id = readHeader(headers, webhookHeaders.id);
  const timestamp = readHeader(headers, webhookHeaders.timestamp);
  const signatures = readHeader(headers, webhookHeaders.signature).split(" ");
  if (!/^[0-9]{1,12}$/.test(timestamp)) {
    throw new WebhookSignatureError("malformed_header", `${webhookHeaders.timestamp} must be whole seconds`);
  }
  if (signatures.length > SIGNATURES_MAX) {
    throw new WebhookSignatureError("malformed_header", `more than ${SIGNATURES_MAX} signatures`);
  }
  const sentAt = new Date(Number(timestamp) * 1000);
  const { now = new Date(), toleranceMs = DEFAULT_TOLERANCE_MS } = options;
  if (Math.abs(now.getTime() - sentAt.getTime()) > toleranceMs) {
    const message = `the message's time is more than ${toleranceMs} ms off; it may be a replay, or a clock is wrong`;
    throw new WebhookSignatureError("outside_window", message);
  }
  const content = contentOf(id, timestamp, rawBody);
  const known = typeof keys === "string" ? [keys] : keys;
  if (known.some((key) => fits(key, content, signatures))) return { id, sentAt };
  throw new WebhookSignatureError("bad_signature", "no signature of the message fits a key of the receiver");
}
