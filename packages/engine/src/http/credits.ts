// Credits and debits: POST, batch, GET, rollback. The two differ in their direction only.
import { type RefusalCode, v1 } from "@pointbridge/protocol";
import type { Operation } from "../domain/index.ts";
import { toAccountCommand, viewMovement } from "./movements.ts";
import { judgeTouch, operationPath, requireOperation } from "./operation-lookup.ts";
import { answerCreation, operationOf, submitOne, viewLine } from "./outcomes.ts";
import { defineRoute, type Route } from "./route.ts";

type Kind = "credit" | "debit";

const refusals: readonly RefusalCode[] = [
  "system_not_found",
  "system_not_hosted",
  "credit_type_not_found",
  "business_id_used",
  "insufficient_balance",
  "amount_too_large",
  "rolled_back",
];

function viewCredit(operation: Operation, idempotent: boolean): v1.Credit {
  return {
    ...viewMovement(operation, idempotent),
    status: operation.status as v1.Credit["status"],
  };
}

function viewCompletedLine(operation: Operation): Record<string, string | undefined> {
  return { transaction_id: operation.data?.transaction_id, new_balance: operation.data?.new_balance };
}

function postRoute(kind: Kind, tag: string): Route {
  const schema = kind === "credit" ? v1.credit : v1.debit;
  return defineRoute({
    method: "POST",
    path: `/v1/${kind}s`,
    name: kind === "credit" ? "createCredit" : "createDebit",
    tag,
    summary: kind === "credit" ? "Add points to an account" : "Take points from an account",
    description:
      kind === "credit"
        ? "Opens the account if there is none. The same body again answers with the present state."
        : "An account that does not exist has 0. The same body again answers with the present state.",
    permission: "move_points",
    reach: ({ body }) => [{ source: body.system_id, amount: body.amount }],
    body: kind === "credit" ? v1.creditInput : v1.debitInput,
    answers: {
      200: { description: "Done before.", schema },
      201: { description: "Done.", schema },
    },
    errors: [...refusals, "operation_conflict"],
    async handle({ body, form, principal }, services) {
      const command = toAccountCommand(kind, body, "", form, principal.name);
      form.finish();
      return answerCreation(await submitOne(services, command), viewCredit);
    },
  });
}

function creditBatchRoute(): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/credits/batch",
    name: "createCredits",
    tag: "Credits",
    summary: "Up to 1000 credits, with the effects of being done one by one",
    description: "One malformed line refuses the whole batch; a refused line is a result like any other.",
    permission: "move_points",
    reach: ({ body }) => body.credits.map((line) => ({ source: line.system_id, amount: line.amount })),
    body: v1.creditBatch,
    answers: { 200: { description: "One result per line, in order.", schema: v1.movementBatchResult } },
    async handle({ body, form, principal }, services) {
      const commands = body.credits.map((line, index) =>
        toAccountCommand("credit", line, `/credits/${index}`, form, principal.name),
      );
      form.finish();
      const outcomes = await services.posting.submit(commands);
      return {
        status: 200,
        body: { results: outcomes.map((outcome) => viewLine(outcome, viewCompletedLine)) },
      };
    },
  });
}

function debitBatchRoute(): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/debits/batch",
    name: "createDebits",
    tag: "Debits",
    summary: "Up to 1000 debits, with the effects of being done one by one",
    description: "One malformed line refuses the whole batch; a refused line is a result like any other.",
    permission: "move_points",
    reach: ({ body }) => body.debits.map((line) => ({ source: line.system_id, amount: line.amount })),
    body: v1.debitBatch,
    answers: { 200: { description: "One result per line, in order.", schema: v1.movementBatchResult } },
    async handle({ body, form, principal }, services) {
      const commands = body.debits.map((line, index) =>
        toAccountCommand("debit", line, `/debits/${index}`, form, principal.name),
      );
      form.finish();
      const outcomes = await services.posting.submit(commands);
      return {
        status: 200,
        body: { results: outcomes.map((outcome) => viewLine(outcome, viewCompletedLine)) },
      };
    },
  });
}

function getRoute(kind: Kind, tag: string): Route {
  return defineRoute({
    method: "GET",
    path: `/v1/${kind}s/{operation_id}`,
    name: kind === "credit" ? "getCredit" : "getDebit",
    tag,
    summary: `Read a ${kind}, also a refused one`,
    permission: "read",
    reach: "found",
    params: operationPath,
    answers: { 200: { description: `The ${kind}.`, schema: kind === "credit" ? v1.credit : v1.debit } },
    errors: ["operation_not_found"],
    async handle({ params: { operation_id: operationId }, principal }, services) {
      const operation = await requireOperation(services, operationId, kind, principal);
      return { status: 200, body: viewCredit(operation, false) };
    },
  });
}

function rollbackRoute(kind: Kind, tag: string): Route {
  return defineRoute({
    method: "POST",
    path: `/v1/${kind}s/{operation_id}/rollback`,
    name: kind === "credit" ? "rollBackCredit" : "rollBackDebit",
    tag,
    summary: `Take a ${kind} back`,
    description: `An id that was never seen is fenced: a ${kind} that arrives under it later is refused. Where the points can't be taken back, the ${kind} stands for good (rollback_refused). A refused ${kind} answers as it is.`,
    permission: "move_points",
    reach: "found",
    params: operationPath,
    body: v1.emptyInput,
    isBodyOptional: true,
    answers: {
      200: { description: `The ${kind} as it is now.`, schema: kind === "credit" ? v1.credit : v1.debit },
    },
    errors: ["operation_conflict", "rollback_refused"],
    async handle({ params: { operation_id: operationId }, principal }, services) {
      await judgeTouch(services, operationId, principal);
      const command = { type: "rollback", kind, operationId, principal: principal.name } as const;
      const { operation, idempotent } = operationOf(await submitOne(services, command));
      return { status: 200, body: viewCredit(operation, idempotent) };
    },
  });
}

export const creditRoutes: readonly Route[] = [
  postRoute("credit", "Credits"),
  creditBatchRoute(),
  getRoute("credit", "Credits"),
  rollbackRoute("credit", "Credits"),
];

export const debitRoutes: readonly Route[] = [
  postRoute("debit", "Debits"),
  debitBatchRoute(),
  getRoute("debit", "Debits"),
  rollbackRoute("debit", "Debits"),
];
