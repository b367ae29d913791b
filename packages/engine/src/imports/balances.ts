// Opening balances: each account is opened once, under an id made from the account.
import type { Database } from "../database/index.ts";
import { type AccountOwner, accountIdOf, type OpeningCommand, type Operation } from "../domain/index.ts";
import { fieldOf, type NumberedLine } from "../import-files/index.ts";
import { findOperations } from "../operations/index.ts";
import type { Posting, SubmittedOutcome } from "../posting/index.ts";
import { type ImportResult, Tally } from "./tally.ts";

/** The one operation id under which an account is opened. */
export function openingIdOf(owner: AccountOwner): string {
  return `opening:${accountIdOf(owner)}`;
}

function toCommand(line: NumberedLine, principal: string): OpeningCommand {
  const owner = {
    systemId: fieldOf(line.fields, "system_id"),
    userId: fieldOf(line.fields, "user_id"),
    creditTypeId: fieldOf(line.fields, "credit_type_id"),
  };
  const amount = BigInt(fieldOf(line.fields, "amount"));
  return { type: "opening", operationId: openingIdOf(owner), principal, ...owner, amount };
}

function refuseOther(tally: Tally, line: NumberedLine, field: string): void {
  if (field === "amount") {
    const message = "the account was opened with another amount; change it by a credit or a debit";
    tally.refuse(line, "amount", "opening_differs", message);
  } else {
    const message = `the id under which this account would be opened belongs to an operation with another ${field}`;
    tally.refuse(line, "user_id", "operation_conflict", message);
  }
}

function countOperation(tally: Tally, line: NumberedLine, operation: Operation, idempotent: boolean): void {
  if (operation.failureCode === null) {
    tally.count(idempotent ? "unchanged" : "created");
    return;
  }
  const message = `the opening of this account was refused with ${operation.failureCode}`;
  tally.refuse(line, "amount", operation.failureCode, message);
}

/** Finds openings that differ from what is asked, without opening anything. */
export async function checkBalances(
  database: Database,
  shardCount: number,
  lines: readonly NumberedLine[],
): Promise<ImportResult> {
  const commands = lines.map((line) => ({ line, command: toCommand(line, "") }));
  const ids = new Set(commands.map(({ command }) => command.operationId));
  const found = await database.transaction((transaction) => findOperations(transaction, shardCount, ids));
  const stored = new Map(found.map((operation) => [operation.operationId, operation]));
  const tally = new Tally();
  for (const { line, command } of commands) {
    const operation = stored.get(command.operationId);
    if (operation === undefined) continue;
    if (operation.kind !== "opening") refuseOther(tally, line, "type");
    else if (operation.failureCode !== null) countOperation(tally, line, operation, true);
    else if (operation.targetAmount !== command.amount) refuseOther(tally, line, "amount");
    else countOperation(tally, line, operation, true);
  }
  return tally.result();
}

function countOutcome(tally: Tally, line: NumberedLine, outcome: SubmittedOutcome): void {
  switch (outcome.type) {
    case "operation":
      countOperation(tally, line, outcome.operation, outcome.idempotent);
      return;
    case "conflict":
      refuseOther(tally, line, outcome.field);
      return;
    case "unacceptable":
      tally.refuse(line, "user_id", outcome.code, "the account can't be opened");
      return;
    case "error":
      throw outcome.error;
  }
}

/** Opens the accounts in one call of the ledger. */
export async function applyBalances(
  posting: Pick<Posting, "submit">,
  lines: readonly NumberedLine[],
  principal: string,
): Promise<ImportResult> {
  const outcomes = await posting.submit(lines.map((line) => toCommand(line, principal)));
  const tally = new Tally();
  for (const [index, line] of lines.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error(`the opening of line ${line.line} had no outcome`);
    countOutcome(tally, line, outcome);
  }
  return tally.result();
}
