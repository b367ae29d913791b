// Calls to a partner for a comparison: asked again where nothing came back, counted, and bounded.
//
// W1  What does not have its form, or is no answer to what was asked, ends the comparison: nothing is guessed.
// W2  Bytes and trips are counted, and end at a bound.
import { answerSchemas, callPaths, type PxpCallName } from "@pointbridge/protocol/pxp";
import type { Static } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { CallResult, PartnerLines, PartnerReply } from "../partner/index.ts";
import { ComparisonStop } from "./comparison-stop.ts";
import type { Traffic } from "./sides.ts";

export interface CallBounds {
  /** For one call, without an answer that counts. */
  readonly attemptsMax: number;
  readonly tripsMax: number;
  readonly bytesMax: number;
}

export const defaultCallBounds: CallBounds = {
  attemptsMax: 4,
  tripsMax: 100_000,
  bytesMax: 8 * 1024 * 1024 * 1024,
};

/** Between two attempts where the partner does not say when to come back. */
const firstWaitMs = 250;

export type AnswerOf<N extends PxpCallName> = Static<(typeof answerSchemas)[N]>;

const validators = new Map<PxpCallName, Validator>();

function validatorOf(name: PxpCallName): Validator {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const made = Compile(answerSchemas[name]);
  validators.set(name, made);
  return made;
}

/** What a partner said, as it may stand in a log. */
function describeReply({ status, body }: PartnerReply): string {
  const isObject = typeof body === "object" && body !== null;
  const code = isObject && "code" in body && typeof body.code === "string" ? body.code.slice(0, 64) : "";
  return `${status}${code === "" ? "" : ` ${code}`}`;
}

export interface RefusedCall {
  readonly status: number;
  readonly code: string | undefined;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export class PartnerCalls {
  readonly traffic: Traffic = { trips: 0, bytesSent: 0, bytesReceived: 0 };
  readonly #lines: Pick<PartnerLines, "callThrough">;
  readonly #systemId: string;
  readonly #bounds: CallBounds;

  /** @param systemId whose node is called */
  constructor(
    lines: Pick<PartnerLines, "callThrough">,
    systemId: string,
    bounds: CallBounds = defaultCallBounds,
  ) {
    this.#lines = lines;
    this.#systemId = systemId;
    this.#bounds = bounds;
  }

  async #attempt(path: string, bytes: Uint8Array): Promise<CallResult> {
    const { tripsMax, bytesMax } = this.#bounds;
    const { trips, bytesSent, bytesReceived } = this.traffic;
    if (trips >= tripsMax || bytesSent + bytesReceived >= bytesMax) {
      throw new ComparisonStop("limit_reached", `${trips} calls were made for this comparison; no more are`); // W2
    }
    this.traffic.trips += 1;
    this.traffic.bytesSent += bytes.length;
    const result = await this.#lines.callThrough(this.#systemId, path, bytes);
    if (!("unknown" in result)) this.traffic.bytesReceived += result.bodyBytes;
    return result;
  }

  /** An answer that counts, whatever it says. @throws ComparisonStop partner_silent, limit_reached */
  async #ask(name: PxpCallName, body: object): Promise<PartnerReply> {
    const bytes = Buffer.from(JSON.stringify(body));
    let why = "";
    for (let attempt = 1; attempt <= this.#bounds.attemptsMax; attempt += 1) {
      const result = await this.#attempt(callPaths[name], bytes);
      const isAnswer = !("unknown" in result) && result.status < 500 && result.status !== 429;
      if (isAnswer) return result;
      why = "unknown" in result ? result.unknown : `answered ${describeReply(result)}`;
      if (attempt === this.#bounds.attemptsMax) break;
      await wait(result.retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1));
    }
    throw new ComparisonStop("partner_silent", `the node of ${this.#systemId}, asked for ${name}: ${why}`);
  }

  /**
   * The answer of a call that succeeded, or how it was refused.
   * @throws ComparisonStop partner_silent, answer_malformed, limit_reached
   */
  async tryCall<N extends PxpCallName>(name: N, body: object): Promise<AnswerOf<N> | RefusedCall> {
    const reply = await this.#ask(name, body);
    if (reply.status !== 200) {
      const said = reply.body as { readonly code?: unknown } | null | undefined;
      const code = typeof said?.code === "string" ? said.code : undefined;
      return { status: reply.status, code };
    }
    const validator = validatorOf(name);
    if (!validator.Check(reply.body)) {
      const [fault] = validator.Errors(reply.body);
      const where = `${fault?.instancePath ?? ""} ${fault?.message ?? ""}`.slice(0, 200);
      throw new ComparisonStop("answer_malformed", `${name} was answered without its form: ${where}`); // W1
    }
    return reply.body as AnswerOf<N>;
  }

  /** @throws ComparisonStop also partner_refused */
  async call<N extends PxpCallName>(name: N, body: object): Promise<AnswerOf<N>> {
    const answer = await this.tryCall(name, body);
    if (!("status" in answer)) return answer;
    const { status, code } = answer;
    const said = code === undefined ? String(status) : `${status} ${code.slice(0, 64)}`;
    throw new ComparisonStop(
      "partner_refused",
      `the node of ${this.#systemId} answered ${name} with ${said}`,
    );
  }
}
