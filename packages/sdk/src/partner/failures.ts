// Answers that decide nothing: what is malformed, forbidden or not there.
import type { CallFault } from "@pointbridge/protocol/pxp";
import type { CallAnswer } from "./decisions.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function fail(status: number, code: string, detail: string, more: object = {}): CallAnswer {
  return { status, body: { code, detail, ...more } };
}

export function malformed(faults: readonly CallFault[]): CallAnswer {
  const [first] = faults;
  return fail(400, "invalid_request", `${first?.path || "the body"} ${first?.message ?? "is malformed"}`, {
    errors: faults,
  });
}

export function readJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as unknown };
  } catch (error) {
    // Neither UTF-8 nor JSON: the caller's fault, told as a 400.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
