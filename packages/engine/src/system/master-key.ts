// The master key wraps what must not lie readable in the database (AES-256-GCM). What is wrapped is bound to a
// label, so that one wrapped text can't be put in another's place.
//
// While the master key is being changed a node has two: the one that it wraps with, and another that it can read.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "./app-error.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface MasterKeyPair {
  /** 32 bytes; what is wrapped from now on is wrapped with it. */
  readonly current: Uint8Array;
  /** 32 bytes; what was wrapped with it can be read. */
  readonly other: Uint8Array;
}

/** One key of 32 bytes, or two while one takes the other's place. */
export type MasterKey = Uint8Array | MasterKeyPair;

function keysOf(masterKey: MasterKey): readonly [Uint8Array, ...Uint8Array[]] {
  return masterKey instanceof Uint8Array ? [masterKey] : [masterKey.current, masterKey.other];
}

export function wrap(masterKey: MasterKey, label: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keysOf(masterKey)[0], iv);
  cipher.setAAD(Buffer.from(label, "utf8"));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
}

function tryUnwrap(key: Uint8Array, label: string, wrapped: string): string | Error {
  const bytes = Buffer.from(wrapped, "base64");
  try {
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(label, "utf8"));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const sealed = bytes.subarray(IV_BYTES + TAG_BYTES);
    return decipher.update(sealed, undefined, "utf8") + decipher.final("utf8");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** @throws AppError invalid_setting where the master key is another one than wrapped it */
export function unwrap(masterKey: MasterKey | undefined, label: string, wrapped: string): string {
  if (masterKey === undefined) {
    const detail = `POINTBRIDGE_MASTER_KEY is not set, but the database holds ${label} wrapped with one; set it`;
    throw new AppError("invalid_setting", detail);
  }
  let failure: Error | undefined;
  for (const key of keysOf(masterKey)) {
    const text = tryUnwrap(key, label, wrapped);
    if (typeof text === "string") return text;
    failure ??= text;
  }
  const detail = `POINTBRIDGE_MASTER_KEY is not the key that ${label} in the database was wrapped with, or it was changed there; set the right one`;
  throw new AppError("invalid_setting", detail, undefined, failure);
}

/** A text as it is kept: wrapped, or plain where no master key was set. */
export interface KeptSecret {
  readonly text: string;
  readonly isWrapped: boolean;
}

/**
 * What has to be kept instead, so that the current master key alone reads it; undefined where it does already.
 * @throws AppError invalid_setting where none of the keys reads it
 */
export function rewrap(
  masterKey: MasterKey | undefined,
  label: string,
  kept: KeptSecret,
): string | undefined {
  if (!kept.isWrapped) return masterKey === undefined ? undefined : wrap(masterKey, label, kept.text);
  const text = unwrap(masterKey, label, kept.text);
  if (masterKey === undefined) return undefined;
  const isCurrent = typeof tryUnwrap(keysOf(masterKey)[0], label, kept.text) === "string";
  return isCurrent ? undefined : wrap(masterKey, label, text);
}
