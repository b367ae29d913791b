// Content-Digest (RFC 9530) with sha-256, over the bytes as sent, before anything parses them.
import { hash } from "node:crypto";

// One base64 spelling only: 32 bytes are 43 characters and one "=", the last character's two spare bits are 0.
const sha256Value = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const member = /^([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):$/;

export function contentDigestOf(body: Uint8Array): string {
  return `sha-256=:${hash("sha256", body, "base64")}:`;
}

/** What is wrong with a Content-Digest, or undefined. Digests of other kinds beside the sha-256 are not looked at. */
export function findDigestFault(contentDigest: string, body: Uint8Array): string | undefined {
  const seen = new Map<string, string>();
  for (const text of contentDigest.split(",")) {
    const [, name, value] = member.exec(text.trim()) ?? [];
    if (name === undefined || value === undefined) {
      return "content-digest must read sha-256=:BASE64: (RFC 9530)";
    }
    if (seen.has(name)) return `content-digest names ${name} twice; name it once`;
    seen.set(name, value);
  }
  const given = seen.get("sha-256");
  if (given === undefined) return "content-digest holds no sha-256";
  if (!sha256Value.test(given)) return "content-digest's sha-256 is not 32 bytes in padded base64";
  if (given === hash("sha256", body, "base64")) return undefined;
  return "content-digest is not the sha-256 of the body as received; hash the bytes that are sent";
}
