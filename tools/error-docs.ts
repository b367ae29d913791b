// Writes docs/errors.md from the error table: `node tools/error-docs.ts`. A test proves that the two agree.
import { writeFileSync } from "node:fs";
import { type ErrorEntry, refusals, requestErrors } from "../packages/protocol/src/index.ts";

const classes: readonly (readonly [name: ErrorEntry["class"], meaning: string])[] = [
  ["rejected", "Final for this request: the same request will be refused again."],
  ["transient", "Says nothing about the outcome: send the same request again, with the same operation id."],
  [
    "fatal",
    "The node or its settings are at fault: a person has to look. The outcome of the request is not known.",
  ],
];

function renderTable(entries: Readonly<Record<string, ErrorEntry>>): string {
  const rows = Object.entries(entries).map(
    ([code, entry]) =>
      `| <a id="${code}"></a>\`${code}\` | ${entry.status} | ${entry.class} | ${entry.title}. |`,
  );
  return ["| Code | Status | Class | Meaning |", "|---|---|---|---|", ...rows].join("\n");
}

/** The whole page, with a line feed at its end. */
export function renderErrorDocs(): string {
  return `# Errors

<!-- Written by \`node tools/error-docs.ts\` from packages/protocol/src/codes.ts: change it there. -->

An error is an RFC 9457 problem (\`application/problem+json\`):

\`\`\`json
{
  "type": "/docs#error-insufficient_balance",
  "title": "The account does not have enough available points",
  "status": 422,
  "detail": "operation order-17: the account does not have enough available points",
  "code": "insufficient_balance",
  "retryable": false,
  "request_id": "01a20824-7654-7514-aaff-deeb08b00380",
  "operation_id": "order-17",
  "required": "1000000",
  "available": "900",
  "idempotent": false
}
\`\`\`

Decide by \`code\`; \`title\` and \`detail\` are for people and may change. \`retryable\` is true for the class \`transient\`. \`request_id\` is also in the \`X-Request-Id\` header and in the node's log. A malformed request has \`errors\`, a list of \`{path, message}\`: the path is a JSON pointer into the body (\`/exchanges/3/amount\`), or \`/query/NAME\`, \`/path/NAME\`, or empty for the body as a whole. An \`operation_conflict\` has \`conflicting_field\`.

## Classes

${classes.map(([name, meaning]) => `- **${name}** — ${meaning}`).join("\n")}

## Refusals

A refusal is the verdict on an operation and is kept under its id for good: the same request again gets it again, with \`idempotent: true\`, whatever has changed since. Nothing has moved. The status is 422; where a \`GET\` asks for something that is not there, the same code comes with 404.

${renderTable(refusals)}

## Other errors

These leave no trace under an operation's id, which can be used again.

${renderTable(requestErrors)}
`;
}

if (import.meta.main) {
  writeFileSync(new URL("../docs/errors.md", import.meta.url), renderErrorDocs());
}
