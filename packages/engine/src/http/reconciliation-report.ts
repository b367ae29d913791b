// A reconciliation's report: JSON, CSV or a page, by what the caller accepts.
import { Readable } from "node:stream";
import { v1 } from "@pointbridge/protocol";
import type { Run } from "../reconcile/index.ts";
import { readReport } from "../reconcile/index.ts";
import { reconciliationPath, requireRun } from "./reconciliation-lookup.ts";
import { viewMismatch, viewReconciliation } from "./reconciliation-view.ts";
import { toCsv } from "./report-csv.ts";
import { type ReportContents, toPage } from "./report-page.ts";
import { type Answer, defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

interface Wish {
  readonly name: string;
  readonly weight: number;
}

/** What a header lists, the most wanted first; what comes first wins among equals. */
function readWishes(header: string | undefined): string[] {
  const wishes = (header ?? "").split(",").map((part): Wish => {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const quality = parameters.find((text) => text.startsWith("q="));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    return { name, weight: Number.isFinite(weight) ? weight : 0 };
  });
  return wishes
    .filter(({ name, weight }) => name !== "" && weight > 0)
    .sort((left, right) => right.weight - left.weight)
    .map(({ name }) => name);
}

type Form = "json" | "csv" | "html";

function chooseForm(accept: string | undefined): Form {
  for (const wish of readWishes(accept)) {
    if (wish === "text/csv") return "csv";
    if (wish === "text/html" || wish === "application/xhtml+xml") return "html";
    if (wish === "application/json" || wish === "*/*" || wish === "application/*") return "json";
  }
  return "json";
}

function chooseLanguage(
  asked: v1.ReportLanguage | undefined,
  accepted: string | undefined,
): v1.ReportLanguage {
  if (asked !== undefined) return asked;
  for (const wish of readWishes(accepted)) {
    if (wish === "zh" || wish.startsWith("zh-")) return "zh";
    if (wish === "en" || wish.startsWith("en-")) return "en";
  }
  return "en";
}

async function readContents({ database, shardCount }: Services, run: Run): Promise<ReportContents> {
  const report = await database.transaction((transaction) => readReport(transaction, shardCount, run));
  const now = new Date();
  const history = Map.groupBy(report.history, ({ operationId }) => operationId);
  return {
    run: viewReconciliation(run, report.open.count, true),
    mismatches: report.mismatches.map((one) =>
      viewMismatch(one, run, history.get(one.operationId) ?? [], now),
    ),
    isComplete: report.isComplete,
  };
}

function answerText(text: string, type: string, more: Readonly<Record<string, string>> = {}): Answer {
  const headers = { "content-type": type, vary: "accept, accept-language", ...more };
  return { status: 200, body: Readable.from([Buffer.from(text, "utf8")]), headers };
}

export const reportRoute: Route = defineRoute({
  method: "GET",
  path: "/v1/reconciliations/{reconciliation_id}/report",
  name: "getReconciliationReport",
  tag: "Reconciliations",
  summary: "Read a report on a reconciliation: both totals, what differs, who mended what, and the proof",
  description:
    "`Accept: application/json`, `text/csv` (one line a mismatch) or `text/html` (a page to read and print, in English or Chinese).",
  permission: "read",
  reach: "found",
  params: reconciliationPath,
  query: v1.reportQuery,
  headers: { "Accept-Language": "Language of the page, where the query names none." },
  answers: { 200: { description: "The report.", schema: v1.reconciliationReport } },
  errors: ["reconciliation_not_found"],
  async handle({ params: { reconciliation_id: id }, query, principal, headers }, services) {
    const run = await requireRun(services, id, principal);
    const contents = await readContents(services, run);
    switch (chooseForm(headers.accept)) {
      case "csv": {
        const disposition = `attachment; filename="reconciliation-${id.replaceAll(":", "_")}.csv"`;
        const more = { "content-disposition": disposition };
        return answerText(toCsv(contents.mismatches), "text/csv; charset=utf-8", more);
      }
      case "html": {
        const language = chooseLanguage(query.language, headers["accept-language"]);
        // Nothing of the page is loaded or run, whatever should stand in it.
        const policy =
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        const more = { "content-security-policy": policy, "content-language": language };
        return answerText(toPage(contents, language), "text/html; charset=utf-8", more);
      }
      case "json": {
        const { run: reconciliation, mismatches, isComplete } = contents;
        const body = { reconciliation, mismatches, is_complete: isComplete };
        return { status: 200, body, headers: { vary: "accept, accept-language" } };
      }
    }
  },
});
