// What a signed request asked for about one operation: alone, or as a line of a batch.
import { type CreditCall, findCallFaults, type HoldCall } from "@pointbridge/protocol/pxp";
import type { SignedText } from "../partner/index.ts";

type Fields = Readonly<Record<string, unknown>>;
type Lines = { readonly credits: CreditCall; readonly holds: HoldCall };

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Signed or not: what is no JSON asks for nothing.
    return undefined;
  }
}

function* linesOf(path: string, kind: keyof Lines, body: unknown): Generator<Fields> {
  if (!isFields(body)) return;
  if (path === `/pxp/v1/${kind}`) yield body;
  const { calls } = body;
  if (path !== "/pxp/v1/batch" || !Array.isArray(calls)) return;
  for (const line of calls) if (isFields(line) && line["call"] === kind) yield line;
}

/** The line about an operation; undefined where the request has none, or one without its form, or two that differ. */
export function findSignedLine<K extends keyof Lines>(
  { targetUri, body }: Pick<SignedText, "targetUri" | "body">,
  kind: K,
  operationId: string,
): Lines[K] | undefined {
  const place = targetUri.lastIndexOf("/pxp/v1/");
  const path = place === -1 ? "" : targetUri.slice(place);
  const found = [...linesOf(path, kind, readBody(body))].filter(
    (line) => line["operation_id"] === operationId,
  );
  const [line] = found;
  if (line === undefined || findCallFaults(kind, line).length > 0) return undefined;
  const isOne = found.every((other) => JSON.stringify(other) === JSON.stringify(line));
  return isOne ? (line as unknown as Lines[K]) : undefined;
}
