// Adjustments among whatever else happens to the same member: the ledger and its clearing account stay in sum what they
// were, and a row comes to what its lines and its adjustments' lines moved.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountIdOf } from "./account.ts";
import { Book, clearingEffect, type Movement } from "./book.ts";
import { Catalog } from "./catalog.ts";
import type { AdjustCommand, Command } from "./command.ts";
import { decide } from "./decide.ts";
import { movedAmountOf } from "./decide-adjustment.ts";
import { defaultLadder } from "./ladder.ts";
import { blankOperation, type Operation } from "./operation.ts";
import { Workspace } from "./workspace.ts";

const now = new Date("2026-11-23T10:00:00.000Z");
const owner = { systemId: "airline", userId: "u1", creditTypeId: "mile" };
const catalog = new Catalog({
  version: 1n,
  systems: [],
  creditTypes: [{ systemId: "airline", creditTypeId: "mile" }],
  links: [],
  rates: [],
  honouredRates: [],
});
const rowId = "pxp/credit/shop/airline/e-1";

function rowOf(kind: "partner_credit" | "partner_hold", amount: bigint): Operation {
  const blank = blankOperation(
    rowId,
    kind,
    kind === "partner_credit" ? "completed" : "captured",
    "partner shop",
    now,
  );
  const isCredit = kind === "partner_credit";
  return {
    ...blank,
    userId: "u1",
    sourceSystem: isCredit ? "shop" : "airline",
    targetSystem: isCredit ? "airline" : "shop",
    ...(isCredit
      ? { targetCreditType: "mile", targetAmount: amount }
      : { sourceCreditType: "mile", sourceAmount: amount }),
  };
}

function worldOf(row: Operation, available: bigint): Workspace {
  const book = new Book();
  book.load(accountIdOf(owner), owner, { accountNo: 1n, available, frozen: 0n, version: 1 });
  const workspace = new Workspace(now, catalog, book, defaultLadder, new Map());
  workspace.loadOperation(row);
  return workspace;
}

const common = {
  operationId: rowId,
  principal: "partner shop",
  sourceSystem: "shop",
  targetSystem: "airline",
};
const evidence = { evidenceId: "v-2" } as never;

type Step =
  | { readonly kind: "adjust"; readonly id: number; readonly to: bigint; readonly isStale: boolean }
  | { readonly kind: "spend"; readonly id: number; readonly amount: bigint }
  | { readonly kind: "roll_back" };

const amounts = fc.bigInt({ min: 1n, max: 60n });
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("adjust" as const),
        id: fc.nat(9),
        to: amounts,
        isStale: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("spend" as const), id: fc.nat(9), amount: amounts }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("roll_back" as const) }) },
  ),
  { maxLength: 30 },
);

function commandOf(step: Step, workspace: Workspace, kept: Map<string, AdjustCommand>): Command {
  if (step.kind === "roll_back") return { type: "partner_rollback", ...common, initiatedAt: now, evidence };
  if (step.kind === "spend") {
    const rest = { businessCode: null, businessId: null, metadata: null, expiresInMs: null };
    const operationId = `spend-${step.id}`;
    return { type: "debit", operationId, principal: "p", ...owner, amount: step.amount, ...rest };
  }
  const operationId = `adjust-${step.id}`;
  const repeated = kept.get(operationId);
  if (repeated !== undefined) return repeated;
  const present = movedAmountOf(workspace.operation(rowId) as Operation) ?? 0n;
  const from = step.isStale ? present + 1n : present;
  const made = { type: "adjustment", operationId, adjustedId: rowId, ...owner, from, to: step.to } as const;
  return { ...made, evidenceId: "v-1", principal: "node" };
}

function toMember({ entry, amount }: Movement): bigint {
  return entry === "credit" ? amount : -amount;
}

describe("adjustments", () => {
  it.each(["partner_credit", "partner_hold"] as const)(
    "of a %s keep the sum of points, move each difference once, and are what the row says (Z1, Z2, Z3)",
    (kind) => {
      fc.assert(
        fc.property(amounts, fc.bigInt({ min: 0n, max: 100n }), steps, (amount, available, walk) => {
          const row = rowOf(kind, amount);
          const workspace = worldOf(row, available);
          const kept = new Map<string, AdjustCommand>();
          let movedByRepeats = 0;
          for (const step of walk) {
            const command = commandOf(step, workspace, kept);
            const before = workspace.book.movements.length;
            const outcome = decide(command, workspace);
            if (command.type === "adjustment" && outcome.type === "operation")
              kept.set(command.operationId, command);
            const isRepeat = outcome.type === "operation" && outcome.idempotent;
            movedByRepeats += isRepeat ? workspace.book.movements.length - before : 0;
          }
          const { movements } = workspace.book;
          const account = workspace.book.account(owner);
          const cleared = movements.reduce((sum, one) => sum + clearingEffect(one.entry, one.amount), 0n);
          expect(account.available + cleared).toBe(available);
          const after = workspace.operation(rowId) as Operation;
          const adjusted = movements.filter(({ operationId }) => operationId.startsWith("adjust-"));
          const sum = adjusted.reduce((total, one) => total + toMember(one), 0n);
          const expected = kind === "partner_credit" ? amount + sum : amount - sum;
          expect(movedAmountOf(after)).toBe(expected);
          expect(new Set(adjusted.map(({ operationId }) => operationId)).size).toBe(adjusted.length);
          expect(after.targetAmount ?? after.sourceAmount).toBe(amount);
          expect(movedByRepeats).toBe(0);
          // What was adjusted stands: its roll-back was refused.
          const isSealed = adjusted.length > 0 && kind === "partner_credit";
          expect(isSealed ? [after.status, after.data?.sealed] : ["completed", true]).toEqual([
            "completed",
            true,
          ]);
          for (const one of workspace.createdOperations()) {
            const lines = movements.filter(({ operationId }) => operationId === one.operationId);
            expect(lines.length).toBe(one.status === "completed" ? 1 : 0);
          }
        }),
      );
    },
  );
});
