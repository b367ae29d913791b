// Signed checkpoints: read back as written, and nobody else's.
import { createHash, createPublicKey, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { generateSigningKey, toSigningKey } from "../pxp/index.ts";
import { findSigner, noteKeyHash, parseCheckpoint, signCheckpoint, splitNotes } from "./checkpoint.ts";

const made = generateSigningKey();
const key = toSigningKey(made.privateJwk);
const root = createHash("sha256").update("root").digest();
const note = signCheckpoint({ origin: "pointbridge/log-1", size: 42, root }, key, made.publicJwk.x);

describe("a checkpoint", () => {
  it("is a signed note that any verifier of C2SP notes reads", () => {
    const [origin, size, hash, empty, signature, end] = note.split("\n");
    expect([origin, size, hash, empty, end]).toEqual([
      "pointbridge/log-1",
      "42",
      root.toString("base64"),
      "",
      "",
    ]);
    const [dash, name, encoded] = (signature ?? "").split(" ");
    expect([dash, name]).toEqual(["\u2014", "pointbridge/log-1"]);
    const bytes = Buffer.from(encoded ?? "", "base64");
    const keyBytes = Buffer.from(made.publicJwk.x, "base64url");
    const hashed = Buffer.concat([Buffer.from("pointbridge/log-1\n\u0001"), keyBytes]);
    expect(bytes.subarray(0, 4)).toEqual(createHash("sha256").update(hashed).digest().subarray(0, 4));
    const publicKey = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: made.publicJwk.x },
      format: "jwk",
    });
    const text = `pointbridge/log-1\n42\n${root.toString("base64")}\n`;
    expect(verify(null, Buffer.from(text), publicKey, bytes.subarray(4))).toBe(true);
  });

  it("has a key hash as the specification's example has", () => {
    // The verifier key of C2SP signed-note: PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW
    const bytes = Buffer.from("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "base64");
    expect(noteKeyHash("PeterNeumann", bytes.subarray(1).toString("base64url"))).toBe("c74f20a3");
  });

  it("is known by its signer, and by nobody else after any change", () => {
    const read = parseCheckpoint(note);
    if (read === undefined) throw new Error("the checkpoint was not read");
    expect(findSigner(read, [generateSigningKey().publicJwk, made.publicJwk])).toBe(made.keyId);
    expect(findSigner(read, [generateSigningKey().publicJwk])).toBeUndefined();
    for (let index = 0; index < note.length; index += 1) {
      const changed = `${note.slice(0, index)}${note[index] === "5" ? "6" : "5"}${note.slice(index + 1)}`;
      const found = parseCheckpoint(changed);
      expect(found === undefined ? undefined : findSigner(found, [made.publicJwk])).toBeUndefined();
    }
  });

  it("stands after others in one file", () => {
    const second = signCheckpoint({ origin: "pointbridge/log-1", size: 43, root }, key, made.publicJwk.x);
    expect(splitNotes(`${note}\n${second}`)).toEqual([note, second]);
    expect(splitNotes(note + second)).toEqual([note, second]);
    expect(splitNotes(`${note}\n${second}\n\n`.replaceAll("\n", "\r\n"))).toEqual([note, second]);
    expect(splitNotes("")).toEqual([]);
    expect(splitNotes("nothing of the kind")).toHaveLength(1);
  });
});
