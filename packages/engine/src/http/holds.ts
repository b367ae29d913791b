// Holds: POST, GET, capture, release.
import { v1 } from "@pointbridge/protocol";
import type { Operation } from "../domain/index.ts";
import { toAccountCommand, viewMovement } from "./movements.ts";
import { judgeTouch, operationPath, requireOperation } from "./operation-lookup.ts";
import { answerCreation, operationOf, submitOne } from "./outcomes.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Holds";

function viewHold(operation: Operation, idempotent: boolean): v1.Hold {
  return {
    ...viewMovement(operation, idempotent),
    status: operation.status as v1.Hold["status"],
    captured_amount: operation.data?.captured_amount ?? null,
    expires_at: operation.expiresAt?.toISOString() ?? null,
  };
}

export const holdRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/v1/holds",
    name: "createHold",
    tag,
    summary: "Set points aside",
    description: "Held points can't be spent until the hold is captured, released, or expires.",
    permission: "move_points",
    reach: ({ body }) => [{ source: body.system_id, amount: body.amount }],
    body: v1.holdInput,
    answers: {
      200: { description: "Done before: held, or captured since.", schema: v1.hold },
      201: { description: "Held.", schema: v1.hold },
    },
    errors: [
      "system_not_found",
      "system_not_hosted",
      "credit_type_not_found",
      "business_id_used",
      "insufficient_balance",
      "released",
      ["hold_expired", 422],
      "operation_conflict",
    ],
    async handle({ body, form, principal }, services) {
      const command = toAccountCommand("hold", body, "", form, principal.name);
      form.finish();
      return answerCreation(await submitOne(services, command), viewHold);
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/holds/{operation_id}",
    name: "getHold",
    tag,
    summary: "Read a hold, also a refused one",
    permission: "read",
    reach: "found",
    params: operationPath,
    answers: { 200: { description: "The hold.", schema: v1.hold } },
    errors: ["operation_not_found"],
    async handle({ params: { operation_id: operationId }, principal }, services) {
      const operation = await requireOperation(services, operationId, "hold", principal);
      return { status: 200, body: viewHold(operation, false) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/holds/{operation_id}/capture",
    name: "captureHold",
    tag,
    summary: "Take held points",
    description: "The whole, or a part: then the rest is released. A hold is captured once.",
    permission: "move_points",
    reach: "found",
    params: operationPath,
    body: v1.captureInput,
    isBodyOptional: true,
    answers: { 200: { description: "The hold, captured.", schema: v1.hold } },
    errors: [
      "operation_not_found",
      "operation_conflict",
      "hold_released",
      "hold_expired",
      "hold_refused",
      "amount_exceeds_hold",
    ],
    async handle({ params: { operation_id: operationId }, body, form, principal }, services) {
      const amount = body.amount === undefined ? null : form.amount(body.amount, "/amount");
      form.finish();
      await judgeTouch(services, operationId, principal, "absent");
      const command = { type: "capture", operationId, amount, principal: principal.name } as const;
      const { operation, idempotent } = operationOf(await submitOne(services, command));
      return { status: 200, body: viewHold(operation, idempotent) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/holds/{operation_id}/release",
    name: "releaseHold",
    tag,
    summary: "Give held points back",
    description:
      "An id that was never seen is fenced: a hold that arrives under it later is refused. A hold that was refused, released or has expired answers as it is.",
    permission: "move_points",
    reach: "found",
    params: operationPath,
    body: v1.emptyInput,
    isBodyOptional: true,
    answers: { 200: { description: "The hold as it is now.", schema: v1.hold } },
    errors: ["operation_conflict", "hold_captured"],
    async handle({ params: { operation_id: operationId }, principal }, services) {
      await judgeTouch(services, operationId, principal);
      const command = { type: "release", operationId, principal: principal.name } as const;
      const { operation, idempotent } = operationOf(await submitOne(services, command));
      return { status: 200, body: viewHold(operation, idempotent) };
    },
  }),
];
