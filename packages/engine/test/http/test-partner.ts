// A partner of a test node: signs calls with keys of its own, spoils them where a test says so, and holds every
// answer to the node's signature over the request's nonce.
import {
  callPaths,
  generateSigningKey,
  type PxpCallName,
  signRequest,
  targetUriOf,
  toPublicKey,
  toSigningKey,
  verifyAnswer,
} from "@pointbridge/protocol/pxp";
import type { FastifyInstance } from "fastify";
import type { Services } from "../../src/http/index.ts";

export interface PartnerResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface CallChanges {
  /** What is signed instead of the node's address. */
  readonly baseUrl?: string;
  readonly path?: string;
  /** The raw body, where it is not the object as JSON. */
  readonly bytes?: Uint8Array;
  readonly now?: Date;
  readonly lifetimeSeconds?: number;
  readonly nonce?: string;
  /** Changes what was signed before it is sent. */
  readonly spoil?: (sent: { headers: Record<string, string>; body: Uint8Array }) => void;
}

export class TestPartner {
  readonly publicJwk: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };
  readonly keyId: string;
  readonly #key: ReturnType<typeof toSigningKey>;

  constructor() {
    const { keyId, privateJwk, publicJwk } = generateSigningKey();
    this.keyId = keyId;
    this.publicJwk = { kty: "OKP", crv: "Ed25519", x: publicJwk.x };
    this.#key = toSigningKey(privateJwk);
  }

  get keys(): { readonly keys: readonly object[] } {
    return { keys: [this.publicJwk] };
  }

  /** @throws where the answer is not signed by the node with the request's nonce */
  async call(
    node: { readonly app: FastifyInstance; readonly services: Services },
    name: PxpCallName,
    body: object,
    changes: CallChanges = {},
  ): Promise<PartnerResult> {
    const { app, services } = node;
    const path = changes.path ?? callPaths[name];
    const bytes = changes.bytes ?? Buffer.from(JSON.stringify(body));
    const baseUrl = changes.baseUrl ?? services.partners.publicUrl ?? "";
    const { now = new Date(), lifetimeSeconds, nonce } = changes;
    const signed = signRequest(this.#key, {
      targetUri: targetUriOf(baseUrl, path),
      body: bytes,
      now,
      ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
      ...(nonce === undefined ? {} : { nonce }),
    });
    const sent = { headers: { ...signed.headers }, body: bytes };
    changes.spoil?.(sent);
    const response = await app.inject({
      method: "POST",
      url: path,
      headers: sent.headers,
      payload: Buffer.from(sent.body),
    });
    const sentNonce = /;nonce="([^"]*)"/.exec(sent.headers["signature-input"] ?? "")?.[1];
    const answer = {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      body: new Uint8Array(response.rawPayload),
    };
    const book = await services.partners.registry.current();
    const verdict = await verifyAnswer(answer, sentNonce, async (keyId) => {
      const key = book.nodeKeys.find((candidate) => candidate.keyId === keyId);
      return key && { publicKey: toPublicKey(key.publicJwk), isRevoked: false };
    });
    if (!verdict.ok) throw new Error(`${path}: ${response.statusCode} ${response.body} ${verdict.detail}`);
    return { status: answer.status, headers: response.headers, body: response.json() };
  }
}
