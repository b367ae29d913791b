// The digest of what never changes in an operation's row: what the audit log holds the row to.
//
// D1  It covers all of the row that is written once, so a row that is changed later no longer fits it. User ids,
//     amounts and free data are behind its salt: whoever has digest and salt alone learns nothing of them.
// D2  Of what people set on a node it covers what was and what is too, since there it is the point.
import { hash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import type { Operation, OperationKind } from "./operation.ts";

/** Kinds whose data says what was set, and never changes once they are completed (D2). */
const kindsWithData: ReadonlySet<string> = new Set<OperationKind>([
  "system_change",
  "credit_type_change",
  "link_change",
  "limit_change",
  "limit_settlement",
  "adjustment",
  "grant_change",
  "user_change",
  "provisioning",
  "node_key_change",
  "webhook_change",
  "alert_channel_change",
  "api_key_change",
  "mapping_change",
]);

function textOf(value: bigint | Date | null): string | null {
  return value instanceof Date ? value.toISOString() : value === null ? null : String(value);
}

/** Written the same whatever the order of its keys; most have none. */
function freeText(value: object | null): string | null {
  return value === null ? null : canonicalJson(value);
}

/** As it is read from the row, where one that was never stored may have members that are undefined. */
function storedText(value: object | null): string | null {
  return freeText(JSON.parse(JSON.stringify(value)) as object | null);
}

/** SHA-256, base64url, of the operation's row as it stood under a status (D1, D2). @param salt base64url */
export function digestOperation(
  operation: Operation,
  stood: { readonly kind: string; readonly status: string },
  salt: string,
): string {
  const hasData = kindsWithData.has(stood.kind) && stood.status === "completed";
  const content = JSON.stringify([
    salt,
    operation.operationId,
    operation.kind,
    operation.userId,
    operation.sourceSystem,
    operation.targetSystem,
    operation.sourceCreditType,
    operation.targetCreditType,
    textOf(operation.sourceAmount),
    textOf(operation.targetAmount),
    operation.exchangeRate,
    operation.kind === "rate_change" ? null : operation.rateVersion,
    operation.quoteId,
    operation.businessCode,
    operation.businessId,
    freeText(operation.metadata),
    operation.principal,
    textOf(operation.initiatedAt),
    textOf(operation.createdAt),
    hasData ? storedText(operation.data) : null,
  ]);
  return hash("sha256", content, "base64url");
}

/** The second person who agreed to it, where one had to. */
export function approverOf({ data }: Operation): string | undefined {
  const approvedBy: unknown = (data as { readonly approved_by?: unknown } | null)?.approved_by;
  return typeof approvedBy === "string" ? approvedBy : undefined;
}
