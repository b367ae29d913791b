// Plain operations as rows: those that have nothing beside who gives what to whom. A batch of them differs in a
// few columns only; the others take a few combinations, its shapes, which are sent once each instead of once a row.
import { numberArray, type Parameter, textArray } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";

const SHAPES_MAX = 16;

function isPlain(operation: Operation): boolean {
  return (
    operation.data === null &&
    operation.metadata === null &&
    operation.quoteId === null &&
    operation.businessCode === null &&
    operation.businessId === null &&
    operation.expiresAt === null &&
    operation.initiatedAt === null &&
    operation.dueAt === null &&
    operation.waitingOn === null
  );
}

function hasShapeOf(operation: Operation, shape: Operation): boolean {
  return (
    operation.kind === shape.kind &&
    operation.status === shape.status &&
    operation.sourceSystem === shape.sourceSystem &&
    operation.targetSystem === shape.targetSystem &&
    operation.sourceCreditType === shape.sourceCreditType &&
    operation.targetCreditType === shape.targetCreditType &&
    operation.exchangeRate === shape.exchangeRate &&
    operation.rateVersion === shape.rateVersion &&
    operation.failureCode === shape.failureCode &&
    operation.principal === shape.principal
  );
}

interface Shapes {
  /** One operation of each shape. */
  readonly found: readonly Operation[];
  /** Of each operation, counted from 1 as PostgreSQL does. */
  readonly numbers: readonly number[];
}

function findShapes(operations: readonly Operation[]): Shapes | undefined {
  const found: Operation[] = [];
  const numbers: number[] = [];
  for (const operation of operations) {
    if (!isPlain(operation)) return undefined;
    let index = found.findIndex((shape) => hasShapeOf(operation, shape));
    if (index < 0) index = found.push(operation) - 1;
    if (index >= SHAPES_MAX) return undefined;
    numbers.push(index + 1);
  }
  return { found, numbers };
}

/** The parameters of insertPlainOperations; undefined where one of the operations is not plain. */
export function toPlainInsertParameters(
  shardId: number,
  operations: readonly Operation[],
  now: Date,
): Parameter[] | undefined {
  const shapes = findShapes(operations);
  if (shapes === undefined) return undefined;
  const { found, numbers } = shapes;
  return [
    shardId,
    textArray(operations.map((operation) => operation.operationId)),
    textArray(operations.map((operation) => operation.userId)),
    textArray(operations.map((operation) => operation.targetUserId)),
    numberArray(operations.map((operation) => operation.sourceAmount)),
    numberArray(operations.map((operation) => operation.targetAmount)),
    numberArray(numbers),
    textArray(found.map((shape) => shape.kind)),
    textArray(found.map((shape) => shape.status)),
    textArray(found.map((shape) => shape.sourceSystem)),
    textArray(found.map((shape) => shape.targetSystem)),
    textArray(found.map((shape) => shape.sourceCreditType)),
    textArray(found.map((shape) => shape.targetCreditType)),
    textArray(found.map((shape) => shape.exchangeRate)),
    numberArray(found.map((shape) => shape.rateVersion)),
    textArray(found.map((shape) => shape.failureCode)),
    textArray(found.map((shape) => shape.principal)),
    now,
  ];
}
