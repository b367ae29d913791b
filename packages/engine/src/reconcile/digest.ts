// The digest of a side: a sum over its rows, so that equal sums prove equal sides, in whatever order they were read.
//
// D1  SHA-256 of a row's text, its first 16 bytes as a number, added modulo 2^128: a row that changes is taken out as it
//     was and added as it is, and one that stands twice shows.
import { createHash } from "node:crypto";
import type { ComparedRow } from "./matching.ts";

const MODULUS = 1n << 128n;

/** What both sides know of a row that moved points; the rate is left out, since not every side lists it. */
function textOf(row: ComparedRow): string {
  const { operationId, userId, creditTypeId, amount } = row;
  return [operationId, userId ?? "", creditTypeId ?? "", String(amount ?? 0n)].join("\n");
}

export function digestOf(row: ComparedRow): bigint {
  const digest = createHash("sha256").update(textOf(row), "utf8").digest("hex");
  return BigInt(`0x${digest.slice(0, 32)}`);
}

export function addDigest(sum: bigint, digest: bigint, sign: 1 | -1): bigint {
  return (((sum + BigInt(sign) * digest) % MODULUS) + MODULUS) % MODULUS;
}

/** 32 hex digits. */
export function digestText(sum: bigint): string {
  return sum.toString(16).padStart(32, "0");
}

export function parseDigest(text: string): bigint {
  return BigInt(`0x${text}`);
}
