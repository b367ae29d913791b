// Calls a partner as a node would: signs each request and counts an answer only where its signature holds.
import {
  generateSigningKey,
  type PublicJwk,
  type SigningKey,
  signRequest,
  targetUriOf,
  thumbprintOf,
  toPublicKey,
  toSigningKey,
  verifyAnswer,
} from "@pointbridge/protocol/pxp";

export interface SignedAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a test changes between signing and sending. */
export interface Tampering {
  readonly now?: Date;
  readonly nonce?: string;
  /** What is sent, after signing. */
  readonly headers?: (headers: Record<string, string>) => Record<string, string>;
  readonly body?: (body: string) => string;
  /** The base URL to sign, where it is not the one that is called. */
  readonly signedFor?: string;
  /** What is sent has no nonce that could be read, so the answer has none either. */
  readonly isAnsweredWithoutNonce?: boolean;
}

export interface CallerKey {
  readonly signingKey: SigningKey;
  readonly publicJwk: PublicJwk;
}

export function makeCallerKey(): CallerKey {
  const { privateJwk, publicJwk } = generateSigningKey();
  return { signingKey: toSigningKey(privateJwk), publicJwk };
}

export class SignedCaller {
  readonly #baseUrl: string;
  readonly #partnerKeys: readonly PublicJwk[];
  readonly #key: SigningKey;

  constructor(partner: { readonly baseUrl: string; readonly keys: readonly PublicJwk[] }, key: CallerKey) {
    this.#baseUrl = partner.baseUrl;
    this.#partnerKeys = partner.keys;
    this.#key = key.signingKey;
  }

  /** @throws Error where the answer is not signed by the partner with this request's nonce. */
  async call(path: string, body: unknown, tampering: Tampering = {}): Promise<SignedAnswer> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const { now = new Date(), nonce, signedFor = this.#baseUrl } = tampering;
    const signed = signRequest(this.#key, {
      targetUri: targetUriOf(signedFor, path),
      body: Buffer.from(text),
      now,
      ...(nonce === undefined ? {} : { nonce }),
    });
    const headers = tampering.headers?.({ ...signed.headers }) ?? signed.headers;
    const sentNonce = tampering.isAnsweredWithoutNonce === true ? undefined : signed.nonce;
    return this.#send(path, headers, tampering.body?.(text) ?? text, sentNonce);
  }

  async #send(
    path: string,
    headers: Readonly<Record<string, string>>,
    text: string,
    nonce: string | undefined,
  ): Promise<SignedAnswer> {
    const response = await fetch(this.#baseUrl + path, { method: "POST", headers, body: text });
    const bytes = Buffer.from(await response.arrayBuffer());
    const answer = { status: response.status, headers: Object.fromEntries(response.headers), body: bytes };
    const verdict = await verifyAnswer(answer, nonce, async (keyId) => {
      const jwk = this.#partnerKeys.find((known) => thumbprintOf(known) === keyId);
      return jwk === undefined ? undefined : { publicKey: toPublicKey(jwk), isRevoked: false };
    });
    if (!verdict.ok) throw new Error(`${path} answered ${response.status} unsigned: ${verdict.detail}`);
    return { status: response.status, body: JSON.parse(bytes.toString("utf8")) as SignedAnswer["body"] };
  }
}
