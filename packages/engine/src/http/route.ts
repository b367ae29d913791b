// A route: what a call takes and answers, said once for validation, the OpenAPI document and the handler.
import type { IncomingHttpHeaders } from "node:http";
import type { ErrorCode } from "@pointbridge/protocol";
import { v1 } from "@pointbridge/protocol";
import type { Static, TObject, TSchema } from "typebox";
import type { LoggedBy } from "../admin-log/index.ts";
import type { TraceContext } from "../domain/index.ts";
import { type Body, Check, Form, malformed, readBody } from "../form/index.ts";
import type { Permission } from "./permissions.ts";
import type { Caller } from "./principal.ts";
import { readQuery } from "./query.ts";
import { judgeConcern, type Reach } from "./reach.ts";
import type { Services } from "./services.ts";

export interface Answer {
  readonly status: number;
  /** What becomes JSON, or a stream of what the headers say. */
  readonly body: unknown;
  /** Beside those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A call whose form has been accepted. */
export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** For what the schema can't say of the body. */
  readonly form: Form;
  /** The header Prefer, as it came. */
  readonly prefer: string | string[] | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly trace: TraceContext;
  readonly principal: Caller;
  /** For the log of changes: who asks, from where. */
  readonly by: LoggedBy;
}

export interface RawCall {
  /** The client's, as the node saw it. */
  readonly address: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly trace: TraceContext;
  readonly params: unknown;
  readonly body: Uint8Array | undefined;
  readonly principal: Caller;
}

export interface RouteDefinition<P extends TObject, Q extends TObject, B extends TSchema> {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** With parameters in braces, as OpenAPI has it. */
  readonly path: string;
  /** The operation's name in the OpenAPI document and in generated clients. */
  readonly name: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  /** What it is about, for callers that are for some systems only; absent: closed to them. */
  readonly reach?: Reach<{ readonly params: Static<P>; readonly query: Static<Q>; readonly body: Static<B> }>;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** No body at all is taken as an empty object. */
  readonly isBodyOptional?: boolean;
  /** Header parameters, for the document. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema: TSchema }>>;
  /** What may go wrong beside what every call has; with a status where it is not the table's. */
  readonly errors?: readonly (ErrorCode | readonly [ErrorCode, number])[];
  handle(call: Call<Static<P>, Static<Q>, Static<B>>, services: Services): Promise<Answer> | Answer;
}

/** A route with its types folded away. */
export interface Route extends Omit<RouteDefinition<TObject, TObject, TSchema>, "handle" | "reach"> {
  readonly reach: "open" | "found" | "said" | undefined;
  readonly params: TObject;
  readonly query: TObject;
  answer(call: RawCall, services: Services): Promise<Answer>;
}

const none = v1.emptyInput;

function numericNames(query: TObject): ReadonlySet<string> {
  const entries = Object.entries(query.properties as Record<string, { readonly type?: string }>);
  return new Set(entries.filter(([, schema]) => schema.type === "integer").map(([name]) => name));
}

function readRequiredBody(bytes: Uint8Array | undefined, isOptional: boolean): Body {
  const body = readBody(bytes);
  if (body !== undefined) return body;
  if (isOptional) return { text: "{}", value: {} };
  throw malformed("", "is missing; send a JSON object");
}

export function defineRoute<
  P extends TObject = typeof none,
  Q extends TObject = typeof none,
  B extends TSchema = typeof none,
>(definition: RouteDefinition<P, Q, B>): Route {
  const params = (definition.params ?? none) as P;
  const query = (definition.query ?? none) as Q;
  const { body, isBodyOptional = false } = definition;
  const paramsCheck = new Check(params);
  const queryCheck = new Check(query);
  const bodyCheck = body === undefined ? undefined : new Check(body);
  const numeric = numericNames(query);

  async function answer(call: RawCall, services: Services): Promise<Answer> {
    const acceptedParams = paramsCheck.accept(call.params, "/path");
    const acceptedQuery = queryCheck.accept(readQuery(call.url, numeric), "/query");
    const read = bodyCheck === undefined ? undefined : readRequiredBody(call.body, isBodyOptional);
    const accepted = {
      params: acceptedParams,
      query: acceptedQuery,
      body: bodyCheck?.accept(read?.value, "") as Static<B>,
      form: new Form(read?.text ?? ""),
      prefer: call.headers["prefer"],
      headers: call.headers,
      trace: call.trace,
      principal: call.principal,
      by: {
        origin: {
          principal: call.principal.name,
          address: call.address,
          requestId: call.trace.requestId,
        },
        shardCount: services.shardCount,
      },
    };
    const { reach } = definition;
    if (typeof reach === "function") judgeConcern(call.principal, () => reach(accepted));
    return definition.handle(accepted, services);
  }

  const reach = typeof definition.reach === "function" ? "said" : definition.reach;
  return { ...definition, reach, params, query, answer };
}
