// The ledger as a whole: its verification.
import { v1 } from "@pointbridge/protocol";
import { verifyLedger } from "../ledger/index.ts";
import { defineRoute, type Route } from "./route.ts";

export const ledgerRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/ledger/verification",
    name: "verifyLedger",
    tag: "Ledger",
    summary: "Recompute every balance from the movements",
    description:
      "Reads the whole ledger in one snapshot, so it takes as long as the ledger is large. Differences are an answer, not an error.",
    permission: "read",
    answers: { 200: { description: "What was found.", schema: v1.ledgerVerification } },
    async handle(_call, services) {
      const report = await verifyLedger(services.database);
      const body: v1.LedgerVerification = {
        ok: report.ok,
        // Counts of rows stay far below 2^53.
        accounts: Number(report.accounts),
        transfers: Number(report.transfers),
        operations: Number(report.operations),
        differences: report.differences.map(({ check, message, found }) => ({
          check,
          message,
          found: { ...found },
        })),
      };
      return { status: 200, body };
    },
  }),
];
