// What a person may do about an exchange that is stuck. Each is refused where it would make or lose points.
import { v1 } from "@pointbridge/protocol";
import type { AdvanceCommand } from "../domain/index.ts";
import { viewExchange } from "./exchange-view.ts";
import { operationPath, requireOperation } from "./operation-lookup.ts";
import { operationOf } from "./outcomes.ts";
import type { Caller } from "./principal.ts";
import { type Answer, defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Exchanges";

async function decide(
  services: Services,
  operationId: string,
  principal: Caller,
  event: AdvanceCommand["event"],
): Promise<Answer> {
  await requireOperation(services, operationId, "exchange", principal);
  const [outcome] = await services.crossings.advance([
    { type: "advance", operationId, principal: principal.name, state: null, event },
  ]);
  if (outcome === undefined) throw new Error(`the decision on ${operationId} came to nothing`);
  const { operation, idempotent } = operationOf(outcome);
  return { status: operation.dueAt === null ? 200 : 202, body: viewExchange(operation, idempotent) };
}

const answers = {
  200: { description: "The exchange, which has ended.", schema: v1.exchange },
  202: { description: "The exchange, which goes on.", schema: v1.exchange },
};

export const exchangeVerbRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/v1/exchanges/{operation_id}/ask-again",
    name: "askExchangeAgain",
    tag,
    summary: "Ask the partner again now",
    description: "Changes nothing of an exchange that has ended.",
    permission: "resolve",
    params: operationPath,
    answers,
    errors: ["operation_not_found"],
    handle: ({ params, principal }, services) =>
      decide(services, params.operation_id, principal, { kind: "ask_again" }),
  }),
  defineRoute({
    method: "POST",
    path: "/v1/exchanges/{operation_id}/roll-back",
    name: "rollBackExchange",
    tag,
    summary: "Undo an exchange whose outcome at the partner is not known",
    description:
      "Decides that the credit must not be: the target is asked to take it back or to fence it, and the source is released only when it has said so. Where the target can't take it back any more, the exchange is completed.",
    permission: "resolve",
    params: operationPath,
    answers,
    errors: ["operation_not_found", "not_undoable"],
    handle: ({ params, principal }, services) =>
      decide(services, params.operation_id, principal, { kind: "undo" }),
  }),
  defineRoute({
    method: "POST",
    path: "/v1/exchanges/{operation_id}/write-off",
    name: "proposeWriteOff",
    tag,
    summary: "Propose to write an exchange off whose partner is gone for good",
    description:
      "Only of one that needs attention, whose source is hosted here and whose credit is not known. Another person has to approve; then the member is paid back from the suspense account, which stands in for whatever the target turns out to have.",
    permission: "resolve",
    params: operationPath,
    body: v1.writeOffInput,
    answers,
    errors: ["operation_not_found", "not_undoable"],
    handle: ({ params, body, principal }, services) =>
      decide(services, params.operation_id, principal, { kind: "propose_write_off", note: body.note }),
  }),
  defineRoute({
    method: "POST",
    path: "/v1/exchanges/{operation_id}/write-off/approve",
    name: "approveWriteOff",
    tag,
    summary: "Approve that an exchange is written off, as a second person",
    permission: "approve",
    params: operationPath,
    answers,
    errors: ["operation_not_found", "not_undoable", "four_eyes_required"],
    handle: ({ params, principal }, services) =>
      decide(services, params.operation_id, principal, { kind: "approve_write_off" }),
  }),
];
