// Lines to partners: one for each node at each address, so that a partner that hangs or fails takes nothing from
// the others.
//
// B1  A line has a number of places and a bounded queue; what finds no place is unknown without being sent.
// B2  After failures in a row the line is broken: calls are unknown without being sent, until a single one that
//     is let through after a while gets an answer.
// B3  A partner that asked to be left alone is, up to a bound.
// B4  A call's time runs from when it is asked for, so waiting for a place is part of it.
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhenResult,
  type IPolicy,
  wrap,
} from "cockatiel";
import { crashPoint } from "../system/index.ts";
import type { CallResult, PartnerClient } from "./client.ts";
import type { PartnerTarget } from "./partner-book.ts";
import type { PartnerRegistry } from "./registry.ts";

export interface LineSettings {
  /** Calls under way at a time. */
  readonly placesMax: number;
  readonly queueMax: number;
  readonly failuresMax: number;
  /** From the first to the longest time that a line stays broken before a call is let through. */
  readonly firstBreakMs: number;
  readonly longestBreakMs: number;
  /** Where neither the system nor the caller says. */
  readonly timeoutMs: number;
}

export const defaultLineSettings: LineSettings = {
  placesMax: 16,
  queueMax: 1024,
  failuresMax: 5,
  firstBreakMs: 1_000,
  longestBreakMs: 15_000,
  // Within the ten seconds that a caller waits by default, so that it hears of the silence.
  timeoutMs: 8_000,
};

export interface CallOptions {
  /** Shorter than what the system says; never longer. */
  readonly timeoutMs?: number | undefined;
  /** Sent along unsigned, such as a trace context. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

interface Line {
  readonly nodeId: string;
  readonly breaker: CircuitBreakerPolicy;
  readonly policy: IPolicy;
  /** Nothing is sent before. */
  quietUntilMs: number;
  /** When the next call may leave, for a partner with a rate limit. */
  nextCallMs: number;
  isInDoubt: boolean;
  /** One of the systems that are reached through it. */
  systemId: string;
  calledMs: number;
  answeredMs: number | undefined;
  /** Since when it is broken, half-open trials that failed included. */
  brokenSinceMs: number | undefined;
}

/** How a partner's node stands to this one, as its own calls have shown. */
export interface PartnerReach {
  readonly nodeId: string;
  readonly systemId: string;
  readonly answeredMs: number | undefined;
  readonly brokenSinceMs: number | undefined;
}

type BackListener = (nodeId: string) => void;
type CallListener = (path: string, result: CallResult) => void;

/** A call left and nothing came back that says how the partner stands to it. */
function isFailure(result: unknown): boolean {
  const call = result as CallResult;
  return "unknown" in call ? call.isUnsent !== true : call.status >= 500;
}

function unsent(reason: string, retryAfterMs?: number): CallResult {
  const unknown = { unknown: reason, isUnsent: true } as const;
  return retryAfterMs === undefined ? unknown : { ...unknown, retryAfterMs };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export class PartnerLines {
  readonly #client: Pick<PartnerClient, "call">;
  readonly #registry: Pick<PartnerRegistry, "current">;
  readonly #settings: LineSettings;
  readonly #lines = new Map<string, Line>();
  readonly #listeners = new Set<BackListener>();
  readonly #callListeners = new Set<CallListener>();

  constructor(
    client: Pick<PartnerClient, "call">,
    registry: Pick<PartnerRegistry, "current">,
    settings: LineSettings = defaultLineSettings,
  ) {
    this.#client = client;
    this.#registry = registry;
    this.#settings = settings;
  }

  /** Is told the node of each partner that answers again after calls whose outcome was unknown. */
  onBack(listener: BackListener): void {
    this.#listeners.add(listener);
  }

  /** Is told what each call came to. */
  onCall(listener: CallListener): void {
    this.#callListeners.add(listener);
  }

  /** Every node that was called, at the address where it was called last. */
  reaches(): PartnerReach[] {
    const latest = new Map<string, Line>();
    for (const line of this.#lines.values()) {
      const standing = latest.get(line.nodeId);
      if (standing === undefined || standing.calledMs <= line.calledMs) latest.set(line.nodeId, line);
    }
    return [...latest.values()].map(({ nodeId, systemId, answeredMs, brokenSinceMs }) => {
      return { nodeId, systemId, answeredMs, brokenSinceMs };
    });
  }

  /**
   * Calls the node of a system at its present address. Never throws for what a partner does.
   * @param path from /pxp/v1/ on
   * @throws DatabaseError where the registry can't be read
   */
  async callThrough(
    systemId: string,
    path: string,
    body: Uint8Array,
    options: CallOptions = {},
  ): Promise<CallResult> {
    const result = await this.#callAtAddress(systemId, path, body, options);
    for (const listener of this.#callListeners) listener(path, result);
    return result;
  }

  async #callAtAddress(
    systemId: string,
    path: string,
    body: Uint8Array,
    options: CallOptions,
  ): Promise<CallResult> {
    crashPoint(`before the call of ${path}`);
    const startMs = Date.now();
    const target = (await this.#registry.current()).targetOf(systemId);
    if (target === undefined) return unsent(`system ${systemId} has no address or no key to be called with`);
    const line = this.#lineTo(target);
    line.systemId = systemId;
    line.calledMs = startMs;
    const quietMs = line.quietUntilMs - Date.now();
    if (quietMs > 0) return unsent("the partner asked to be left alone", quietMs);
    const longestMs = target.timeoutMs ?? this.#settings.timeoutMs;
    const deadlineMs = startMs + Math.min(options.timeoutMs ?? longestMs, longestMs);
    try {
      const result = await line.policy.execute(() =>
        this.#callPaced(line, target, deadlineMs, path, body, options),
      );
      this.#note(line, target.nodeId, result);
      crashPoint(`after the call of ${path}`);
      return result;
    } catch (error) {
      if (error instanceof BrokenCircuitError) return unsent("partner away");
      if (error instanceof BulkheadRejectedError)
        return unsent("too many calls to this partner are under way");
      throw error;
    }
  }

  async #callPaced(
    line: Line,
    target: PartnerTarget,
    deadlineMs: number,
    path: string,
    body: Uint8Array,
    options: CallOptions,
  ): Promise<CallResult> {
    const nowMs = Date.now();
    if (target.rateLimit !== undefined) {
      const startMs = Math.max(nowMs, line.nextCallMs);
      if (startMs >= deadlineMs) {
        return unsent("the partner's rate limit leaves no time", startMs - nowMs);
      }
      line.nextCallMs = startMs + 1000 / target.rateLimit;
      if (startMs > nowMs) await wait(startMs - nowMs);
    }
    const timeoutMs = deadlineMs - Date.now();
    if (timeoutMs <= 0) return unsent("no place was free in time");
    const { nodeId, baseUrl } = target;
    return this.#client.call({ nodeId, baseUrl, timeoutMs, headers: options.headers }, path, body);
  }

  #note(line: Line, nodeId: string, result: CallResult): void {
    if ("isUnsent" in result) return;
    if (result.retryAfterMs !== undefined) line.quietUntilMs = Date.now() + result.retryAfterMs;
    const isAnswer = !isFailure(result);
    const isBack = isAnswer && line.isInDoubt;
    if (isAnswer) line.answeredMs = Date.now();
    line.isInDoubt = !isAnswer;
    if (isBack) for (const listener of this.#listeners) listener(nodeId);
  }

  #lineTo(target: PartnerTarget): Line {
    const key = `${target.nodeId} ${target.baseUrl}`;
    const standing = this.#lines.get(key);
    if (standing !== undefined) return standing;
    const { placesMax, queueMax, failuresMax, firstBreakMs, longestBreakMs } = this.#settings;
    const breaker = circuitBreaker(handleWhenResult(isFailure), {
      breaker: new ConsecutiveBreaker(failuresMax),
      halfOpenAfter: new ExponentialBackoff({ initialDelay: firstBreakMs, maxDelay: longestBreakMs }),
    });
    const policy = wrap(bulkhead(placesMax, queueMax), breaker);
    const line: Line = {
      nodeId: target.nodeId,
      breaker,
      policy,
      quietUntilMs: 0,
      nextCallMs: 0,
      isInDoubt: false,
      systemId: "",
      calledMs: 0,
      answeredMs: undefined,
      brokenSinceMs: undefined,
    };
    breaker.onBreak(() => {
      line.brokenSinceMs ??= Date.now();
    });
    breaker.onReset(() => {
      line.brokenSinceMs = undefined;
    });
    this.#lines.set(key, line);
    return line;
  }
}
