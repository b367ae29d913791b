// Imports: lines of a CSV file, as text, for one kind of record.
import { v1 } from "@pointbridge/protocol";
import { type Form, pointerToken } from "../form/index.ts";
import type { ImportError } from "../import-files/index.ts";
import { importLines } from "../imports/index.ts";
import { defineRoute, type Route } from "./route.ts";

const params = v1.closed("ImportPath", "What the lines describe.", { kind: v1.importKind });

/** What is wrong with a line's form makes the whole request malformed; any other error is a result. */
function judgeErrors(errors: readonly ImportError[], firstLine: number, form: Form): void {
  for (const { line, field, message, code } of errors) {
    if (code !== "invalid_request") continue;
    form.fault(`/lines/${line - firstLine}/${pointerToken(field)}`, `line ${line}: ${message}`);
  }
  form.finish();
}

export const importRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/v1/imports/{kind}",
    name: "importLines",
    tag: "Imports",
    summary: "Import up to 1000 lines of a file",
    description:
      "One malformed line refuses the whole call. Where a line is refused for another reason (an unknown system, an account that was opened with another amount), nothing is applied either, and `errors` says which. The same lines again change nothing. A dry run makes the same checks and applies nothing: check all of a file before its first line is applied.",
    permission: "administer",
    params,
    body: v1.importInput,
    answers: { 200: { description: "What it came to.", schema: v1.importResult } },
    async handle({ params: { kind }, body, form, principal, by }, services) {
      const { dry_run: dryRun = false, first_line: firstLine = 1, lines } = body;
      const options = { dryRun, firstLine, principal: principal.name, origin: by.origin };
      const result = await importLines(services, kind, lines, options);
      judgeErrors(result.errors, firstLine, form);
      const answer: v1.ImportResult = {
        kind,
        dry_run: dryRun,
        applied: result.applied,
        unchanged: result.unchanged,
        errors: result.errors.map((error) => ({ ...error })),
      };
      return { status: 200, body: answer };
    },
  }),
];
