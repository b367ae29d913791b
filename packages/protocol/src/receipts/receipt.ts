// A receipt: a JSON Web Signature in its general JSON form (RFC 7515, 7.2.1) over one content, with a signature of
// each node that keeps a side of the exchange.
//
// R1  All sign the same bytes: the content as canonical JSON, keys sorted, no white space.
// R2  A signature's protected header says which systems it is of, and which fields the signer held against its own
//     books. It stands for these; the rest it has seen and not known otherwise.
import { operationIdPattern } from "../v1/index.ts";

export const receiptType = "pointbridge-receipt";

/** Amounts and rates are decimal strings. */
export interface ReceiptContent {
  readonly type: typeof receiptType;
  readonly version: 1;
  readonly operation_id: string;
  readonly user_id: string;
  readonly target_user_id: string;
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
  readonly source_amount: string;
  readonly target_amount: string;
  readonly exchange_rate: string;
  /** Of the hub that judged the exchange. */
  readonly rate_version: number;
  /** When the exchange was created. */
  readonly created_at: string;
}

export type ReceiptField = Exclude<keyof ReceiptContent, "type" | "version">;

export const receiptFields = [
  "operation_id",
  "user_id",
  "target_user_id",
  "source_system",
  "target_system",
  "source_credit_type",
  "target_credit_type",
  "source_amount",
  "target_amount",
  "exchange_rate",
  "rate_version",
  "created_at",
] as const satisfies readonly ReceiptField[];

export interface ReceiptHeader {
  readonly alg: "EdDSA";
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly typ: typeof receiptType;
  readonly role: "hub" | "source" | "target";
  /** The systems whose books the signer keeps. */
  readonly systems: readonly string[];
  /** The fields that it held against them (R2). */
  readonly checked: readonly string[];
}

export interface ReceiptSignature {
  /** The header, base64url. */
  readonly protected: string;
  /** Ed25519 over `protected.payload`, base64url. */
  readonly signature: string;
}

/** Members beside these are allowed and not signed. */
export interface Receipt {
  /** The content, base64url. */
  readonly payload: string;
  readonly signatures: readonly ReceiptSignature[];
}

function toBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Undefined for what is not base64url in its one spelling. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (mark) =>
    mark.charCodeAt(0),
  );
  return toBase64Url(bytes) === text ? bytes : undefined;
}

function encodeJson(value: object): string {
  const sorted = Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
  return toBase64Url(new TextEncoder().encode(JSON.stringify(sorted)));
}

/** R1: the payload that every side signs. */
export function encodeReceipt(content: ReceiptContent): string {
  return encodeJson(content);
}

export function encodeReceiptHeader(header: ReceiptHeader): string {
  return encodeJson(header);
}

/** The bytes that are signed. */
export function receiptInput(signedHeader: string, payload: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${signedHeader}.${payload}`);
}

function decodeJson(text: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = fromBase64Url(text);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    // Whatever it is, it is no receipt's part.
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** The content that a payload says, in its one writing; undefined for anything else. */
export function decodeReceipt(payload: string): ReceiptContent | undefined {
  const value = decodeJson(payload);
  if (value === undefined || value["type"] !== receiptType || value["version"] !== 1) return undefined;
  const { rate_version: version, ...texts } = Object.fromEntries(
    receiptFields.map((name) => [name, value[name]]),
  );
  if (!Number.isSafeInteger(version) || !Object.values(texts).every(isText)) return undefined;
  if (!new RegExp(operationIdPattern).test(String(value["operation_id"]))) return undefined;
  const content = {
    type: receiptType,
    version: 1,
    ...texts,
    rate_version: version,
  } as unknown as ReceiptContent;
  // Nothing beside, and nothing written otherwise, so that one content has one payload.
  return encodeReceipt(content) === payload ? content : undefined;
}

export function decodeReceiptHeader(text: string): ReceiptHeader | undefined {
  const value = decodeJson(text);
  if (value === undefined || value["alg"] !== "EdDSA" || value["typ"] !== receiptType) return undefined;
  const { kid, role, systems, checked } = value;
  const isList = (list: unknown): list is string[] => Array.isArray(list) && list.every(isText);
  if (!isText(kid) || !isList(systems) || !isList(checked)) return undefined;
  if (role !== "hub" && role !== "source" && role !== "target") return undefined;
  // What has to be understood and is not: a header that says so counts for nothing (RFC 7515, 4.1.11).
  return "crit" in value ? undefined : { alg: "EdDSA", kid, typ: receiptType, role, systems, checked };
}
