// Proves the signatures of webhooks: the standard's known answer, rotation, and everything that has to be refused.
import { describe, expect, it } from "vitest";
import {
  generateWebhookKeys,
  signWebhook,
  verifyWebhookSignature,
  WebhookSignatureError,
  WebhookSigner,
} from "./signing.ts";

// The known answer that the implementations of Standard Webhooks share.
const knownSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const knownId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const knownTime = new Date(1_614_265_330_000);
const knownBody = '{"test": 2432232314}';
const knownSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

const keys = generateWebhookKeys();
const now = new Date(1_800_000_000_500);
const body = '{"specversion":"1.0","data":{"name":"积分"}}';
const headers = signWebhook([new WebhookSigner(keys)], "event-1", now, body);

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof WebhookSignatureError) return error.code;
    throw error;
  }
  return "taken";
}

describe("a webhook's signature", () => {
  it("is the known answer of Standard Webhooks (Q1)", () => {
    const signer = new WebhookSigner({ secret: knownSecret, privateKey: keys.privateKey });
    const signed = signWebhook([signer], knownId, knownTime, knownBody);
    expect(signed["webhook-signature"]?.split(" ")[0]).toBe(knownSignature);
    const received = {
      "webhook-id": knownId,
      "webhook-timestamp": "1614265330",
      "webhook-signature": knownSignature,
    };
    const { id } = verifyWebhookSignature(received, knownBody, knownSecret, { now: knownTime });
    expect(id).toBe(knownId);
  });

  it("is taken with the secret alone and with the public key alone (Q1, Q2)", () => {
    for (const key of [keys.secret, keys.publicKey]) {
      const verified = verifyWebhookSignature(new Headers(headers), Buffer.from(body), key, { now });
      expect(verified).toEqual({ id: "event-1", sentAt: new Date(1_800_000_000_000) });
    }
  });

  it("is taken by receivers of the old and of the new key while both sign (Q1, Q2)", () => {
    const next = generateWebhookKeys();
    const rotating = [new WebhookSigner(next), new WebhookSigner(keys)];
    const signed = signWebhook(rotating, "event-1", now, body);
    expect(signed["webhook-signature"]?.split(" ")).toHaveLength(4);
    for (const key of [keys.secret, keys.publicKey, next.secret, next.publicKey]) {
      expect(faultOf(() => verifyWebhookSignature(signed, body, key, { now }))).toBe("taken");
    }
    const both = [generateWebhookKeys().publicKey, keys.publicKey];
    expect(faultOf(() => verifyWebhookSignature(headers, body, both, { now }))).toBe("taken");
  });

  it("is refused for another body, id, time or key (Q2)", () => {
    const other = generateWebhookKeys();
    for (const key of [keys.secret, keys.publicKey]) {
      expect(faultOf(() => verifyWebhookSignature(headers, `${body} `, key, { now }))).toBe("bad_signature");
      for (const changed of [{ "webhook-id": "event-2" }, { "webhook-timestamp": "1800000001" }]) {
        const forged = { ...headers, ...changed };
        expect(faultOf(() => verifyWebhookSignature(forged, body, key, { now }))).toBe("bad_signature");
      }
    }
    for (const key of [other.secret, other.publicKey]) {
      expect(faultOf(() => verifyWebhookSignature(headers, body, key, { now }))).toBe("bad_signature");
    }
  });

  it("of one kind is not taken for one of the other (Q2)", () => {
    const [secretly = "", publicly = ""] = (headers["webhook-signature"] ?? "").split(" ");
    const swapped = { ...headers, "webhook-signature": `${publicly.replace("v1a", "v1")}` };
    expect(faultOf(() => verifyWebhookSignature(swapped, body, keys.secret, { now }))).toBe("bad_signature");
    const other = { ...headers, "webhook-signature": secretly.replace("v1,", "v1a,") };
    expect(faultOf(() => verifyWebhookSignature(other, body, keys.publicKey, { now }))).toBe("bad_signature");
  });

  it("is refused outside its window, either way (Q2)", () => {
    for (const offsetMs of [-301_000, 301_000]) {
      const off = { now: new Date(now.getTime() + offsetMs) };
      expect(faultOf(() => verifyWebhookSignature(headers, body, keys.secret, off))).toBe("outside_window");
    }
  });

  it("is refused where a header is missing, doubled or malformed (Q2)", () => {
    for (const name of Object.keys(headers)) {
      const { [name]: value, ...others } = headers;
      for (const broken of [others, { ...others, [name]: [value ?? "", value ?? ""] }]) {
        expect(faultOf(() => verifyWebhookSignature(broken, body, keys.secret, { now }))).toBe(
          "missing_header",
        );
      }
    }
    const malformed = { ...headers, "webhook-timestamp": "1e9" };
    expect(faultOf(() => verifyWebhookSignature(malformed, body, keys.secret, { now }))).toBe(
      "malformed_header",
    );
  });

  it("says so where a key is none, rather than that the message is forged", () => {
    for (const key of ["secret", "whsec_", "whsec_!!!!", "whpk_AAAA", keys.privateKey]) {
      expect(() => verifyWebhookSignature(headers, body, key, { now })).toThrow(TypeError);
    }
  });
});
