// Signs whatever it is told to, right or wrong, by RFC 9421 alone: it shares no code with the profile that the vectors
// are to test.
import { createHash, sign } from "node:crypto";
import { type KeyName, vectorKeys } from "./vector-keys.ts";

export type Headers = Record<string, string | string[]>;

export interface Draft {
  readonly key: KeyName;
  readonly label: string;
  /** Component identifiers as they stand in the list (`"@method"`), with what each stands for. */
  readonly components: ReadonlyArray<readonly [identifier: string, value: string]>;
  /** Parameters with their values as written: `["created", "1700000000"]`, `["tag", "\"pxp-1\""]`. */
  readonly parameters: ReadonlyArray<readonly [name: string, written: string]>;
}

export interface Signed {
  readonly base: string;
  readonly signatureInput: string;
  readonly signature: string;
}

export function sha256Digest(body: string | Uint8Array): string {
  return `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
}

export function quote(text: string): string {
  return JSON.stringify(text);
}

export function signDraft(draft: Draft): Signed {
  const identifiers = draft.components.map(([identifier]) => identifier).join(" ");
  const parameters = draft.parameters.map(([name, written]) => `;${name}=${written}`).join("");
  const list = `(${identifiers})${parameters}`;
  const lines = draft.components.map(([identifier, value]) => `${identifier}: ${value}`);
  const base = [...lines, `"@signature-params": ${list}`].join("\n");
  const signature = sign(null, Buffer.from(base), vectorKeys[draft.key].privateKey).toString("base64");
  return { base, signatureInput: `${draft.label}=${list}`, signature: `${draft.label}=:${signature}:` };
}

/** The same signature with S + L for S: valid for a verifier that does not insist on the smallest S (RFC 8032, 5.1.7). */
export function addGroupOrder(signature: string): string {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const match = /^(.*?=:)([^:]*):$/.exec(signature);
  const bytes = Buffer.from(match?.[2] ?? "", "base64");
  let rest = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString("hex")}`) + order;
  for (let index = 32; index < 64; index += 1, rest >>= 8n) bytes[index] = Number(rest & 0xffn);
  return `${match?.[1] ?? ""}${bytes.toString("base64")}:`;
}
