// Signed checkpoints (C2SP tlog-checkpoint), read and verified in the browser; and the last one that this browser has
// seen, so that a log that was rewritten since shows the next time somebody looks.
import { type Bytes, digestOf, fromBase64, isSame, type Tree } from "./proofs.ts";

export interface Checkpoint extends Tree {
  readonly origin: string;
  /** What is signed. */
  readonly text: string;
  readonly note: string;
  readonly signatures: readonly NoteSignature[];
}

interface NoteSignature {
  readonly name: string;
  readonly keyHash: Bytes;
  readonly signature: Bytes;
}

export interface VerifyingKey {
  readonly crv: string;
  readonly kty: string;
  readonly x: string;
}

const dash = "\u2014 ";
const ed25519 = 1;

function parseSignature(line: string): NoteSignature | undefined {
  const [name = "", encoded = "", ...rest] = line.startsWith(dash) ? line.slice(dash.length).split(" ") : [];
  const bytes = fromBase64(encoded);
  if (name === "" || rest.length > 0 || bytes === undefined || bytes.length < 5) return undefined;
  return { name, keyHash: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** Reads a checkpoint as a node gives it or as somebody kept it; undefined where it is none. Verifies nothing. */
export function parseCheckpoint(given: string): Checkpoint | undefined {
  const note = `${given.replaceAll("\r\n", "\n").trim()}\n`;
  const end = note.indexOf("\n\n");
  if (end < 0) return undefined;
  const text = note.slice(0, end + 1);
  const [origin = "", size = "", root = ""] = text.split("\n");
  const bytes = fromBase64(root);
  if (origin === "" || !/^[1-9][0-9]{0,14}$/.test(size) || bytes?.length !== 32) return undefined;
  const lines = note.slice(end + 2, -1).split("\n");
  const signatures = lines.map(parseSignature).filter((one) => one !== undefined);
  if (signatures.length === 0 || signatures.length !== lines.length) return undefined;
  return { origin, size: Number(size), root: bytes, text, note, signatures };
}

async function keyHashOf(name: string, x: Bytes): Promise<Bytes> {
  const hash = await digestOf(new TextEncoder().encode(`${name}\n`), Uint8Array.of(ed25519), x);
  return hash.slice(0, 4);
}

/** The key that signed it under its own origin; undefined where none of these did. */
export async function findSigner<K extends VerifyingKey>(
  { origin, text, signatures }: Checkpoint,
  keys: readonly K[],
): Promise<K | undefined> {
  for (const key of keys) {
    const x = fromBase64(key.x);
    if (x === undefined || key.crv !== "Ed25519") continue;
    const hash = await keyHashOf(origin, x);
    const own = signatures.find(({ name, keyHash }) => name === origin && isSame(keyHash, hash));
    if (own === undefined) continue;
    const imported = await crypto.subtle.importKey("raw", x, { name: "Ed25519" }, false, ["verify"]);
    const signed = new TextEncoder().encode(text);
    if (await crypto.subtle.verify({ name: "Ed25519" }, imported, own.signature, signed)) return key;
  }
  return undefined;
}

const storageKey = "pointbridge.checkpoint";

/** The checkpoint that this browser verified last. */
export function readSeen(): Checkpoint | undefined {
  return parseCheckpoint(localStorage.getItem(storageKey) ?? "");
}

export function keepSeen({ note }: Checkpoint): void {
  localStorage.setItem(storageKey, note);
}
