// Finds what stands under an operation id, for the GET of one kind.
import { v1 } from "@pointbridge/protocol";
import type { Operation, OperationKind } from "../domain/index.ts";
import { isForWholeNode } from "../grants/index.ts";
import { findOperations } from "../operations/index.ts";
import { unacceptable } from "./outcomes.ts";
import type { Caller } from "./principal.ts";
import { HttpError, notFound } from "./problem.ts";
import { mayRead } from "./reach.ts";
import type { Services } from "./services.ts";

export const operationPath = v1.closed("OperationPath", "Which operation.", { operation_id: v1.operationId });

async function findOperation(services: Services, operationId: string): Promise<Operation | undefined> {
  const [operation] = await services.database.transaction((transaction) =>
    findOperations(transaction, services.shardCount, [operationId]),
  );
  return operation;
}

/** @throws HttpError operation_not_found, also where the id belongs to another kind or does not concern the caller */
export async function requireOperation(
  services: Services,
  operationId: string,
  kind: OperationKind,
  principal: Caller,
): Promise<Operation> {
  const operation = await findOperation(services, operationId);
  const isThere = operation !== undefined && mayRead(principal, operation);
  if (isThere && operation.kind === kind) return operation;
  const why = isThere ? `an operation of kind ${operation.kind} has` : "no operation has";
  throw notFound("operation_not_found", `${why} the id ${operationId}`);
}

/**
 * Judges what is to be done to an operation by its id; an id that nothing has yet is anybody's.
 * @param unused what the call makes of an id that nothing has: `fenced` for good, which a thing of others can't be, so
 *   that it shows; or `absent`, and then a thing of others looks the same
 * @throws HttpError forbidden, operation_not_found
 */
export async function judgeTouch(
  services: Services,
  operationId: string,
  principal: Caller,
  unused: "fenced" | "absent" = "fenced",
): Promise<void> {
  if (principal.rights.some(isForWholeNode)) return;
  const operation = await findOperation(services, operationId);
  if (operation === undefined || mayRead(principal, operation)) return;
  if (unused === "absent") throw unacceptable("operation_not_found", operationId);
  throw new HttpError("forbidden", `operation ${operationId} is of systems that this API key is not for`);
}
