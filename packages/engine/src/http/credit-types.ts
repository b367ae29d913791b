// Credit types: PUT, GET, list.
import { v1 } from "@pointbridge/protocol";
import { type CreditType, getCreditType, listCreditTypes, putCreditType } from "../catalog/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { notFound } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Credit types";
const params = v1.closed("CreditTypePath", "Which credit type.", {
  system_id: v1.systemId,
  credit_type_id: v1.creditTypeId,
});
const listParams = v1.closed("CreditTypesPath", "Whose credit types.", { system_id: v1.systemId });
const id = new RegExp(v1.catalogIdPattern);

function viewCreditType(creditType: CreditType): v1.CreditType {
  return {
    system_id: creditType.systemId,
    credit_type_id: creditType.creditTypeId,
    name: creditType.name,
    created_at: creditType.createdAt.toISOString(),
    updated_at: creditType.updatedAt.toISOString(),
  };
}

export const creditTypeRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/systems/{system_id}/credit-types/{credit_type_id}",
    name: "putCreditType",
    tag,
    summary: "Create a credit type or rename it",
    permission: "administer",
    params,
    body: v1.creditTypeInput,
    answers: {
      200: { description: "It stood, and is as given now.", schema: v1.creditType },
      201: { description: "Made.", schema: v1.creditType },
    },
    errors: ["system_not_found"],
    async handle({ params: { system_id: systemId, credit_type_id: creditTypeId }, body, by }, services) {
      const input = { systemId, creditTypeId, name: body.name };
      const { creditType, outcome } = await putCreditType(services.database, input, by);
      return { status: outcome === "created" ? 201 : 200, body: viewCreditType(creditType) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/systems/{system_id}/credit-types/{credit_type_id}",
    name: "getCreditType",
    tag,
    summary: "Read a credit type",
    permission: "read",
    // Whoever exchanges has to know what the other side calls its points.
    reach: "open",
    params,
    answers: { 200: { description: "The credit type.", schema: v1.creditType } },
    errors: [["credit_type_not_found", 404]],
    async handle({ params: { system_id: systemId, credit_type_id: creditTypeId } }, services) {
      const creditType = await services.database.transaction((transaction) =>
        getCreditType(transaction, systemId, creditTypeId),
      );
      if (creditType === undefined) {
        throw notFound("credit_type_not_found", `system ${systemId} has no credit type ${creditTypeId}`);
      }
      return { status: 200, body: viewCreditType(creditType) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/systems/{system_id}/credit-types",
    name: "listCreditTypes",
    tag,
    summary: "List a system's credit types",
    permission: "read",
    // Whoever exchanges has to know what the other side calls its points.
    reach: "open",
    params: listParams,
    query: v1.pageOnlyQuery,
    answers: { 200: { description: "Credit types by id.", schema: v1.creditTypePage } },
    async handle({ params: { system_id: systemId }, query }, services) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [creditTypeId] = readCursor(query.cursor, [id]) ?? [];
      const after = creditTypeId === undefined ? undefined : { systemId, creditTypeId };
      const found = await services.database.transaction((transaction) =>
        listCreditTypes(transaction, { systemId, limit: limit + 1, after }),
      );
      const body = toPage(found, limit, viewCreditType, (creditType) => [creditType.creditTypeId]);
      return { status: 200, body };
    },
  }),
];
