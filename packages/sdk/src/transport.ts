// One call: its address, its attempts, its answer. The compiler holds paths, queries and bodies to the document.
import { type FailedRequest, PointbridgeError, type Problem, UnreachableError } from "./errors.ts";
import type { paths } from "./generated/openapi.ts";
import { type Answer, decodeAnswer, encodeBody, type Input } from "./points.ts";
import { delayAfter, pause, readRetryAfter } from "./retry.ts";

export interface FetchRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** Aborted when the time is up or the caller gives up. */
  readonly signal: AbortSignal;
  readonly redirect: "error";
}

/** The part of the platform's fetch that the client uses. */
export type Fetch = (url: string, request: FetchRequest) => Promise<Response>;

export interface CallOptions {
  /** Gives the call up, attempts and pauses included. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs?: number | undefined;
  /** Further attempts after the first. */
  readonly retries?: number | undefined;
}

export interface TransportSettings {
  /** Without a slash at its end. */
  readonly url: string;
  readonly apiKey: string | null;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly retries: number;
}

export type Method = "get" | "put" | "post" | "delete";
export type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { readonly responses: unknown }> ? P : never;
}[keyof paths];
type OperationAt<M extends Method, P extends keyof paths> = paths[P][M];

type ParametersIn<O, L extends string> = O extends { parameters: infer A }
  ? L extends keyof A
    ? Exclude<A[L], undefined>
    : never
  : never;
type BodyOf<O> = O extends { requestBody?: infer R }
  ? Exclude<R, undefined> extends { content: { "application/json": infer B } }
    ? B
    : never
  : never;
type JsonOf<R> = R extends { content: { "application/json": infer B } } ? B : never;

/** What a call answers with when it is done. */
export type AnswerOf<M extends Method, P extends keyof paths> =
  OperationAt<M, P> extends { responses: infer R } ? Answer<JsonOf<R[keyof R]>> : never;

export interface CallParts<M extends Method, P extends keyof paths> {
  readonly path?: Input<ParametersIn<OperationAt<M, P>, "path">>;
  readonly query?: Input<ParametersIn<OperationAt<M, P>, "query">> | undefined;
  readonly body?: Input<BodyOf<OperationAt<M, P>>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the body or the path has of them. */
  readonly operationIds?: readonly string[];
}

interface Prepared {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly request: FailedRequest;
}

type Values = Readonly<Record<string, string | number | undefined>>;

function fillPath(template: string, values: Values): string {
  return template.replaceAll(/\{([a-z_]+)\}/g, (_match, name: string) => {
    const value = String(values[name] ?? "");
    // An address that ends elsewhere than it seems to would be another call.
    if (value === "" || value === "." || value === "..") {
      throw new TypeError(`${name} must be an id, not ${JSON.stringify(value)}`);
    }
    return encodeURIComponent(value);
  });
}

function writeQuery(values: Values): string {
  const pairs = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** A proxy in front of the node has JSON of its own. */
function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const { code, detail, retryable } = value as Readonly<Record<string, unknown>>;
  return typeof code === "string" && typeof detail === "string" && typeof retryable === "boolean";
}

function readJson(text: string): unknown {
  return decodeAnswer(JSON.parse(text));
}

/** The problem in an error's answer; undefined where something before the node answered in its own way. */
function readProblem(text: string): Problem | undefined {
  try {
    const value = readJson(text);
    return isProblem(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What says that a page of the node itself asks, not another site that has the browser ask. */
export const consoleHeader = { "x-pointbridge-console": "1" } as const;

export class Transport {
  readonly #settings: TransportSettings;

  constructor(settings: TransportSettings) {
    this.#settings = settings;
  }

  async call<M extends Method, P extends PathsWith<M>>(
    method: M,
    path: P,
    parts: CallParts<M, P>,
    options: CallOptions = {},
  ): Promise<AnswerOf<M, P>> {
    const prepared = this.#prepare(method, path, parts);
    const retries = options.retries ?? this.#settings.retries;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return (await this.#attempt(prepared, options)) as AnswerOf<M, P>;
      } catch (error) {
        const delayMs = attempt < retries ? delayAfter(error, attempt) : undefined;
        if (delayMs === undefined) throw error;
        await pause(delayMs, options.signal);
      }
    }
  }

  #prepare(
    method: string,
    template: string,
    parts: {
      readonly path?: unknown;
      readonly query?: unknown;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly operationIds?: readonly string[];
    },
  ): Prepared {
    const path = fillPath(template, (parts.path ?? {}) as Values);
    const body = parts.body === undefined ? undefined : encodeBody(parts.body);
    return {
      url: `${this.#settings.url}${path}${writeQuery((parts.query ?? {}) as Values)}`,
      method: method.toUpperCase(),
      headers: {
        accept: "application/json, application/problem+json",
        ...this.#whoAsks(),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...parts.headers,
      },
      body,
      request: { method: method.toUpperCase(), path, operationIds: parts.operationIds ?? [] },
    };
  }

  #whoAsks(): Record<string, string> {
    const { apiKey } = this.#settings;
    return apiKey === null ? consoleHeader : { authorization: `Bearer ${apiKey}` };
  }

  async #attempt(prepared: Prepared, options: CallOptions): Promise<unknown> {
    const { response, text } = await this.#exchange(prepared, options);
    if (!response.ok) {
      const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
      const answer = { status: response.status, problem: readProblem(text), retryAfterMs };
      throw new PointbridgeError(answer, prepared.request);
    }
    try {
      return readJson(text);
    } catch (cause) {
      throw new UnreachableError(
        `${prepared.method} ${prepared.url} was answered, but not as a node does; is url the address of a node?`,
        prepared.request,
        { cause, retryable: false },
      );
    }
  }

  /**
   * Opens an answer that goes on. One attempt; the time is for its beginning, then only the signal ends it.
   * @throws PointbridgeError, UnreachableError
   */
  async open<P extends PathsWith<"get">>(
    path: P,
    parts: CallParts<"get", P>,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    const prepared = this.#prepare("get", path, parts);
    const timeoutMs = this.#settings.timeoutMs;
    const opening = new AbortController();
    const timer = setTimeout(() => opening.abort(), timeoutMs);
    try {
      const response = await this.#fetch(prepared, AbortSignal.any([signal, opening.signal]));
      if (!response.ok || response.body === null) throw await this.#toError(response, prepared);
      return response.body;
    } catch (cause) {
      signal.throwIfAborted();
      if (cause instanceof PointbridgeError) throw cause;
      const what = opening.signal.aborted ? `gave no answer within ${timeoutMs} ms` : "can't be reached";
      const message = `GET ${prepared.url}: the node ${what}`;
      throw new UnreachableError(message, prepared.request, { cause, retryable: true });
    } finally {
      clearTimeout(timer);
    }
  }

  async #toError(response: Response, prepared: Prepared): Promise<PointbridgeError> {
    const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
    const answer = { status: response.status, problem: readProblem(await response.text()), retryAfterMs };
    return new PointbridgeError(answer, prepared.request);
  }

  #fetch({ url, method, headers, body }: Prepared, signal: AbortSignal): Promise<Response> {
    return this.#settings.fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      signal,
      redirect: "error",
    });
  }

  async #exchange(prepared: Prepared, options: CallOptions): Promise<{ response: Response; text: string }> {
    const { url, method, request } = prepared;
    options.signal?.throwIfAborted();
    const timeoutMs = options.timeoutMs ?? this.#settings.timeoutMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
    try {
      const response = await this.#fetch(prepared, signal);
      return { response, text: await response.text() };
    } catch (cause) {
      // Given up by the caller: that is what the caller must hear.
      options.signal?.throwIfAborted();
      const what = timeout.aborted ? `gave no answer within ${timeoutMs} ms` : "can't be reached";
      throw new UnreachableError(`${method} ${url}: the node ${what}`, request, { cause, retryable: true });
    }
  }
}
