// Telling alerts: any node takes what is to be told, sends it outside of every transaction, and notes what came of
// it. Each channel on its own, so that one that hangs or is dead takes nothing from the others, and none of them
// anything from exchanges.
import type { Database } from "../database/index.ts";
import type { OutsideCalls } from "../egress/index.ts";
import { type Log, type MasterKey, newOperationId } from "../system/index.ts";
import type { AlertSeverity } from "./alert-types.ts";
import { countStanding } from "./alerts.ts";
import { type Channel, openSecrets } from "./channel.ts";
import { channelNotFound, findChannel, listChannels, rewrapSecrets } from "./channels.ts";
import {
  type Attempt,
  type DeliverySettings,
  noteResult,
  releaseAttempt,
  sweepAlerts,
  takeAttempts,
} from "./deliveries.ts";
import { type AlertMessage, testMessage } from "./message.ts";
import { type Destination, type SendResult, senders } from "./senders/index.ts";

const SWEEP_INTERVAL_MS = 3_600_000;
const LOOK_INTERVAL_MS = 15_000;
const CHANNELS_MAX = 1_000;

export interface AlertListener {
  messageSent(channel: Channel, isTaken: boolean): void;
  /** How things stand, as they were looked up last. */
  stateSeen(channels: readonly Channel[], standing: ReadonlyMap<AlertSeverity, number>): void;
}

export interface AlertSurroundings {
  readonly outside: OutsideCalls;
  /** Mail servers that may be in a private network. */
  readonly mailRelays: ReadonlySet<string>;
  readonly masterKey: MasterKey | undefined;
  readonly log: Log;
  readonly listener: AlertListener;
  /** The node's address, as messages name it. */
  readonly source: () => string | undefined;
}

/** Nothing of a channel's secrets is kept, logged or shown, whatever the other side said. */
function redact(reason: string, { url, secret, password }: Destination["secrets"]): string {
  const parsed = url === undefined ? undefined : URL.parse(url);
  const parts = [parsed?.pathname, parsed?.search, ...(parsed?.searchParams.values() ?? [])];
  // Of a path its long parts too: a place may name the token alone.
  const segments = (parsed?.pathname ?? "").split("/").filter((segment) => segment.length > 7);
  const secrets = [url, ...parts, ...segments, secret, password];
  // Nor is what no text of the database may hold.
  let redacted = reason.replaceAll("\0", " ").toWellFormed();
  for (const text of secrets) {
    if (text !== undefined && text.length > 3) redacted = redacted.replaceAll(text, "…");
  }
  // Cut last: a secret that is cut first is not found any more.
  return redacted.slice(0, 500);
}

export class AlertDelivery {
  readonly #database: Database;
  readonly #settings: DeliverySettings;
  readonly #surroundings: AlertSurroundings;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #isStopping = false;

  constructor(database: Database, settings: DeliverySettings, surroundings: AlertSurroundings) {
    this.#database = database;
    this.#settings = settings;
    this.#surroundings = surroundings;
  }

  /** What channels' secrets are wrapped with. */
  get masterKey(): MasterKey | undefined {
    return this.#surroundings.masterKey;
  }

  /** Begins to tell. */
  start(): void {
    const { pollIntervalMs } = this.#settings;
    if (pollIntervalMs === 0) return;
    this.#track(
      rewrapSecrets(this.#database, this.#surroundings.masterKey),
      "secrets of alert channels are not wrapped with the master key of today",
    );
    this.#every(pollIntervalMs, () => this.tell(), "alerts could not be told; the next look tries again");
    this.#every(LOOK_INTERVAL_MS, () => this.look(), "the state of alert channels could not be read");
    this.#every(
      SWEEP_INTERVAL_MS,
      () => sweepAlerts(this.#database, this.#settings),
      "old alerts were not removed; the next sweep tries again",
    );
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const timer of this.#timers) clearInterval(timer);
    const ending = setTimeout(() => this.#ending.abort(), this.#settings.graceMs);
    await this.settle();
    clearTimeout(ending);
    this.#ending.abort();
  }

  #every(intervalMs: number, work: () => Promise<unknown>, what: string): void {
    let isBusy = false;
    const timer = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      const run = work().finally(() => {
        isBusy = false;
      });
      this.#track(run, what);
    }, intervalMs);
    timer.unref();
    this.#timers.push(timer);
  }

  #track(work: Promise<unknown>, what: string): void {
    const tracked = work
      .then(() => undefined)
      .catch((error: unknown) => this.#surroundings.log.warn({ err: error }, what))
      .finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  /** Begins to send what is to be told now; does not wait for it. @returns how many messages that are */
  async tell(): Promise<number> {
    if (this.#isStopping) return 0;
    const attempts = await takeAttempts(this.#database, this.#settings, this.#surroundings.source());
    for (const attempt of attempts) {
      this.#track(
        this.#attempt(attempt),
        "what came of telling an alert could not be noted; it is told again",
      );
    }
    return attempts.length;
  }

  /** Waits for what is being sent. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #attempt(attempt: Attempt): Promise<void> {
    const result = await this.#send(attempt.channel, attempt.message);
    if (this.#ending.signal.aborted && !result.isTaken) {
      // The node ends: it says nothing about the channel, and another node may go on at once.
      await releaseAttempt(this.#database, attempt);
      return;
    }
    await noteResult(this.#database, this.#settings, attempt, result);
  }

  async #send(channel: Channel, message: AlertMessage): Promise<SendResult> {
    const { log, listener } = this.#surroundings;
    const result = await this.#trySend(channel, message);
    if (!result.isTaken) {
      log.warn(
        { channel_id: channel.channelId, kind: channel.kind, reason: result.reason },
        "an alert channel did not take a message",
      );
    }
    listener.messageSent(channel, result.isTaken);
    return result;
  }

  async #trySend(channel: Channel, message: AlertMessage): Promise<SendResult> {
    const { masterKey, outside, mailRelays, log } = this.#surroundings;
    const { channelId, kind, settings, language } = channel;
    const { timeoutMs } = this.#settings;
    let secrets: Destination["secrets"] = {};
    try {
      secrets = openSecrets(masterKey, channel);
      const surroundings = { outside, mailRelays, log, timeoutMs, signal: this.#ending.signal };
      const sent = await senders[kind](message, { channelId, language, settings, secrets }, surroundings);
      return sent.isTaken ? sent : { ...sent, reason: redact(sent.reason, secrets) };
    } catch (error) {
      // A fault of ours, or secrets that can't be read: this channel fails, visibly, and no other.
      const reason = error instanceof Error ? error.message : String(error);
      return { isTaken: false, reason: redact(reason, secrets), isHopeless: true };
    }
  }

  /**
   * Sends a test message now, whatever waits. What comes of it is noted on the channel.
   * @throws AppError alert_channel_not_found
   */
  async test(channelId: string): Promise<{ readonly channel: Channel; readonly result: SendResult }> {
    const channel = await this.#database.transaction((transaction) => findChannel(transaction, channelId));
    if (channel === undefined) throw channelNotFound(channelId);
    const message = testMessage(`test-${newOperationId()}`, this.#surroundings.source());
    const result = await this.#send(channel, message);
    await noteResult(this.#database, this.#settings, { channel, leaseId: null }, result);
    return { channel, result };
  }

  /** Tells the listener how things stand. */
  async look(): Promise<void> {
    const [channels, standing] = await this.#database.transaction(async (transaction) => [
      await listChannels(transaction, { limit: CHANNELS_MAX }),
      await countStanding(transaction),
    ]);
    this.#surroundings.listener.stateSeen(channels, standing);
  }
}
