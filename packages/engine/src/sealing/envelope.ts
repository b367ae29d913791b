// The envelope of one value: AES-256-GCM under a data key, bound to where it stands.
//
// S1  What is sealed opens only in the table, column and row that it was sealed for, and under the version of the
//     data key that it names: all of them are additional data.
// S2  An initialisation vector is 96 random bits, and a data key seals a bounded number of messages
//     (`data-keys.ts` S5), so that two under one key never share one.
// S3  What can't be opened says why: changed, moved here from another place, or of another version of the key. It
//     is never taken for an empty value.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { AppError } from "../system/index.ts";

const FORM = "1";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PLACE_CHARACTERS = 22;

/** A data key as it is used; what it was made from is kept wrapped. */
export interface DataKey {
  /** Whose values it seals: a system's. */
  readonly scope: string;
  readonly version: number;
  readonly encryption: Uint8Array;
  /** Marks places, so that a value that was moved can be told from one that was changed. */
  readonly marking: Uint8Array;
}

/** Where a sealed value stands. */
export interface Place {
  readonly table: string;
  readonly column: string;
  /** The row's whole key. */
  readonly row: readonly string[];
}

/** @param secret 32 random bytes */
export function deriveDataKey(scope: string, version: number, secret: Uint8Array): DataKey {
  const derive = (use: string) =>
    new Uint8Array(hkdfSync("sha256", secret, Buffer.alloc(0), `pointbridge data key: ${use}`, 32));
  return { scope, version, encryption: derive("encryption"), marking: derive("marking") };
}

/** JSON keeps the parts apart whatever is in them. */
function additionalData(key: DataKey, { table, column, row }: Place): Buffer {
  return Buffer.from(JSON.stringify(["pointbridge", FORM, table, column, row, key.scope, key.version]));
}

function markOf(key: DataKey, place: Place): string {
  const mark = createHmac("sha256", key.marking).update(additionalData(key, place)).digest("base64url");
  return mark.slice(0, PLACE_CHARACTERS);
}

/** Seals a text for its place (S1); answers `1.VERSION.MARK.BYTES`. */
export function seal(key: DataKey, place: Place, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key.encryption, iv);
  cipher.setAAD(additionalData(key, place));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  const bytes = Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
  return [FORM, key.version, markOf(key, place), bytes].join(".");
}

function describePlace({ table, column, row }: Place): string {
  return `${table}.${column} of ${row.join(" ")}`;
}

/** S3 */
export function unreadable(place: Place, reason: string, cause?: unknown): AppError {
  const detail = `the protected value ${describePlace(place)} ${reason}; it was not read. Restore it, or put it anew`;
  return new AppError("sealed_value_unreadable", detail, undefined, cause);
}

function isSame(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}

/**
 * Opens what was sealed for this place.
 * @param key of the version that the row names
 * @throws AppError sealed_value_unreadable
 */
export function openSealed(key: DataKey, place: Place, sealed: string): string {
  const [form, version, mark = "", bytes = "", ...rest] = sealed.split(".");
  if (form !== FORM || rest.length > 0) throw unreadable(place, "is not in a form that this version reads");
  if (version !== String(key.version)) {
    throw unreadable(
      place,
      `was sealed with version ${version} of its data key, while its row names version ${key.version}`,
    );
  }
  if (!isSame(mark, markOf(key, place))) {
    throw unreadable(place, "was sealed for another place and moved here, or its mark was changed");
  }
  const whole = Buffer.from(bytes, "base64url");
  // The decoder passes over what is no base64url; nothing of a sealed value may differ unseen.
  if (whole.toString("base64url") !== bytes) throw unreadable(place, "was changed since it was sealed");
  const decipher = createDecipheriv("aes-256-gcm", key.encryption, whole.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  try {
    decipher.setAAD(additionalData(key, place));
    decipher.setAuthTag(whole.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = whole.subarray(IV_BYTES + TAG_BYTES);
    return decipher.update(body, undefined, "utf8") + decipher.final("utf8");
  } catch (error) {
    throw unreadable(place, "was changed since it was sealed", error);
  }
}
