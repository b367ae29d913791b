// Checkpoints: the size and the root of the audit tree, signed, in the form of C2SP tlog-checkpoint and signed-note.
//
//   ORIGIN
//   SIZE
//   ROOT (base64)
//
//   — ORIGIN BASE64(4 bytes of the key's id and the Ed25519 signature)
//
// The signature is over everything up to the empty line. The key's name is the origin.
import { createHash, sign, verify } from "node:crypto";
import { type PublicJwk, type SigningKey, thumbprintOf, toPublicKey } from "../pxp/index.ts";

export interface Checkpoint {
  /** Which log it is of. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  /** The first 4 bytes of the key's hash, in hex. */
  readonly keyHash: string;
  readonly signature: Uint8Array;
}

export interface SignedCheckpoint extends Checkpoint {
  /** What is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const ED25519 = 1;
const DASH = "\u2014 ";
const SIZE = /^(0|[1-9][0-9]{0,15})$/;

/** The key's id in a note: it depends on the name too. @param x the public key, base64url */
export function noteKeyHash(name: string, x: string): string {
  const hash = createHash("sha256").update(`${name}\n`).update(Buffer.of(ED25519));
  return hash.update(Buffer.from(x, "base64url")).digest().subarray(0, 4).toString("hex");
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
}

/** @param publicX the signing key's public half, base64url */
export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey, publicX: string): string {
  const text = checkpointText(checkpoint);
  const signature = sign(null, Buffer.from(text), key.privateKey);
  const keyHash = Buffer.from(noteKeyHash(checkpoint.origin, publicX), "hex");
  return `${text}\n${DASH}${checkpoint.origin} ${Buffer.concat([keyHash, signature]).toString("base64")}\n`;
}

function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

function parseSignature(line: string): NoteSignature | undefined {
  if (!line.startsWith(DASH)) return undefined;
  const [name, encoded, ...rest] = line.slice(DASH.length).split(" ");
  const bytes = encoded === undefined ? undefined : readBase64(encoded);
  if (name === undefined || name === "" || rest.length > 0 || bytes === undefined || bytes.length < 5)
    return undefined;
  return { name, keyHash: bytes.subarray(0, 4).toString("hex"), signature: bytes.subarray(4) };
}

/** Reads a signed checkpoint; undefined where it is none. Verifies nothing. */
export function parseCheckpoint(note: string): SignedCheckpoint | undefined {
  const end = note.indexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) return undefined;
  const text = note.slice(0, end + 1);
  const [origin = "", size = "", root = ""] = text.split("\n");
  const bytes = readBase64(root);
  if (origin === "" || !SIZE.test(size) || bytes?.length !== 32) return undefined;
  const signatures = note
    .slice(end + 2, -1)
    .split("\n")
    .map(parseSignature);
  const read = signatures.filter((signature) => signature !== undefined);
  if (read.length === 0 || read.length !== signatures.length) return undefined;
  return { origin, size: Number(size), root: bytes, text, signatures: read };
}

/** The key that signed it, by its thumbprint; undefined where none of these did. */
export function findSigner(checkpoint: SignedCheckpoint, keys: readonly PublicJwk[]): string | undefined {
  for (const { name, keyHash, signature } of checkpoint.signatures) {
    if (name !== checkpoint.origin) continue;
    for (const key of keys) {
      if (noteKeyHash(name, key.x) !== keyHash) continue;
      if (verify(null, Buffer.from(checkpoint.text), toPublicKey(key), signature)) return thumbprintOf(key);
    }
  }
  return undefined;
}

/** Splits a file of checkpoints, one after another with an empty line between them, as a node appends them. */
export function splitNotes(text: string): string[] {
  const notes: string[] = [];
  let lines: string[] = [];
  for (const line of text.replaceAll("\r\n", "\n").split("\n")) {
    const isEnded = lines.some((earlier) => earlier.startsWith(DASH));
    if (isEnded && !line.startsWith(DASH)) {
      notes.push(`${lines.join("\n")}\n`);
      lines = [];
    }
    if (lines.length > 0 || line !== "") lines.push(line);
  }
  if (lines.some((line) => line !== "")) notes.push(`${lines.join("\n")}\n`);
  return notes;
}
