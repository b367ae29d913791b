// The master key wraps what must not lie readable in the database (AES-256-GCM). What is wrapped is bound to a
// label, so that one wrapped text can't be put in another's place.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "./app-error.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param masterKey 32 bytes */
export function wrap(masterKey: Uint8Array, label: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", masterKey, iv);
  cipher.setAAD(Buffer.from(label, "utf8"));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
}

/** @throws AppError invalid_setting where the master key is another one than wrapped it */
export function unwrap(masterKey: Uint8Array | undefined, label: string, wrapped: string): string {
  if (masterKey === undefined) {
    const detail = `POINTBRIDGE_MASTER_KEY is not set, but the database holds ${label} wrapped with one; set it`;
    throw new AppError("invalid_setting", detail);
  }
  const bytes = Buffer.from(wrapped, "base64");
  const decipher = createDecipheriv("aes-256-gcm", masterKey, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(label, "utf8"));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const sealed = bytes.subarray(IV_BYTES + TAG_BYTES);
  try {
    return decipher.update(sealed, undefined, "utf8") + decipher.final("utf8");
  } catch (error) {
    const detail = `POINTBRIDGE_MASTER_KEY is not the key that ${label} in the database was wrapped with; set the right one`;
    throw new AppError("invalid_setting", detail, undefined, error);
  }
}
