// Operation ids: UUIDv7, made before the first attempt, so that every further attempt is the same request.

/** A new id, which sorts by time to the millisecond. */
export function newOperationId(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(nowMs / 2 ** 32));
  view.setUint32(2, nowMs % 2 ** 32);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The same input with an id: the caller's, or a new one. */
export function withOperationId<I extends { readonly operation_id?: string | undefined }>(
  input: I,
): I & { readonly operation_id: string } {
  return { ...input, operation_id: input.operation_id ?? newOperationId() };
}
