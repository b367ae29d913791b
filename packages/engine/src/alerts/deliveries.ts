// What is to be told where, as it is stored: given to channels, taken for an attempt, and noted when it is over.
//
// N6  A channel is told by one node at a time: whoever tells it holds it for a while. What a node that died was
//     telling is told again when its hold is over, so news comes at least once.
// N7  What waits for a channel is told together, in one message; of a type that it was just told of it hears again
//     after its interval, in one message too.
import { type Database, runRetried, type Transaction, textArray } from "../database/index.ts";
import { newOperationId, type RetryPolicy, retryDelayMs } from "../system/index.ts";
import { alertTypes } from "./alert-types.ts";
import { type Channel, type ChannelRow, toChannel } from "./channel.ts";
import * as queries from "./delivery-queries.ts";
import { type AlertMessage, type NewsRow, namedPerGroup, toMessage } from "./message.ts";
import { clearAlert, raiseAlert } from "./raise-alerts.ts";
import type { Failed, SendResult } from "./senders/index.ts";

export interface DeliverySettings {
  /** How often it is looked whether there is something to tell; 0 for only when asked. */
  readonly pollIntervalMs: number;
  /** What is raised within this time of the first is told with it. */
  readonly gatherMs: number;
  /** For how long a node holds a channel that it tells. Longer than an attempt takes. */
  readonly leaseMs: number;
  readonly timeoutMs: number;
  /** What an attempt under way may still take when the node ends. */
  readonly graceMs: number;
  /** Between two messages of a channel: robots take twenty a minute at most. */
  readonly restMs: number;
  readonly retry: RetryPolicy;
  /** A place that asks for more patience gets no more than this. */
  readonly longestRestMs: number;
  /** Failures in a row after which the other channels are told. */
  readonly failuresMax: number;
  /** For how long news waits for a channel that fails. */
  readonly waitMs: number;
  /** For how long what is cleared is kept. */
  readonly keepMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

export const defaultDeliverySettings: DeliverySettings = {
  pollIntervalMs: 1_000,
  gatherMs: 2_000,
  leaseMs: 60_000,
  timeoutMs: 10_000,
  graceMs: 2_000,
  restMs: 4_000,
  retry: { attemptsMax: Number.MAX_SAFE_INTEGER, firstDelayMs: 5_000, longestDelayMs: 300_000 },
  longestRestMs: 3_600_000,
  failuresMax: 3,
  waitMs: 3 * DAY_MS,
  keepMs: 90 * DAY_MS,
};

// Few enough that whoever raises one of them again meanwhile hardly waits.
const FAN_OUT_SIZE = 1_000;
const SWEEP_SIZE = 10_000;
const typeNames = textArray(Object.keys(alertTypes));

/** Gives what is new to the channels. @returns how many alerts that were */
async function fanOut(transaction: Transaction): Promise<number> {
  const rows = await transaction.query(queries.fanOut, [FAN_OUT_SIZE]);
  return rows.length;
}

export interface Attempt {
  readonly leaseId: string;
  readonly channel: Channel;
  readonly message: AlertMessage;
}

/** Takes what is to be told now (N6, N7), each channel's as one message. */
export async function takeAttempts(
  database: Database,
  settings: DeliverySettings,
  source: string | undefined,
): Promise<Attempt[]> {
  let count: number;
  do {
    count = await runRetried(database, fanOut);
  } while (count === FAN_OUT_SIZE);
  const leaseId = newOperationId();
  return runRetried(database, async (transaction) => {
    const { gatherMs, leaseMs } = settings;
    const rows = await transaction.query<ChannelRow>(queries.claimChannels, [
      leaseId,
      gatherMs,
      leaseMs,
      typeNames,
    ]);
    const attempts: Attempt[] = [];
    for (const channel of rows.map(toChannel)) {
      const { channelId } = channel;
      await transaction.query(queries.claimDeliveries, [leaseId, gatherMs, channelId, typeNames]);
      const news = await transaction.query<NewsRow>(queries.readAttempt, [channelId, leaseId, namedPerGroup]);
      const message = toMessage(news, source);
      if (message === undefined) await transaction.query(queries.releaseLease, [channelId, leaseId]);
      else attempts.push({ leaseId, channel, message });
    }
    return attempts;
  });
}

/** How long a channel that has failed is left alone. */
export function restAfterFailure(settings: DeliverySettings, failures: number, result: Failed): number {
  const { retry, longestRestMs } = settings;
  const { retryAfterMs = 0 } = result;
  return Math.round(Math.max(retryDelayMs(retry, failures), Math.min(retryAfterMs, longestRestMs)));
}

async function noteTaken(
  transaction: Transaction,
  settings: DeliverySettings,
  { channelId, leaseId, warning }: { channelId: string; leaseId: string | null; warning: string | null },
): Promise<void> {
  const parameters = [channelId, leaseId, settings.restMs, warning];
  const held = await transaction.query(queries.noteSuccess, parameters);
  // Another node holds it by now: what it does is noted by it.
  if (held.length === 0) return;
  if (leaseId !== null) {
    const told = await transaction.query<{ type: string }>(queries.markDelivered, [channelId, leaseId]);
    const types = new Set(told.map(({ type }) => type));
    await transaction.query(queries.noteTold, [channelId, textArray(types)]);
  }
  await clearAlert(transaction, "alert_channel_failing", channelId);
}

async function noteFailed(
  transaction: Transaction,
  settings: DeliverySettings,
  attempt: { readonly channel: Channel; readonly leaseId: string | null },
  result: Failed,
): Promise<void> {
  const { channel, leaseId } = attempt;
  const { channelId, kind } = channel;
  const restMs = restAfterFailure(settings, channel.failures + 1, result);
  const [noted] = await transaction.query<{ failures: number; failing_since: Date }>(queries.noteFailure, [
    channelId,
    leaseId,
    restMs,
    result.reason,
  ]);
  if (noted === undefined) return;
  if (noted.failures >= settings.failuresMax || result.isHopeless === true) {
    await raiseAlert(transaction, {
      type: "alert_channel_failing",
      key: channelId,
      subject: { channel_id: channelId, kind },
      data: { failures: noted.failures, last_error: result.reason, failing_since: noted.failing_since },
    });
  }
  await transaction.query(queries.dropOverdue, [channelId, settings.waitMs]);
}

/** Notes what came of an attempt. @param attempt without a lease where it was a test */
export async function noteResult(
  database: Database,
  settings: DeliverySettings,
  attempt: { readonly channel: Channel; readonly leaseId: string | null },
  result: SendResult,
): Promise<void> {
  const { channel, leaseId } = attempt;
  await runRetried(database, async (transaction) => {
    if (!result.isTaken) return noteFailed(transaction, settings, attempt, result);
    const warning = result.warning ?? null;
    return noteTaken(transaction, settings, { channelId: channel.channelId, leaseId, warning });
  });
}

/** Lets go of a channel without a word on how it is doing. */
export async function releaseAttempt(database: Database, { channel, leaseId }: Attempt): Promise<void> {
  await runRetried(database, (transaction) =>
    transaction.query(queries.releaseLease, [channel.channelId, leaseId]),
  );
}

export async function countPending(transaction: Transaction, channelId: string): Promise<number> {
  const [row] = await transaction.query<{ count: bigint }>(queries.countPending, [channelId]);
  return Number(row?.count ?? 0n);
}

/** Removes what was cleared long ago. */
export async function sweepAlerts(database: Database, settings: DeliverySettings): Promise<number> {
  let removed = 0;
  let count: number;
  do {
    const rows = await runRetried(database, (transaction) =>
      transaction.query(queries.deleteOldAlerts, [settings.keepMs, SWEEP_SIZE]),
    );
    count = rows.length;
    removed += count;
  } while (count === SWEEP_SIZE);
  return removed;
}
