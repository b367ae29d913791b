// A floor batch, prepared before the clock runs: the parameters of the statements that store a thousand
// exchanges, computed from balances that were read beforehand and that nobody else moves meanwhile.
import { numberArray, type Parameter, textArray } from "../packages/engine/src/database/index.ts";
import { newOperationId } from "../packages/engine/src/system/index.ts";
import {
  batchSize,
  drawAmount,
  drawUniform,
  exchangeRate,
  source,
  target,
  targetAmountOf,
  userIdOf,
} from "./workload.ts";

export interface FloorAccount {
  readonly accountId: string;
  readonly accountNo: number;
  available: number;
  version: number;
}

/** One connection's part of the accounts, so that what is prepared holds when it is sent. */
export interface FloorPart {
  readonly part: number;
  readonly parts: number;
  readonly sourceClearingNo: number;
  readonly targetClearingNo: number;
}

export interface FloorBatch {
  readonly lock: Parameter[];
  readonly operations: Parameter[];
  readonly transfers: Parameter[];
  readonly accounts: Parameter[];
  readonly clearing: Parameter[];
}

interface Line {
  readonly accountNo: number;
  readonly version: number;
  readonly clearingNo: number;
  readonly entry: "credit" | "debit";
  readonly amount: number;
  readonly availableAfter: number;
  readonly operationId: string;
}

function move(
  account: FloorAccount,
  entry: Line["entry"],
  amount: number,
  clearingNo: number,
  operationId: string,
): Line {
  account.available += entry === "credit" ? amount : -amount;
  account.version += 1;
  const { accountNo, version, available: availableAfter } = account;
  return { accountNo, version, clearingNo, entry, amount, availableAfter, operationId };
}

interface FloorExchange {
  readonly operationId: string;
  readonly userId: string;
  readonly amount: number;
}

function operationParameters(exchanges: readonly FloorExchange[], now: Date): Parameter[] {
  const texts = (pick: (exchange: FloorExchange) => string | null) => textArray(exchanges.map(pick));
  const numbers = (pick: (exchange: FloorExchange) => number | null) => numberArray(exchanges.map(pick));
  const none = texts(() => null);
  return [
    1,
    texts(({ operationId }) => operationId),
    texts(() => "exchange"),
    texts(() => "completed"),
    texts(({ userId }) => userId),
    texts(({ userId }) => userId),
    texts(() => source.systemId),
    texts(() => target.systemId),
    texts(() => source.creditTypeId),
    texts(() => target.creditTypeId),
    numbers(({ amount }) => amount),
    numbers(({ amount }) => targetAmountOf(amount)),
    texts(() => exchangeRate),
    numbers(() => 1),
    none,
    none,
    none,
    none,
    none,
    none,
    none,
    texts(() => "bench"),
    now,
  ];
}

function transferParameters(lines: readonly Line[], now: Date): Parameter[] {
  const numbers = (pick: (line: Line) => number) => numberArray(lines.map(pick));
  return [
    1,
    numbers((line) => line.accountNo),
    numbers((line) => line.version),
    numbers((line) => line.clearingNo),
    textArray(lines.map((line) => line.entry)),
    numbers((line) => line.amount),
    numbers((line) => line.availableAfter),
    numbers(() => 0),
    textArray(lines.map((line) => line.operationId)),
    now,
  ];
}

/** Draws a batch and moves its points in `sources` and `targets`, which are in member order. */
export function prepareBatch(
  sources: readonly FloorAccount[],
  targets: readonly FloorAccount[],
  part: FloorPart,
): FloorBatch {
  const now = new Date();
  const exchanges: FloorExchange[] = [];
  const lines: Line[] = [];
  const touched = new Set<FloorAccount>();
  for (let index = 0; index < batchSize; index += 1) {
    const member = drawUniform(part.part, part.parts);
    const [from, to] = [sources[member], targets[member]];
    if (from === undefined || to === undefined) throw new Error(`member ${member} has no accounts`);
    const exchange = { operationId: newOperationId(), userId: userIdOf(member), amount: drawAmount() };
    const { operationId, amount } = exchange;
    exchanges.push(exchange);
    lines.push(move(from, "debit", amount, part.sourceClearingNo, operationId));
    lines.push(move(to, "credit", targetAmountOf(amount), part.targetClearingNo, operationId));
    touched.add(from).add(to);
  }
  exchanges.sort((left, right) => (left.operationId < right.operationId ? -1 : 1));
  const accounts = [...touched];
  const given = exchanges.reduce((sum, { amount }) => sum + amount, 0);
  const got = exchanges.reduce((sum, { amount }) => sum + targetAmountOf(amount), 0);
  return {
    lock: [1, textArray(accounts.map((account) => account.accountId).sort())],
    operations: operationParameters(exchanges, now),
    transfers: transferParameters(lines, now),
    accounts: [
      1,
      numberArray(accounts.map((account) => account.accountNo)),
      numberArray(accounts.map((account) => account.available)),
      numberArray(accounts.map(() => 0)),
      numberArray(accounts.map((account) => account.version)),
    ],
    clearing: [1, numberArray([part.sourceClearingNo, part.targetClearingNo]), numberArray([given, -got])],
  };
}
