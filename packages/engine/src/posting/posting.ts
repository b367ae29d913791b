// The way into the ledger: spreads requests over lanes, and ends holds whose time is up.

import { loadCatalog, readCatalogState } from "../catalog/index.ts";
import { type Database, DatabaseError, runRetried } from "../database/index.ts";
import {
  type Catalog,
  type Command,
  defaultLadder,
  isCreating,
  type Ladder,
  shardOf,
} from "../domain/index.ts";
import { ClearingDirectory } from "../ledger/index.ts";
import { findExpiredHolds } from "../operations/index.ts";
import { AppError, type Log } from "../system/index.ts";
import { Lane, type LaneListener, notAnswered, type SubmittedOutcome } from "./lane.ts";
import { type Part, placeOf, splitByMember } from "./split.ts";

export interface PostingSettings {
  readonly shardCount: number;
  readonly laneCount: number;
  /** The most commands that requests are joined to; a request of more runs as one batch of its own. */
  readonly commandsMax: number;
  /** The commands that a lane is given before the next one is used. */
  readonly laneFill: number;
  /** The most commands that may wait; beyond it what is new is turned away, and beyond twice as many what ends it. */
  readonly waitingMax: number;
  /** Lane n of this node posts to stripe n + stripeBase; nodes differ in it so as not to share stripes. */
  readonly stripeBase: number;
  /** How often holds are looked at that ought to have ended; 0 for never. */
  readonly sweepIntervalMs: number;
  /** When partners are asked again. */
  readonly ladder: Ladder;
}

export const defaultPostingSettings = {
  laneCount: 4,
  commandsMax: 1_000,
  laneFill: 128,
  waitingMax: 50_000,
  stripeBase: 0,
  sweepIntervalMs: 1_000,
  ladder: defaultLadder,
} as const;

const STRIPES = 64;
const SWEEP_SIZE = 500;

export class Posting {
  readonly #database: Database;
  readonly #settings: PostingSettings;
  /** What requests are split by; each lane has its own for what it decides. */
  #catalog: Catalog | undefined;
  readonly #lanes: readonly Lane[];
  readonly #log: Log;
  readonly #sweeper: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;
  /** Commands that were let in and have no lane yet. */
  #entering = 0;
  #stopped = false;

  constructor(database: Database, settings: PostingSettings, listener: LaneListener, log: Log) {
    this.#database = database;
    this.#settings = settings;
    this.#log = log;
    const { shardCount, commandsMax, stripeBase, ladder } = settings;
    // The embedded engine has one connection: more lanes would only make smaller batches.
    const laneCount = database.engine === "embedded" ? 1 : settings.laneCount;
    this.#lanes = Array.from({ length: laneCount }, (_, index) => {
      const directory = new ClearingDirectory((stripeBase + index) % STRIPES);
      return new Lane(database, { shardCount, ladder, catalog: undefined, directory }, commandsMax, listener);
    });
    if (settings.sweepIntervalMs > 0) {
      this.#sweeper = setInterval(() => this.#startSweep(), settings.sweepIntervalMs);
      this.#sweeper.unref();
    }
  }

  /**
   * Decides the commands as if one after the other and stores what comes of them.
   * @returns one outcome each, in the order of the commands
   * @throws AppError overloaded, or database_unavailable where the outcome is not known
   */
  async submit(commands: readonly Command[]): Promise<SubmittedOutcome[]> {
    const [first] = commands;
    if (first === undefined) return [];
    if (this.#stopped)
      throw new AppError("overloaded", "the node is stopping; send the same to another node");
    const waiting = this.#waiting();
    const waitingMax = this.#settings.waitingMax * (commands.some(isCreating) ? 1 : 2);
    if (waiting + commands.length > waitingMax) {
      throw new AppError(
        "overloaded",
        `${waiting} commands are waiting; send the same again in a few seconds`,
      );
    }
    const laneCount = this.#lanesFor(waiting + commands.length);
    let parts: Map<number, Part> | undefined;
    this.#entering += commands.length;
    try {
      parts = await this.#split(commands, laneCount);
    } finally {
      this.#entering -= commands.length;
    }
    if (parts === undefined) return this.#laneFor(commands, first, laneCount).submit(commands);
    return this.#submitParts(parts, commands.length);
  }

  #waiting(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.load, this.#entering);
  }

  /** Whether so much waits that nothing new is taken. */
  isFull(): boolean {
    return this.#waiting() >= this.#settings.waitingMax;
  }

  /**
   * How many lanes to use. A transaction costs much the same for one command as for a hundred, so a lane is
   * filled before the next is opened; which lane a command takes matters to speed only.
   */
  #lanesFor(commandCount: number): number {
    return Math.min(this.#lanes.length, 1 + Math.floor(commandCount / this.#settings.laneFill));
  }

  async #split(commands: readonly Command[], laneCount: number): Promise<Map<number, Part> | undefined> {
    if (commands.length === 1 || laneCount === 1) return undefined;
    return splitByMember(commands, await this.#currentCatalog(), laneCount);
  }

  /** The catalog as it stands now: one that a lane read earlier may not know of a link's change. */
  async #currentCatalog(): Promise<Catalog> {
    try {
      return await runRetried(this.#database, async (transaction) => {
        const { version } = await readCatalogState(transaction);
        if (this.#catalog?.version !== version) this.#catalog = await loadCatalog(transaction);
        return this.#catalog;
      });
    } catch (error) {
      if (error instanceof DatabaseError) throw notAnswered(error);
      throw error;
    }
  }

  async #submitParts(parts: ReadonlyMap<number, Part>, commandCount: number): Promise<SubmittedOutcome[]> {
    const outcomes: SubmittedOutcome[] = [];
    outcomes.length = commandCount;
    const answers = [...parts].map(async ([number, { commands, places }]) => {
      const answered = await this.#lane(number).submit(commands);
      for (const [index, outcome] of answered.entries()) outcomes[places[index] ?? 0] = outcome;
    });
    await Promise.all(answers);
    return outcomes;
  }

  #lane(number: number): Lane {
    const lane = this.#lanes[number - 1];
    if (lane === undefined) throw new Error(`there is no lane ${number}`);
    return lane;
  }

  #laneFor(commands: readonly Command[], first: Command, laneCount: number): Lane {
    // A request that runs whole is about many members, so it goes where the least is waiting.
    if (commands.length > 1) {
      return this.#lanes.reduce((best, lane) => (this.#pressure(lane) < this.#pressure(best) ? lane : best));
    }
    return this.#lane(shardOf(placeOf(first), laneCount));
  }

  #pressure(lane: Lane): number {
    return lane.load + (lane.isBusy ? 1 : 0);
  }

  #startSweep(): void {
    this.#sweeping ??= this.sweepExpiredHolds()
      .catch((error: unknown) => this.#log.warn({ err: error }, "holds whose time is up could not be ended"))
      .then(() => {
        this.#sweeping = undefined;
      });
  }

  /** Ends the holds whose time is up by the database's clock; answers how many it looked at. */
  async sweepExpiredHolds(): Promise<number> {
    const { shardCount } = this.#settings;
    const operationIds = await this.#database.transaction((transaction) =>
      findExpiredHolds(transaction, shardCount, SWEEP_SIZE),
    );
    if (operationIds.length > 0) {
      await this.submit(
        operationIds.map((operationId) => ({ type: "expire", operationId, principal: "node" })),
      );
    }
    return operationIds.length;
  }

  /** Takes no more requests and waits until those under way have been answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#sweeper);
    await this.#sweeping;
    await Promise.all(this.#lanes.map((lane) => lane.drain()));
  }
}
