// Receipts: GET of a completed exchange's.
import { v1 } from "@pointbridge/protocol";
import { findOperations } from "../operations/index.ts";
import { notFound } from "./problem.ts";
import { mayRead } from "./reach.ts";
import { defineRoute, type Route } from "./route.ts";

const params = v1.closed("ReceiptPath", "Which exchange.", { operation_id: v1.operationId });

export const receiptRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/exchanges/{operation_id}/receipt",
    name: "getReceipt",
    tag: "Exchanges",
    summary: "Read a completed exchange's receipt, signed by each side",
    description:
      "A member or an auditor verifies it alone, with the systems' public keys. A partner is asked for its signature by the first who reads; what is not there yet is in `missing`.",
    permission: "read",
    reach: "found",
    params,
    answers: { 200: { description: "The receipt.", schema: v1.receipt } },
    errors: [["operation_not_found", 404], "receipt_refused"],
    async handle({ params: { operation_id: operationId }, principal }, { database, shardCount, receipts }) {
      const [operation] = await database.transaction((transaction) =>
        findOperations(transaction, shardCount, [operationId]),
      );
      if (operation?.kind !== "exchange" || !mayRead(principal, operation)) {
        throw notFound("operation_not_found", `no exchange has the id ${operationId}`);
      }
      const { payload, signatures, missing } = await receipts.read(operation);
      const body: v1.Receipt = {
        payload,
        signatures: signatures.map((signature) => ({ ...signature })),
        missing: missing.map(({ systemId, reason }) => ({ system_id: systemId, reason })),
      };
      return { status: 200, body };
    },
  }),
];
