// Proves what a receiver gets of a request, and what it is told of one that is none.
import { generateWebhookKeys, signWebhook, WebhookSigner } from "@pointbridge/protocol/webhooks";
import { describe, expect, it } from "vitest";
import { verifyWebhook } from "./index.ts";

const keys = generateWebhookKeys();

function signed(body: string): Record<string, string> {
  return signWebhook([new WebhookSigner(keys)], "7-0", new Date(), body);
}

describe("verifyWebhook", () => {
  it("gives the event of a request that was signed, however its headers come", () => {
    const event = { specversion: "1.0", id: "7-0", source: "urn:a", type: "account.opened", data: {} };
    const body = JSON.stringify(event);
    for (const headers of [signed(body), new Headers(signed(body)), { ...signed(body), Host: "a.example" }]) {
      for (const key of [keys.secret, keys.publicKey]) {
        expect(verifyWebhook(headers, Buffer.from(body), key)).toMatchObject({ id: "7-0", event });
      }
    }
  });

  it("does not parse what nobody signed, and says so of what is no event", () => {
    const headers = signed("{}");
    expect(() => verifyWebhook(headers, "not json", keys.publicKey)).toThrow("no signature");
    expect(() => verifyWebhook(headers, "{}", keys.publicKey)).toThrow("no event of CloudEvents 1.0");
    expect(() => verifyWebhook(signed("null"), "null", keys.secret)).toThrow("no event of CloudEvents 1.0");
  });
});
