// One request after another, drawn from a seed: of every endpoint of both documents, well-formed, altered and
// malformed, by everybody, signed and unsigned.
import type { Random } from "../support/partner-mix.ts";
import type { Endpoint } from "./documents.ts";
import { apiEndpoints, partnerEndpoints } from "./documents.ts";
import { alter, drawValue, isChance, type KnownTexts, pick, spoilText } from "./drawn-values.ts";
import type { Caller, SecurityWorld } from "./world.ts";
import { things } from "./world.ts";

/** How a partner's request is signed; `spoilt…` is changed after that. */
export const signings = [
  "airline",
  "inn",
  "withdrawn",
  "stranger",
  "unsigned",
  "spoilt body",
  "spoilt path",
  "spoilt signature",
  "stale",
  "replayed",
] as const;
export type Signing = (typeof signings)[number];

export interface DrawnRequest {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly url: string;
  readonly body: Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a call of /v1. */
  readonly caller: Caller | undefined;
  /** Of a call of /pxp/v1. */
  readonly signing: Signing | undefined;
  readonly form: "well-formed" | "altered" | "malformed";
}

const strangeSegments = [
  "%00",
  "%ff",
  "..%2f..%2fadmin",
  "%252e",
  "a%20b",
  "x".repeat(300),
  "%E4%BC%9A",
  "~",
];
const strangeQueries = [
  "unknown=1",
  "limit=0",
  "limit=1e9",
  "limit=1&limit=2",
  "cursor=%00",
  "__proto__=1",
  "&&=",
  "a[b]=c",
];

const strangeHeaders: readonly Readonly<Record<string, string>>[] = [
  { "content-type": "text/plain" },
  { "content-type": "application/json; charset=utf-16" },
  { "content-encoding": "gzip" },
  { prefer: "wait=999999999999999999999, respond-async, ," },
  { "x-request-id": "x".repeat(500) },
  { traceparent: "00-zz-zz-01", tracestate: "=,=" },
  { accept: "application/xml" },
  { "x-forwarded-for": "127.0.0.1", "x-original-url": "/v1/keys/rotate", forwarded: "host=evil.example" },
  { "x-http-method-override": "DELETE" },
];

/** Never one that waits for what nobody sends: a remote exchange is answered at once, events are no stream. */
const calm = { prefer: "respond-async" };

export class RequestMaker {
  readonly #random: Random;
  readonly #world: SecurityWorld;
  readonly #known: KnownTexts;

  constructor(random: Random, world: SecurityWorld) {
    this.#random = random;
    this.#world = world;
    this.#known = {
      operation_id: [things.exchange, things.credit, things.debit, things.hold, things.rateChange],
      account_id: [world.accountId],
      quote_id: [world.quoteId],
      limit_id: [things.limit],
      reconciliation_id: [world.reconciliationId],
      data_key_id: ["none"],
    };
  }

  /** A caller of /v1 who comes with nothing that the node takes, or with one of the roles. */
  draw(filter: (caller: Caller, endpoint: Endpoint) => boolean): DrawnRequest {
    for (;;) {
      const endpoint = pick(this.#random, apiEndpoints);
      const caller = pick(this.#random, this.#world.callers);
      if (filter(caller, endpoint)) return this.#make(endpoint, caller, undefined);
    }
  }

  drawSigned(from: readonly Signing[]): DrawnRequest {
    return this.#make(pick(this.#random, partnerEndpoints), undefined, pick(this.#random, from));
  }

  #pathOf(endpoint: Endpoint): string {
    const random = this.#random;
    return endpoint.path.replaceAll(/\{([a-z_]+)\}/g, (_all, name: string) => {
      if (isChance(random, 0.05)) return pick(random, strangeSegments);
      // What is there stays as it is set up, so that whoever may do everything does not end the others' part.
      if (name === "system_id" && endpoint.method === "PUT")
        return pick(random, ["shop", "club", "new-1", "new-2"]);
      const parameter = endpoint.parameters.find((one) => one.name === name && one.in === "path");
      return encodeURIComponent(String(this.#value(endpoint, parameter?.schema ?? {}, name)));
    });
  }

  #value(endpoint: Endpoint, shape: Parameters<typeof drawValue>[1], name: string): unknown {
    return drawValue(this.#random, shape, name, endpoint.schemas, this.#known);
  }

  #queryOf(endpoint: Endpoint): string {
    const random = this.#random;
    const parts = endpoint.parameters
      .filter((one) => one.in === "query" && (one.required || isChance(random, 0.4)))
      .map((one) => `${one.name}=${encodeURIComponent(String(this.#value(endpoint, one.schema, one.name)))}`);
    if (isChance(random, 0.05)) parts.push(pick(random, strangeQueries));
    return parts.length === 0 ? "" : `?${parts.join("&")}`;
  }

  #bodyOf(endpoint: Endpoint): Pick<DrawnRequest, "body" | "form"> {
    const random = this.#random;
    const { body: shape } = endpoint;
    if (shape === undefined) {
      const isSent = isChance(random, 0.05);
      return { body: isSent ? Buffer.from("{}") : undefined, form: isSent ? "altered" : "well-formed" };
    }
    const value = this.#value(endpoint, shape, "");
    const way = random();
    if (way < 0.6) return { body: Buffer.from(JSON.stringify(value)), form: "well-formed" };
    if (way < 0.85) return { body: Buffer.from(JSON.stringify(alter(random, value))), form: "altered" };
    const text = spoilText(random, JSON.stringify(value));
    return { body: Buffer.from(text, isChance(random, 0.2) ? "latin1" : "utf8"), form: "malformed" };
  }

  #make(endpoint: Endpoint, caller: Caller | undefined, signing: Signing | undefined): DrawnRequest {
    const random = this.#random;
    const { body, form } = this.#bodyOf(endpoint);
    const isOdd = isChance(random, 0.05);
    return {
      endpoint,
      method:
        !endpoint.isSigned && isChance(random, 0.01)
          ? pick(random, ["PATCH", "DELETE", "POST"])
          : endpoint.method,
      url: endpoint.isSigned ? endpoint.path : `${this.#pathOf(endpoint)}${this.#queryOf(endpoint)}`,
      body,
      headers: {
        ...calm,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(isOdd ? pick(random, strangeHeaders) : {}),
        ...caller?.headers,
      },
      caller,
      signing,
      form,
    };
  }
}

/** What a request was, for whoever has to find out why it failed. */
export function describeRequest({ method, url, caller, signing, body, form, headers }: DrawnRequest): string {
  const who = caller?.name ?? `signed by ${String(signing)}`;
  return `${method} ${url} by ${who}, ${form}: ${body?.toString().slice(0, 600) ?? "no body"} ${JSON.stringify(headers)}`;
}
