// What an operation's digest covers of its row.
import { describe, expect, it } from "vitest";
import { blankOperation, type OperationKind } from "./operation.ts";
import { digestOperation } from "./operation-digest.ts";

const salt = "c2FsdA";

function digestOf(kind: OperationKind, data: object): string {
  const operation = { ...blankOperation("op-1", kind, "completed", "ann", new Date(0)), data };
  return digestOperation(operation, { kind, status: "completed" }, salt);
}

describe("an operation's digest", () => {
  it.each([
    "system_change",
    "credit_type_change",
    "link_change",
    "limit_change",
    "limit_settlement",
    "grant_change",
    "webhook_change",
    "alert_channel_change",
  ] as const)("covers what a %s was and is (D2)", (kind) => {
    const [first, second] = ["5", "6"].map((bound) => digestOf(kind, { change: { new: { bound } } }));
    expect(first).not.toBe(second);
  });
});
