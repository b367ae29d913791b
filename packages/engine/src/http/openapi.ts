// The OpenAPI 3.1 document, built from the same routes that the node answers by.
import { Components, type ErrorCode, errors, type JsonObject, v1 } from "@pointbridge/protocol";
import type { TObject } from "typebox";
import { isBeginning } from "./closed-node.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonObject>>;
    readonly securitySchemes: JsonObject;
  };
}

const description = `Moves loyalty points between systems that each keep their own ledger.

Amounts are decimal strings from 1 to 9223372036854775807 (requests may use JSON integers up to 9007199254740991); rates are decimal strings; times are ISO 8601 in UTC with milliseconds. An operation id is made by the client and is the idempotency key: the same body again answers with the present state and \`idempotent: true\`, another body is a 409 \`operation_conflict\`. A request is judged in this order: authentication (401), permission (403), form (400), then the rest. Errors are RFC 9457 problems.`;

function parametersOf(schema: TObject, place: "path" | "query"): JsonObject[] {
  const required = new Set((schema as { readonly required?: readonly string[] }).required ?? []);
  const properties = JSON.parse(JSON.stringify(schema.properties)) as Record<string, JsonObject>;
  return Object.entries(properties).map(([name, { description: text, ...rest }]) => ({
    name,
    in: place,
    required: place === "path" || required.has(name),
    ...(text === undefined ? {} : { description: text }),
    schema: rest,
  }));
}

/** What every authenticated call may come to, beside its own errors. */
function commonErrors(route: Route): ErrorCode[] {
  const ofBody: ErrorCode[] = route.method === "GET" ? [] : ["request_too_large", "unsupported_media_type"];
  return [
    "invalid_request",
    "unauthenticated",
    "forbidden",
    ...ofBody,
    "too_many_requests",
    "overloaded",
    ...(isBeginning(route) ? (["node_closed"] as const) : []),
    "database_unavailable",
    "internal_error",
  ];
}

/** The codes that a route may answer with, by status. */
export function codesByStatus(route: Route): Map<number, ErrorCode[]> {
  const codes = new Map<number, ErrorCode[]>();
  for (const entry of [...commonErrors(route), ...(route.errors ?? [])]) {
    const [code, status] = typeof entry === "string" ? [entry, errors[entry].status] : entry;
    const group = codes.get(status);
    if (group === undefined) codes.set(status, [code]);
    else group.push(code);
  }
  return codes;
}

function problemResponse(codes: readonly ErrorCode[]): JsonObject {
  return {
    description: codes.map((code) => `\`${code}\`: ${errors[code].title}.`).join("\n\n"),
    "x-codes": [...codes],
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function responsesOf(route: Route, components: Components): JsonObject {
  const responses: JsonObject = {};
  for (const [status, answer] of Object.entries(route.answers)) {
    responses[status] = {
      description: answer.description,
      content: { "application/json": { schema: components.place(answer.schema) } },
    };
  }
  const codes = [...codesByStatus(route)].sort(([left], [right]) => left - right);
  for (const [status, group] of codes) responses[String(status)] = problemResponse(group);
  return responses;
}

function headerParameters(route: Route): JsonObject[] {
  return Object.entries(route.headers ?? {}).map(([name, text]) => ({
    name,
    in: "header",
    required: false,
    description: text,
    schema: { type: "string" },
  }));
}

function operationOf(route: Route, components: Components): JsonObject {
  const parameters = [
    ...parametersOf(route.params, "path"),
    ...parametersOf(route.query, "query"),
    ...headerParameters(route),
  ];
  const requestBody =
    route.body === undefined
      ? {}
      : {
          requestBody: {
            required: route.isBodyOptional !== true,
            content: { "application/json": { schema: components.place(route.body) } },
          },
        };
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    security: [{ apiKey: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody,
    responses: responsesOf(route, components),
  };
}

export function buildOpenApi(version: string): OpenApiDocument {
  const components = new Components();
  components.place(v1.problem);
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationOf(route, components);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Pointbridge", version, description },
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "An API key." } },
    },
  };
}
