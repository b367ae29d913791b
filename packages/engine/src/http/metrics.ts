// Prometheus metrics of the node: its process, its calls, and what its exchanges came to.
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { Command } from "../domain/index.ts";
import type { CallResult } from "../partner/index.ts";
import type { LaneListener, SubmittedOutcome } from "../posting/index.ts";

function statusOf(outcome: SubmittedOutcome): string {
  if (outcome.type !== "operation") return outcome.type;
  return outcome.idempotent ? "repeated" : outcome.operation.status;
}

export class Metrics implements LaneListener {
  readonly registry = new Registry();
  readonly #durations: Histogram<"method" | "route" | "status">;
  readonly #partnerCalls: Counter<"call" | "status" | "code">;
  readonly #callsToPartners: Counter<"path" | "result">;
  readonly #operations: Counter<"command" | "status">;
  readonly #batchSizes: Histogram;
  readonly #batchDurations: Histogram;
  readonly #batchRetries: Counter;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.#durations = new Histogram({
      name: "pointbridge_http_request_duration_seconds",
      help: "Time from a request's arrival to the end of its answer, by route and status.",
      labelNames: ["method", "route", "status"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
    this.#partnerCalls = new Counter({
      name: "pointbridge_partner_calls_total",
      help: "Calls of partners, by what they were answered; code is that of a refusal.",
      labelNames: ["call", "status", "code"],
      registers: [this.registry],
    });
    this.#callsToPartners = new Counter({
      name: "pointbridge_calls_to_partners_total",
      help: "Calls to partners, by the status that was signed; unknown: no answer that counts; unsent: none left.",
      labelNames: ["path", "result"],
      registers: [this.registry],
    });
    this.#operations = new Counter({
      name: "pointbridge_commands_total",
      help: "Exchanges, credits, holds and the like, by what they came to; a repeat counts as repeated.",
      labelNames: ["command", "status"],
      registers: [this.registry],
    });
    this.#batchSizes = new Histogram({
      name: "pointbridge_batch_commands",
      help: "Commands that one transaction of a lane decided.",
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
      registers: [this.registry],
    });
    this.#batchDurations = new Histogram({
      name: "pointbridge_batch_duration_seconds",
      help: "Time that one transaction of a lane took.",
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [this.registry],
    });
    this.#batchRetries = new Counter({
      name: "pointbridge_batch_retries_total",
      help: "Transactions of lanes that were run again after an error.",
      registers: [this.registry],
    });
  }

  observeRequest(method: string, route: string, status: number, durationMs: number): void {
    this.#durations.observe({ method, route, status }, durationMs / 1000);
  }

  countPartnerCall(call: string, status: number, code: string): void {
    this.#partnerCalls.inc({ call, status, code });
  }

  countCallToPartner(path: string, result: CallResult): void {
    const isUnknown = "unknown" in result;
    const unheard = isUnknown && result.isUnsent === true ? "unsent" : "unknown";
    this.#callsToPartners.inc({ path, result: isUnknown ? unheard : String(result.status) });
  }

  batchDone(commandCount: number, durationMs: number): void {
    this.#batchSizes.observe(commandCount);
    this.#batchDurations.observe(durationMs / 1000);
  }

  batchRetried(): void {
    this.#batchRetries.inc();
  }

  countOutcomes(commands: readonly Command[], outcomes: readonly SubmittedOutcome[]): void {
    for (const [index, outcome] of outcomes.entries()) {
      this.#operations.inc({ command: commands[index]?.type ?? "unknown", status: statusOf(outcome) });
    }
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
