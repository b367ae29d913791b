// Holds an answer against what the document says of it: status, code and every field.

import { v1 } from "@pointbridge/protocol";
import { Compile } from "typebox/compile";
import { codesByStatus } from "../../src/http/openapi.ts";
import { routes } from "../../src/http/routes.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The parsed body, as an object. */
  readonly body: Readonly<Record<string, unknown>>;
}

const problemCheck = Compile(v1.problem);

const documented = routes.map((route) => ({
  method: route.method,
  pattern: new RegExp(`^${route.path.replaceAll(/\{[a-z_]+\}/g, "[^/]+")}$`),
  codes: codesByStatus(route),
  checks: new Map(
    Object.entries(route.answers).map(([status, { schema }]) => [Number(status), Compile(schema)] as const),
  ),
}));

/** Throws where the answer is not one of those that the document promises. */
export function judgeAnswer(method: string, url: string, answer: Answer): void {
  const path = url.split("?", 1)[0] ?? "";
  const route = documented.find((candidate) => candidate.method === method && candidate.pattern.test(path));
  if (route === undefined) return;
  const what = `${method} ${path} answered ${answer.status} ${answer.text.slice(0, 400)}`;
  if (answer.status < 400) {
    const check = route.checks.get(answer.status);
    if (check === undefined) throw new Error(`${what}, a status that is not documented`);
    const errors = check.Errors(answer.body);
    if (errors.length > 0) throw new Error(`${what}: ${JSON.stringify(errors[0])}`);
    return;
  }
  if (!problemCheck.Check(answer.body)) throw new Error(`${what}, which is not a problem`);
  const codes: readonly string[] = route.codes.get(answer.status) ?? [];
  if (!codes.includes(answer.body.code)) throw new Error(`${what}, a code that is not documented there`);
}
