// Keeps the audit log up: folds what has changed, signs a checkpoint now and then, and writes it where it is out of
// the database's reach.
//
// F4  The file holds every checkpoint in order, whichever node made it; a node that starts goes on behind the last one
//     in it. A file that can't be written is said in the log and stops nothing.
// F5  However much there is to fold, it takes a quarter of the time at most: whoever exchanges goes first, and what is
//     left is folded when there is less to do. Nothing is swept from the log of changes before.
import { appendFile, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { parseCheckpoint, splitNotes } from "@pointbridge/protocol/audit";
import type { Log } from "../system/index.ts";
import type { AuditLog } from "./audit-log.ts";

export interface AuditorSettings {
  /** 0 for never. */
  readonly foldIntervalMs: number;
  readonly checkpointIntervalMs: number;
  /** Where checkpoints are appended to; undefined for nowhere. */
  readonly checkpointFile: string | undefined;
}

export const defaultAuditorSettings: AuditorSettings = {
  foldIntervalMs: 5_000,
  checkpointIntervalMs: 60_000,
  checkpointFile: undefined,
};

const PAGE_SIZE = 100;
/** How long is waited after a transaction, in times of what it took. */
const REST = 3;
const REST_MAX_MS = 2_000;

async function readLastSize(path: string): Promise<number> {
  try {
    const notes = splitNotes(await readFile(path, "utf8")).map(parseCheckpoint);
    return notes.reduce((size, note) => Math.max(size, note?.size ?? 0), 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}

export class Auditor {
  readonly #audit: AuditLog;
  readonly #settings: AuditorSettings;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #isWaiting = false;
  #isStopped = false;
  #checkedMs = 0;
  #writtenSize: number | undefined;

  constructor(audit: AuditLog, settings: AuditorSettings, log: Log) {
    this.#audit = audit;
    this.#settings = settings;
    this.#log = log;
  }

  /** Folds all there is, signs it, and writes the file. */
  async checkpointNow(): Promise<void> {
    await this.#audit.fold();
    await this.#sign();
  }

  async #sign(): Promise<void> {
    this.#checkedMs = Date.now();
    await this.#audit.checkpoint();
    await this.#writeFile();
  }

  /** F5 */
  async #rest(tookMs: number): Promise<boolean> {
    if (!this.#isStopped) await wait(Math.min(tookMs * REST, REST_MAX_MS));
    return !this.#isStopped;
  }

  async #turn(): Promise<void> {
    await this.#audit.fold((tookMs) => this.#rest(tookMs));
    if (this.#isStopped) return;
    if (Date.now() - this.#checkedMs < this.#settings.checkpointIntervalMs) return;
    await this.#sign();
  }

  /** F4 */
  async #writeFile(): Promise<void> {
    const { checkpointFile: path } = this.#settings;
    if (path === undefined) return;
    this.#writtenSize ??= await readLastSize(path);
    for (;;) {
      const checkpoints = await this.#audit.listCheckpoints(this.#writtenSize, PAGE_SIZE);
      const last = checkpoints.at(-1);
      if (last === undefined) return;
      await appendFile(path, checkpoints.map(({ note }) => `${note}\n`).join(""));
      this.#writtenSize = last.treeSize;
    }
  }

  async #run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.warn({ err: error }, "the audit log was not brought up to date; the next turn goes on");
    }
  }

  start(): void {
    if (this.#settings.foldIntervalMs === 0) return;
    this.#timer = setInterval(() => {
      // A turn that takes longer than the interval is not joined by another.
      if (this.#isWaiting) return;
      this.#isWaiting = true;
      this.#working = this.#run(() => this.#turn()).finally(() => {
        this.#isWaiting = false;
      });
    }, this.#settings.foldIntervalMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#working;
  }
}
