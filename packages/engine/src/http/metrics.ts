// Prometheus metrics of the node: its process, its calls, and what its exchanges came to.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type AlertListener, type AlertSeverity, alertSeverities, type Channel } from "../alerts/index.ts";
import type { Command } from "../domain/index.ts";
import type { CallResult } from "../partner/index.ts";
import type { LaneListener, SubmittedOutcome } from "../posting/index.ts";
import type { Verdict } from "../webhooks/index.ts";

function statusOf(outcome: SubmittedOutcome): string {
  if (outcome.type !== "operation") return outcome.type;
  return outcome.idempotent ? "repeated" : outcome.operation.status;
}

export class Metrics implements LaneListener, AlertListener {
  readonly registry = new Registry();
  readonly #durations: Histogram<"method" | "route" | "status">;
  readonly #partnerCalls: Counter<"call" | "status" | "code">;
  readonly #callsToPartners: Counter<"path" | "result">;
  readonly #webhookAttempts: Counter<"result">;
  readonly #operations: Counter<"command" | "status">;
  readonly #batchSizes: Histogram;
  readonly #batchDurations: Histogram;
  readonly #batchRetries: Counter;
  readonly #alertMessages: Counter<"channel" | "kind" | "result">;
  readonly #alertsStanding: Gauge<"severity">;
  readonly #channelsFailing: Gauge<"channel" | "kind">;

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
    this.#webhookAttempts = new Counter({
      name: "pointbridge_webhook_attempts_total",
      help: "Attempts at delivering events to webhooks: taken, the status of the answer, or no_answer.",
      labelNames: ["result"],
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
    this.#alertMessages = new Counter({
      name: "pointbridge_alert_messages_total",
      help: "Messages to alert channels, by whether they were taken.",
      labelNames: ["channel", "kind", "result"],
      registers: [this.registry],
    });
    this.#alertsStanding = new Gauge({
      name: "pointbridge_alerts_standing",
      help: "Alerts that are open or acknowledged, by severity, as last looked up.",
      labelNames: ["severity"],
      registers: [this.registry],
    });
    this.#channelsFailing = new Gauge({
      name: "pointbridge_alert_channel_failing",
      help: "1 where an alert channel did not take its last message, as last looked up.",
      labelNames: ["channel", "kind"],
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

  countWebhookAttempt(verdict: Verdict): void {
    const result = verdict.isTaken ? "taken" : String(verdict.status ?? "no_answer");
    this.#webhookAttempts.inc({ result });
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

  messageSent({ channelId, kind }: Channel, isTaken: boolean): void {
    this.#alertMessages.inc({ channel: channelId, kind, result: isTaken ? "taken" : "failed" });
  }

  stateSeen(channels: readonly Channel[], standing: ReadonlyMap<AlertSeverity, number>): void {
    // Channels come and go.
    this.#channelsFailing.reset();
    for (const { channelId, kind, failures, isEnabled } of channels) {
      this.#channelsFailing.set({ channel: channelId, kind }, isEnabled && failures > 0 ? 1 : 0);
    }
    for (const severity of alertSeverities) {
      this.#alertsStanding.set({ severity }, standing.get(severity) ?? 0);
    }
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
