// Both OpenAPI documents as what they promise: every endpoint, and whether an answer is one that stands there.
import { readFileSync } from "node:fs";
import { errors } from "@pointbridge/protocol";
import { Compile } from "typebox/schema";
import { buildOpenApi } from "../../src/http/index.ts";
import type { Parameter, Shape } from "../http/samples.ts";

interface Response {
  readonly "x-codes"?: readonly string[];
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: { readonly "application/json": { readonly schema: Shape } };
  };
  readonly responses: Readonly<Record<string, Response>>;
}

interface Document {
  readonly paths: object;
  readonly components: { readonly schemas: object };
}

export interface Endpoint {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly isSigned: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: Shape | undefined;
  /** What references in `body` name. */
  readonly schemas: Readonly<Record<string, Shape>>;
  /** @throws where the document does not promise such an answer */
  judge(answer: { readonly status: number; readonly text: string }): void;
}

function judgeOf(operation: Operation, document: Document): Endpoint["judge"] {
  const checks = new Map<number, ReturnType<typeof Compile>>();
  return ({ status, text }) => {
    const response = operation.responses[String(status)];
    if (response === undefined) throw new Error("this status is not in the document");
    const [content] = Object.values(response.content);
    if (content === undefined) throw new Error("this answer has no schema");
    let check = checks.get(status);
    if (check === undefined) {
      check = Compile({ ...content.schema, components: document.components });
      checks.set(status, check);
    }
    const body: unknown = JSON.parse(text);
    if (!check.Check(body)) throw new Error(`not of its schema: ${JSON.stringify(check.Errors(body))}`);
    const codes = response["x-codes"];
    if (codes === undefined) return;
    const code = String((body as { code?: unknown }).code);
    if (!codes.includes(code)) throw new Error(`the code ${code} is not in the document`);
    if (!(code in errors)) throw new Error(`the code ${code} is not in the table of errors`);
  };
}

function endpointsOf(document: Document, isSigned: boolean): Endpoint[] {
  return Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: operation.operationId,
        method: method.toUpperCase(),
        path,
        isSigned,
        parameters: isSigned ? [] : (operation.parameters ?? []),
        body: operation.requestBody?.content["application/json"].schema,
        schemas: document.components.schemas as Record<string, Shape>,
        judge: judgeOf(operation, document),
      })),
  );
}

export const apiEndpoints: readonly Endpoint[] = endpointsOf(buildOpenApi("0.0.0"), false);

const partnerDocument = new URL("../../../../docs/protocol/openapi.json", import.meta.url);
export const partnerEndpoints: readonly Endpoint[] = endpointsOf(
  JSON.parse(readFileSync(partnerDocument, "utf8")) as Document,
  true,
);
