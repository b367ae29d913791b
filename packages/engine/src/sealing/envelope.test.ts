// S1-S3: what is sealed opens in its own place, under its own key version, unchanged; everything else is named.
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveDataKey, openSealed, type Place, seal } from "./envelope.ts";

const secret = randomBytes(32);
const key = deriveDataKey("shop", 3, secret);
const place: Place = { table: "user_profiles", column: "sealed", row: ["shop", "u1"] };

describe("a sealed value", () => {
  it("S1 opens where it was sealed, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const wellFormed = text.toWellFormed();
        expect(openSealed(key, place, seal(key, place, wellFormed))).toBe(wellFormed);
      }),
    );
  });

  it("S2 is never the same twice and shows nothing of its text", () => {
    const sealed = new Set(Array.from({ length: 200 }, () => seal(key, place, "canary")));
    expect(sealed.size).toBe(200);
    for (const text of sealed) expect(text).not.toContain("canary");
  });

  it("S3 a flipped bit anywhere is found and named", () => {
    const sealed = seal(key, place, "ann@example.org");
    const start = sealed.lastIndexOf(".") + 1;
    const bytes = Buffer.from(sealed.slice(start), "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const changed = sealed.slice(0, start) + flipped.toString("base64url");
      expect(() => openSealed(key, place, changed)).toThrow("was changed since it was sealed");
    }
  });

  it("S3 one character more, less or another is found", () => {
    const sealed = seal(key, place, "ann@example.org");
    for (let index = 0; index < sealed.length; index += 1) {
      const other = sealed[index] === "A" ? "B" : "A";
      for (const changed of [
        sealed.slice(0, index) + sealed.slice(index + 1),
        `${sealed.slice(0, index)}${other}${sealed.slice(index + 1)}`,
        `${sealed.slice(0, index)}!${sealed.slice(index)}`,
      ]) {
        expect(() => openSealed(key, place, changed)).toThrow(
          expect.objectContaining({ code: "sealed_value_unreadable" }),
        );
      }
    }
  });

  it.each<[string, Place]>([
    ["row", { ...place, row: ["shop", "u2"] }],
    ["system", { ...place, row: ["club", "u1"] }],
    ["column", { ...place, column: "other" }],
    ["table", { ...place, table: "other" }],
    // The parts are kept apart: nothing of one can be taken for the other's.
    ["split of the row's key", { ...place, row: ["shop u1"] }],
  ])("S1 is not taken from another %s", (_what, other) => {
    const sealed = seal(key, place, "text");
    expect(() => openSealed(key, other, sealed)).toThrow("was sealed for another place and moved here");
  });

  it("S1 is not taken for one of another version of the key, nor of another system's", () => {
    const sealed = seal(key, place, "text");
    expect(() => openSealed(deriveDataKey("shop", 4, secret), place, sealed)).toThrow(
      "was sealed with version 3 of its data key, while its row names version 4",
    );
    const relabelled = sealed.replace("1.3.", "1.4.");
    expect(() => openSealed(deriveDataKey("shop", 4, secret), place, relabelled)).toThrow("moved here");
    expect(() => openSealed(deriveDataKey("club", 3, secret), place, sealed)).toThrow("moved here");
  });
});
