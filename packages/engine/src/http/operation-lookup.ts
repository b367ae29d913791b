// Finds what stands under an operation id, for the GET of one kind.
import { v1 } from "@pointbridge/protocol";
import type { Operation, OperationKind } from "../domain/index.ts";
import { findOperations } from "../operations/index.ts";
import { notFound } from "./problem.ts";
import type { Services } from "./services.ts";

export const operationPath = v1.closed("OperationPath", "Which operation.", { operation_id: v1.operationId });

/** @throws HttpError operation_not_found, also where the id belongs to another kind */
export async function requireOperation(
  services: Services,
  operationId: string,
  kind: OperationKind,
): Promise<Operation> {
  const [operation] = await services.database.transaction((transaction) =>
    findOperations(transaction, services.shardCount, [operationId]),
  );
  if (operation?.kind === kind) return operation;
  const why = operation === undefined ? "no operation has" : `an operation of kind ${operation.kind} has`;
  throw notFound("operation_not_found", `${why} the id ${operationId}`);
}
