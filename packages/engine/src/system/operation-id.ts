// Operation ids that the node makes itself: UUIDv7, so that they sort by time.
import { randomBytes } from "node:crypto";

const ID_BYTES = 16;
let pool = Buffer.alloc(0);

/** Random bytes from a supply for many ids, since asking the system for them costs more than all the rest. */
function drawBytes(): Buffer {
  if (pool.length < ID_BYTES) pool = randomBytes(ID_BYTES * 256);
  const bytes = pool.subarray(0, ID_BYTES);
  pool = pool.subarray(ID_BYTES);
  return bytes;
}

/** A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. */
export function newOperationId(nowMs: number = Date.now()): string {
  const bytes = drawBytes();
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
