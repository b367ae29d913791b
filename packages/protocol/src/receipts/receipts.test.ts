// R1-R4: a receipt is verified by anybody, and a change of any of its fields shows.
import { sign } from "node:crypto";
import { generalVerify, importJWK } from "jose";
import { describe, expect, it } from "vitest";
import { generateSigningKey, toSigningKey } from "../pxp/index.ts";
import {
  encodeReceipt,
  encodeReceiptHeader,
  type Receipt,
  type ReceiptContent,
  type ReceiptHeader,
  receiptFields,
  receiptInput,
} from "./receipt.ts";
import { verifyReceipt } from "./verify-receipt.ts";

const [shop, airline, stranger] = [generateSigningKey(), generateSigningKey(), generateSigningKey()];
const keys = { shop: { keys: [shop.publicJwk] }, airline: { keys: [stranger.publicJwk, airline.publicJwk] } };

const content: ReceiptContent = {
  type: "pointbridge-receipt",
  version: 1,
  operation_id: "x-1",
  user_id: "客户 1",
  target_user_id: "m1",
  source_system: "shop",
  target_system: "airline",
  source_credit_type: "coin",
  target_credit_type: "mile",
  source_amount: "9223372036854775807",
  target_amount: "8",
  exchange_rate: "0.8",
  rate_version: 3,
  created_at: "2026-11-23T09:30:00.000Z",
};

function signatureOf(payload: string, key: typeof shop, changes: Partial<ReceiptHeader>) {
  const header: ReceiptHeader = {
    alg: "EdDSA",
    kid: key.keyId,
    typ: "pointbridge-receipt",
    role: "hub",
    systems: ["shop"],
    checked: receiptFields,
    ...changes,
  };
  const signedHeader = encodeReceiptHeader(header);
  const bytes = sign(null, receiptInput(signedHeader, payload), toSigningKey(key.privateJwk).privateKey);
  return { protected: signedHeader, signature: bytes.toString("base64url") };
}

const checkedByTarget = receiptFields.filter((name) => name !== "user_id" && name !== "rate_version");

function receiptOf(
  said: ReceiptContent = content,
  target: Partial<ReceiptHeader> = {},
  targetKey = airline,
): Receipt {
  const payload = encodeReceipt(said);
  return {
    payload,
    signatures: [
      signatureOf(payload, shop, {}),
      signatureOf(payload, targetKey, {
        role: "target",
        systems: ["airline"],
        checked: checkedByTarget,
        ...target,
      }),
    ],
  };
}

describe("a receipt", () => {
  it("R3 holds where each side's own key has signed it", async () => {
    const verdict = await verifyReceipt(receiptOf(), keys);
    expect(verdict).toMatchObject({ ok: true, content });
    expect(verdict.sides.map(({ system_id, key_id }) => [system_id, key_id])).toEqual([
      ["shop", shop.keyId],
      ["airline", airline.keyId],
    ]);
    const both = { "*": { keys: [shop.publicJwk, airline.publicJwk] } };
    expect((await verifyReceipt(receiptOf(), both)).ok).toBe(true);
    expect(
      (await verifyReceipt(JSON.parse(JSON.stringify({ ...receiptOf(), missing: [] })) as Receipt, keys)).ok,
    ).toBe(true);
  });

  it("is what any library of JSON Web Signatures verifies", async () => {
    for (const made of [shop, airline]) {
      const jws = { payload: receiptOf().payload, signatures: [...receiptOf().signatures] };
      const { payload } = await generalVerify(jws, await importJWK({ ...made.publicJwk, alg: "EdDSA" }));
      expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(content);
    }
  });

  it.each(receiptFields)("a change of %s shows", async (field) => {
    const other = field === "rate_version" ? 4 : `${content[field]}1`;
    const changed = encodeReceipt({ ...content, [field]: other });
    // With the signatures that were made for what it said before.
    const verdict = await verifyReceipt(
      { ...receiptOf(), payload: changed },
      { ...keys, shop1: keys.shop, airline1: keys.airline },
    );
    expect(verdict.ok).toBe(false);
    expect(verdict.sides.every(({ verified }) => !verified)).toBe(true);
  });

  it("a change of any character of it shows", async () => {
    const receipt = receiptOf();
    const [first, second] = receipt.signatures;
    if (first === undefined || second === undefined) throw new Error("a signature is missing");
    const flip = (text: string, index: number) =>
      `${text.slice(0, index)}${text[index] === "A" ? "B" : "A"}${text.slice(index + 1)}`;
    for (let index = 0; index < receipt.payload.length; index += 7) {
      expect((await verifyReceipt({ ...receipt, payload: flip(receipt.payload, index) }, keys)).ok).toBe(
        false,
      );
    }
    for (const name of ["protected", "signature"] as const) {
      for (let index = 0; index < second[name].length; index += 5) {
        const signatures = [first, { ...second, [name]: flip(second[name], index) }];
        expect((await verifyReceipt({ ...receipt, signatures }, keys)).ok).toBe(false);
      }
    }
  });

  it("R3 nobody vouches for a system with a key that is not its own", async () => {
    const bySelf = await verifyReceipt(receiptOf(content, {}, shop), keys);
    expect(bySelf.sides[1]).toMatchObject({
      verified: false,
      reason: "no signature for airline is of one of its keys over this content",
    });
    const alone = { ...receiptOf(), signatures: receiptOf().signatures.slice(0, 1) };
    expect((await verifyReceipt(alone, keys)).sides[1]).toMatchObject({
      reason: "nobody signed for airline",
    });
    expect((await verifyReceipt(receiptOf(), { shop: keys.shop })).sides[1]).toMatchObject({
      reason: "no key of airline was given",
    });
    expect((await verifyReceipt(receiptOf(), {})).ok).toBe(false);
  });

  it("R4 a signer that checked nothing of its side vouches for nothing", async () => {
    for (const field of ["target_amount", "target_user_id", "target_credit_type", "operation_id"]) {
      const checked = checkedByTarget.filter((name) => name !== field);
      expect((await verifyReceipt(receiptOf(content, { checked }), keys)).ok).toBe(false);
    }
  });

  it.each([
    ["nothing", null],
    ["a text", "receipt"],
    ["no payload", { signatures: [] }],
    ["a payload that is no JSON", { payload: "AAAA", signatures: [] }],
    ["another type", { payload: encodeReceipt({ ...content, type: "other" as never }), signatures: [] }],
    ["a field too many", { payload: encodeReceipt({ ...content, more: "1" } as never), signatures: [] }],
    [
      "signatures that are none",
      { payload: encodeReceipt(content), signatures: [null, {}, { protected: "e30", signature: "" }] },
    ],
  ])("is not made of %s", async (_what, value) => {
    expect((await verifyReceipt(value as unknown as Receipt, keys)).ok).toBe(false);
  });
});
