// A database with channels, and nodes that tell alerts when a test says so: times are short, and nothing polls.
import {
  AlertDelivery,
  type AlertListener,
  type ChannelInput,
  type DeliverySettings,
  defaultDeliverySettings,
  deleteChannel,
  findChannel,
  type NewAlert,
  putChannel,
  raiseAlerts,
} from "../../src/alerts/index.ts";
import type { Database } from "../../src/database/index.ts";
import { OutsideCalls } from "../../src/egress/index.ts";
import { createLog } from "../../src/system/index.ts";
import { emptyAlerts, forgetTimes, readRest } from "./alert-row-queries.ts";

export const by = { origin: { principal: "tester" }, shardCount: 1 };
export const masterKey = new Uint8Array(32).fill(7);

const settings: DeliverySettings = {
  ...defaultDeliverySettings,
  pollIntervalMs: 0,
  gatherMs: 0,
  restMs: 0,
  timeoutMs: 1_000,
  graceMs: 10,
  retry: { attemptsMax: 1_000, firstDelayMs: 1, longestDelayMs: 2 },
};

export class AlertWorld {
  readonly database: Database;
  readonly node: AlertDelivery;
  /** Mail servers that may be in a private network. */
  readonly mailRelays = new Set<string>();
  readonly #outside: OutsideCalls;

  constructor(database: Database, allowLoopback = true) {
    this.database = database;
    this.#outside = new OutsideCalls({ allowLoopback });
    this.node = this.newNode();
  }

  /** Another node on the same database. */
  newNode(changed: Partial<DeliverySettings> = {}, listener?: AlertListener): AlertDelivery {
    return new AlertDelivery(
      this.database,
      { ...settings, ...changed },
      {
        outside: this.#outside,
        mailRelays: this.mailRelays,
        masterKey,
        log: createLog("silent"),
        listener: listener ?? { messageSent() {}, stateSeen() {} },
        source: () => "https://shop.example",
      },
    );
  }

  async put(channelId: string, input: Partial<ChannelInput> & Pick<ChannelInput, "kind">): Promise<void> {
    const defaults = {
      settings: {},
      secrets: {},
      minSeverity: "info",
      types: null,
      language: "en",
      isEnabled: true,
      intervalMs: 0,
    } as const;
    await putChannel(this.database, masterKey, { ...defaults, ...input, channelId }, by);
  }

  remove(channelId: string) {
    return deleteChannel(this.database, channelId, by);
  }

  /** No alert, no channel. */
  async empty(): Promise<void> {
    for (const statement of emptyAlerts) {
      await this.database.transaction((transaction) => transaction.query(statement));
    }
  }

  async raise(...alerts: NewAlert[]): Promise<void> {
    await this.database.transaction((transaction) => raiseAlerts(transaction, alerts));
  }

  /** Tells what there is to tell, and waits until that is over. */
  async tell(node = this.node): Promise<number> {
    const count = await node.tell();
    await node.settle();
    return count;
  }

  /** As if the time until the next attempt, and between two messages about one type, had passed. */
  async passTime(): Promise<void> {
    for (const statement of forgetTimes) {
      await this.database.transaction((transaction) => transaction.query(statement));
    }
  }

  /** How long the channel is left alone from now. */
  async restMs(channelId: string): Promise<number> {
    const [row] = await this.database.transaction((transaction) =>
      transaction.query<{ rest_ms: number }>(readRest, [channelId]),
    );
    return row?.rest_ms ?? 0;
  }

  async channel(channelId: string) {
    const found = await this.database.transaction((transaction) => findChannel(transaction, channelId));
    if (found === undefined) throw new Error(`no channel ${channelId}`);
    return found;
  }

  async close(): Promise<void> {
    await this.node.stop();
    await this.#outside.close();
  }
}
