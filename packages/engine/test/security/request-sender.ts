// Sends drawn requests to the node and holds each answer to its document; answers to partners have to be signed too.
import { randomBytes } from "node:crypto";
import type { CallChanges, TestPartner } from "../http/test-partner.ts";
import { apiEndpoints, type Endpoint } from "./documents.ts";
import { type DrawnRequest, describeRequest, type Signing } from "./request-maker.ts";
import type { SecurityWorld } from "./world.ts";

export interface SeenAnswer {
  readonly status: number;
  readonly text: string;
}

const patterns = apiEndpoints.map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpoint.path.replaceAll(/\{[a-z_]+\}/g, "[^/]+")}$`),
}));

/** The endpoint that answers, which is none where the method or the address was made up. */
function findEndpoint(request: DrawnRequest): Endpoint | undefined {
  if (request.endpoint.isSigned) return request.endpoint;
  const [path = ""] = request.url.split("?", 1);
  return patterns.find(({ endpoint, pattern }) => endpoint.method === request.method && pattern.test(path))
    ?.endpoint;
}

/** What an address that nobody answers may come to. */
const unknownAddress: Readonly<Record<number, string>> = {
  400: "invalid_request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
};

/** @throws where the answer is not one of those that the document promises */
function judge(request: DrawnRequest, answer: SeenAnswer): void {
  if (answer.status >= 500) throw new Error("the node failed");
  const endpoint = findEndpoint(request);
  if (endpoint !== undefined) return endpoint.judge(answer);
  const { code } = JSON.parse(answer.text) as { code?: string };
  if (unknownAddress[answer.status] !== code) throw new Error("no answer of an unknown address");
}

function findFault(request: DrawnRequest, answer: SeenAnswer): string | undefined {
  try {
    judge(request, answer);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function describeAnswer(request: DrawnRequest, answer: SeenAnswer): string {
  return `${describeRequest(request)}\ncame to ${answer.status} ${answer.text.slice(0, 800)}`;
}

export class RequestSender {
  readonly #world: SecurityWorld;
  readonly #usedNonce = randomBytes(16).toString("base64url");

  constructor(world: SecurityWorld) {
    this.#world = world;
  }

  /** Uses the nonce up that replays come with. */
  async open(): Promise<void> {
    await this.#world.airline.call(this.#world.node, "node", {}, { nonce: this.#usedNonce });
  }

  /** What came, and how it is none of the documents' answers where it is not. */
  async send(request: DrawnRequest): Promise<{ answer: SeenAnswer; fault: string | undefined }> {
    const { signing } = request;
    const answer = await (signing === undefined ? this.#call(request) : this.#sign(request, signing));
    return { answer, fault: findFault(request, answer) };
  }

  async #call({ method, url, headers, body }: DrawnRequest): Promise<SeenAnswer> {
    const response = await this.#world.node.app.inject({
      method: method as "GET",
      url,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: response.statusCode, text: response.body };
  }

  #partnerOf(signing: Signing): TestPartner {
    const { airline, inn, withdrawn, stranger } = this.#world;
    const others: Partial<Record<Signing, TestPartner>> = { inn, withdrawn, stranger };
    return others[signing] ?? airline;
  }

  #changesOf(signing: Signing): CallChanges {
    switch (signing) {
      case "stale":
        return { now: new Date(Date.now() - 3_600_000) };
      case "replayed":
        return { nonce: this.#usedNonce };
      case "spoilt path":
        return { baseUrl: "https://elsewhere.example" };
      default:
        return {};
    }
  }

  async #sign(request: DrawnRequest, signing: Signing): Promise<SeenAnswer> {
    const changes: CallChanges = {
      ...this.#changesOf(signing),
      path: request.url,
      bytes: request.body ?? Buffer.from("{}"),
      spoil: (sent) => {
        for (const [name, value] of Object.entries(request.headers)) {
          // The type is signed; one that is changed behind the signature is a matter of `spoilt signature`.
          if (name !== "content-type") sent.headers[name] = value;
        }
        if (signing === "unsigned") {
          delete sent.headers["signature"];
          delete sent.headers["signature-input"];
        }
        if (signing === "spoilt body") sent.body = Buffer.concat([sent.body, Buffer.from(" ")]);
        if (signing === "spoilt signature") {
          const signature = sent.headers["signature"] ?? "";
          sent.headers["signature"] = signature.replace(/:(.)/, (_all, first) =>
            first === "A" ? ":B" : ":A",
          );
        }
      },
    };
    // The path says which call it is; the name only where there is none.
    const { status, body } = await this.#partnerOf(signing).call(this.#world.node, "node", {}, changes);
    return { status, text: JSON.stringify(body) };
  }
}
