// The ledger as a whole: its verification.
import { v1 } from "@pointbridge/protocol";
import { clearAlert, raiseAlert } from "../alerts/index.ts";
import { type Database, runRetried } from "../database/index.ts";
import { verifyLedger } from "../ledger/index.ts";
import { defineRoute, type Route } from "./route.ts";

type Report = Awaited<ReturnType<typeof verifyLedger>>;

/** A ledger that does not balance is told to whoever listens, until a verification finds it sound. */
async function noteReport(database: Database, { ok, differences }: Report): Promise<void> {
  await runRetried(database, async (transaction) => {
    if (ok) return clearAlert(transaction, "ledger_unbalanced", "ledger");
    const [first] = differences;
    const data = { differences: differences.length, check: first?.check, message: first?.message };
    return raiseAlert(transaction, { type: "ledger_unbalanced", key: "ledger", data });
  });
}

export const ledgerRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/ledger/verification",
    name: "verifyLedger",
    tag: "Ledger",
    summary: "Recompute every balance from the movements",
    description:
      "Reads the whole ledger in one snapshot, so it takes as long as the ledger is large. Differences are an answer, not an error; the alert `ledger_unbalanced` stands until a later verification finds none.",
    permission: "read",
    answers: { 200: { description: "What was found.", schema: v1.ledgerVerification } },
    async handle(_call, services) {
      const report = await verifyLedger(services.database);
      await noteReport(services.database, report);
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
