// Watches how partners stand to this node: one that has not answered for a while is an alert, until it answers.
//
// Each node judges by its own calls. It raises an alert once for a silence, so that two nodes of which only one
// reaches the partner do not raise and clear in turns; and whichever hears the partner again clears it.
import { clearAlert, listStandingKeys, raiseAlert } from "../alerts/index.ts";
import { type Database, runRetried } from "../database/index.ts";
import type { Log } from "../system/index.ts";
import type { PartnerLines, PartnerReach } from "./lines.ts";

export const defaultPartnerAlertMs = 300_000;

const LOOK_INTERVAL_MS = 5_000;

export class PartnerWatch {
  readonly #database: Database;
  readonly #lines: Pick<PartnerLines, "reaches">;
  readonly #alertAfterMs: number;
  readonly #log: Log;
  /** Nodes whose silence was told, each with when it began. */
  readonly #told = new Map<string, number>();
  #lookedMs: number;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    database: Database,
    lines: Pick<PartnerLines, "reaches">,
    alertAfterMs: number,
    log: Log,
    nowMs: number = Date.now(),
  ) {
    this.#database = database;
    this.#lines = lines;
    this.#alertAfterMs = alertAfterMs;
    this.#log = log;
    this.#lookedMs = nowMs;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(async () => {
        try {
          await this.look();
        } catch (error) {
          this.#log.warn(
            { err: error },
            "alerts about partners could not be stored; the next look tries again",
          );
        }
      });
    }, LOOK_INTERVAL_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async look(nowMs: number = Date.now()): Promise<void> {
    const reaches = this.#lines.reaches();
    const since = this.#lookedMs;
    const heard = reaches.filter(
      ({ answeredMs, brokenSinceMs }) =>
        brokenSinceMs === undefined && answeredMs !== undefined && answeredMs >= since,
    );
    for (const reach of reaches) await this.#judgeSilence(reach, nowMs);
    if (heard.length > 0) await this.#clear(heard);
    // Only now: what could not be stored is looked at again.
    this.#lookedMs = nowMs;
  }

  async #judgeSilence(reach: PartnerReach, nowMs: number): Promise<void> {
    const { nodeId, systemId, brokenSinceMs, answeredMs } = reach;
    if (brokenSinceMs === undefined || nowMs - brokenSinceMs < this.#alertAfterMs) return;
    if (this.#told.get(nodeId) === brokenSinceMs) return;
    await runRetried(this.#database, (transaction) =>
      raiseAlert(transaction, {
        type: "partner_unreachable",
        key: nodeId,
        subject: { system_id: systemId, node_id: nodeId },
        data: {
          silent_since: new Date(brokenSinceMs).toISOString(),
          last_answer_at: answeredMs === undefined ? null : new Date(answeredMs).toISOString(),
        },
      }),
    );
    this.#told.set(nodeId, brokenSinceMs);
  }

  async #clear(heard: readonly PartnerReach[]): Promise<void> {
    await runRetried(this.#database, async (transaction) => {
      const standing = new Set(await listStandingKeys(transaction, "partner_unreachable"));
      for (const { nodeId } of heard) {
        if (standing.has(nodeId)) await clearAlert(transaction, "partner_unreachable", nodeId);
      }
    });
  }
}
