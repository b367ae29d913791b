// Sums of legs, kept up behind the write path and told on request: what both sides' comparisons are made of.
//
// F5  Sums are told only of times that are whole: after the fold has seen everything that was committed before the
//     request, rows back to the window's beginning are added, and marked hours have been added up anew.
import { placeChanges } from "../changes/index.ts";
import { type Database, runRetried, timeArray } from "../database/index.ts";
import type { Log, MasterKey } from "../system/index.ts";
import { ComparisonStop } from "./comparison-stop.ts";
import { beginningOfTime, beginSums, recountHour, sealSome } from "./first-sealing.ts";
import { consumerName, foldSome } from "./fold-changes.ts";
import { hourCells, hourMs, hourOf, RecordSums, readHour, type StoredHour } from "./hour-sums.ts";
import type { TimeWindow } from "./leg-row.ts";
import { LocalLeg } from "./local-leg.ts";
import * as rowQueries from "./queries.ts";
import { addRecords, cutEvenly, type HourBook, type TimeRange } from "./read-records.ts";
import { hashOf, type LegPlace, LegSecrets, type SummaryLeg, viewOf } from "./summary-legs.ts";
import * as queries from "./summary-queries.ts";
import { type LegRows, WindowRows } from "./window-rows.ts";

export interface SummarySettings {
  /** Between two folds of a node that nobody asks. */
  readonly foldIntervalMs: number;
  /** Sketches of older hours are dropped, and made anew from rows when they are asked for. */
  readonly sketchDays: number;
  /** How long a request may wait for sums that are still to be made. */
  readonly readyWithinMs: number;
}

export const defaultSummarySettings: SummarySettings = {
  foldIntervalMs: 5_000,
  sketchDays: 100,
  readyWithinMs: 4_000,
};

const SWEEP_LIMIT = 1_000;
const STALE_MAX = 100;
const CHECKED_MAX = 20;
const HOURS_MAX = 100_000;

export interface PrepareWish {
  /** How long the request may wait; as the settings say where absent. */
  readonly withinMs?: number;
  /** Every hour is to have been added up from its rows since then. */
  readonly countedSince?: Date;
}

export interface HourOfSums {
  readonly hour: Date;
  readonly sums: RecordSums;
}

export interface WindowSums {
  readonly whole: RecordSums;
  /** Hours with records, in order; parts of hours at the window's ends. */
  readonly hours: readonly HourOfSums[];
  /** What was committed before is in the sums. */
  readonly completeUntil: Date;
  readonly openCount: number;
}

function unready(leg: SummaryLeg): ComparisonStop {
  const { kind, sourceSystem, targetSystem } = leg.leg;
  const told = `${kind} from ${sourceSystem} to ${targetSystem}`;
  return new ComparisonStop("summaries_unready", `the sums of ${told} are being made; ask again`);
}

/** A window as whole hours and what is left at its ends. */
function cutByHours({ startTime, endTime }: TimeWindow): {
  readonly whole: TimeWindow;
  readonly ends: TimeRange[];
} {
  const [startMs, endMs] = [startTime.getTime(), endTime.getTime()];
  const firstMs = Math.ceil(startMs / hourMs) * hourMs;
  const lastMs = hourOf(endMs);
  if (firstMs >= lastMs) {
    const middle = firstMs === lastMs ? [firstMs] : [];
    const cuts = [startMs, ...middle, endMs];
    const ends = cuts.slice(1).map((to, index) => ({ from: new Date(cuts[index] ?? to), to: new Date(to) }));
    return { whole: { startTime, endTime: startTime }, ends: ends.filter(({ from, to }) => from < to) };
  }
  const ends = [
    { from: startTime, to: new Date(firstMs) },
    { from: new Date(lastMs), to: endTime },
  ];
  return {
    whole: { startTime: new Date(firstMs), endTime: new Date(lastMs) },
    ends: ends.filter(({ from, to }) => from < to),
  };
}

/** Rows of a time, about so many. */
interface CountedRange {
  readonly range: TimeRange;
  readonly count: number;
}

/** Hours in order, and all of them together. */
function addUp(book: HourBook): Pick<WindowSums, "whole" | "hours"> {
  const hours = [...book].map(([hour, sums]) => ({ hour: new Date(hour), sums }));
  hours.sort((left, right) => left.hour.getTime() - right.hour.getTime());
  const whole = new RecordSums(undefined);
  for (const { sums } of hours) whole.addSums(sums);
  return { whole, hours };
}

export class Summaries {
  readonly secrets: LegSecrets;
  /** Single rows and counts, without anything that is kept. */
  readonly rows: WindowRows;
  /** What partners' nodes last said that they can do, by node. */
  readonly partnerLevels = new Map<string, { readonly level: number; readonly untilMs: number }>();
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #settings: SummarySettings;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    database: Database,
    shardCount: number,
    masterKey: MasterKey | undefined,
    log: Log,
    settings: SummarySettings = defaultSummarySettings,
  ) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.#settings = settings;
    this.#log = log;
    this.secrets = new LegSecrets(masterKey);
    this.rows = new WindowRows(database, shardCount);
  }

  /** Our own rows of a leg. */
  localLeg(place: Pick<LegPlace, "role" | "nodeId" | "leg">): LocalLeg {
    return new LocalLeg(this.#database, this.#shardCount, place.leg, viewOf(place));
  }

  /** Folds everything that was committed before the call. */
  async foldAll(): Promise<void> {
    await placeChanges(this.#database, this.#shardCount);
    const fold = () =>
      runRetried(this.#database, (transaction) => foldSome(transaction, this.#shardCount, this.secrets));
    while (await fold());
  }

  async #readTime(): Promise<Date> {
    const [row] = await this.#database.transaction((transaction) =>
      transaction.query<{ now: Date }>(rowQueries.readDatabaseTime),
    );
    if (row === undefined) throw new Error("the database did not answer its time");
    return row.now;
  }

  /** Adds hours up anew that are marked, or were last added up before a time. */
  async #recountStale(leg: SummaryLeg, range: TimeRange, since: Date, untilMs: number): Promise<void> {
    for (;;) {
      const parameters = [leg.legNo, range.from, range.to, since, STALE_MAX];
      const stale = await this.#database.transaction((transaction) =>
        transaction.query<{ hour: Date }>(queries.listStaleHours, parameters),
      );
      for (const { hour } of stale) {
        if (Date.now() > untilMs) throw unready(leg);
        await this.#recount(leg.legNo, hour);
      }
      if (stale.length < STALE_MAX) return;
    }
  }

  #recount(legNo: number, hour: Date): Promise<void> {
    return runRetried(this.#database, (transaction) =>
      recountHour(transaction, this.#shardCount, this.secrets, legNo, hour),
    );
  }

  /** Notes hours that have rows and no sums: rows that came in behind the back of the log of changes. */
  async #noteHours(leg: SummaryLeg, window: TimeWindow): Promise<void> {
    const { hours } = await this.countWindow(leg, window);
    await this.#database.transaction((transaction) =>
      transaction.query(queries.insertStaleHours, [leg.legNo, timeArray(hours.map(({ hour }) => hour))]),
    );
  }

  /** Adds rows until the frontier stands at a time or before it. */
  async #sealTo(leg: SummaryLeg, time: Date, untilMs: number): Promise<void> {
    let frontier = leg.frontier;
    while (frontier === undefined || (frontier > time && frontier > beginningOfTime)) {
      if (Date.now() > untilMs) throw unready(leg);
      frontier = await runRetried(this.#database, (transaction) =>
        sealSome(transaction, this.#shardCount, this.secrets, leg.legNo),
      );
    }
  }

  /**
   * Makes sure that a window's sums can be told (F5); answers until when they are complete. With `countedSince` the
   * sums are those of the rows as they stand, whoever has altered them behind the log of changes.
   * @throws ComparisonStop summaries_unready where that takes longer than a request waits
   */
  async prepare(leg: SummaryLeg, window: TimeWindow, wish: PrepareWish = {}): Promise<Date> {
    const { withinMs = this.#settings.readyWithinMs, countedSince } = wish;
    const untilMs = Date.now() + withinMs;
    const now = await this.#readTime();
    if (leg.frontier === undefined) {
      await runRetried(this.#database, (transaction) =>
        beginSums(transaction, this.#shardCount, this.secrets, leg.legNo, now),
      );
    }
    await this.foldAll();
    await this.#sealTo(leg, window.startTime, untilMs);
    const range = { from: new Date(hourOf(window.startTime.getTime())), to: window.endTime };
    if (countedSince !== undefined) await this.#noteHours(leg, window);
    await this.#recountStale(leg, range, countedSince ?? beginningOfTime, untilMs);
    return now;
  }

  async #countEnds(place: LegRows, ends: readonly TimeRange[]): Promise<number[]> {
    const windows = ends.map(({ from, to }) => this.rows.count(place, { startTime: from, endTime: to }));
    const books = await Promise.all(windows);
    return books.map((book) => [...book.values()].reduce((sum, sums) => sum + sums.count, 0));
  }

  /** Reads parts of hours from their rows. */
  async #readEnds(leg: SummaryLeg, ends: readonly TimeRange[], cells: number | undefined): Promise<HourBook> {
    const book: HourBook = new Map();
    if (ends.length === 0) return book;
    await this.#database.transaction((transaction) =>
      addRecords(transaction, { leg, shardCount: this.#shardCount, cells }, ends, hashOf(leg), book),
    );
    return book;
  }

  /**
   * What a window adds up to, by hour and in all. Reads rows only for parts of hours at its ends.
   * @throws ComparisonStop summaries_unready
   */
  async sumWindow(leg: SummaryLeg, window: TimeWindow, wish: PrepareWish = {}): Promise<WindowSums> {
    const completeUntil = await this.prepare(leg, window, wish);
    const { whole, ends } = cutByHours(window);
    const stored = await this.#database.transaction((transaction) =>
      transaction.query<StoredHour>(queries.readHours, [
        leg.legNo,
        whole.startTime,
        whole.endTime,
        HOURS_MAX,
      ]),
    );
    const book = await this.#readEnds(leg, ends, undefined);
    for (const row of stored) book.set(row.hour.getTime(), readHour(row));
    return { ...addUp(book), completeUntil, openCount: await this.rows.countOpen(leg, window) };
  }

  /** Adds up some times from their rows, a part after the other: what is in memory at once is bounded. */
  async #sumRows(leg: SummaryLeg, ranges: readonly CountedRange[], cells: number): Promise<RecordSums> {
    const sums = new RecordSums(cells);
    for (const part of ranges.flatMap(({ range, count }) => cutEvenly(range, count))) {
      const book = await this.#readEnds(leg, [part], cells);
      for (const found of book.values()) sums.addSums(found);
    }
    return sums;
  }

  /**
   * The sketch of a window, and what it adds up to. Nothing is prepared: the window's sums were asked for before.
   * @param cells of a table
   */
  async sketchWindow(leg: SummaryLeg, window: TimeWindow, cells: number): Promise<RecordSums> {
    const { whole, ends } = cutByHours(window);
    const sums = new RecordSums(cells);
    const endRows = await this.#countEnds(leg, ends);
    const fromRows: CountedRange[] = ends.map((range, index) => ({ range, count: endRows[index] ?? 0 }));
    const isKept = cells <= hourCells;
    const stored = await this.#database.transaction((transaction) =>
      transaction.query<StoredHour>(isKept ? queries.readSketches : queries.readHours, [
        leg.legNo,
        whole.startTime,
        whole.endTime,
        HOURS_MAX,
      ]),
    );
    for (const row of stored) {
      if (row.sketch !== null) sums.addSums(readHour(row));
      else {
        const range = { from: row.hour, to: new Date(row.hour.getTime() + hourMs) };
        fromRows.push({ range, count: Number(row.record_count) });
      }
    }
    sums.addSums(await this.#sumRows(leg, fromRows, cells));
    return sums;
  }

  /** Counts and points of a window, without a secret or anything that is kept. */
  async countWindow(place: LegRows, window: TimeWindow): Promise<WindowSums> {
    const completeUntil = await this.#readTime();
    const book = await this.rows.count(place, window);
    const openCount = await this.rows.countOpen(place, window);
    return { ...addUp(book), completeUntil, openCount };
  }

  /** What was added up by changes is added up by rows as well, three times as it ages: a row may have been altered. */
  async #checkHours(): Promise<void> {
    const unchecked = await this.#database.transaction((transaction) =>
      transaction.query<{ leg_no: number; hour: Date }>(queries.listUncheckedHours, [CHECKED_MAX]),
    );
    for (const { leg_no: legNo, hour } of unchecked) await this.#recount(legNo, hour);
  }

  /** Keeps up, and lets go of what is old. */
  async #tend(): Promise<void> {
    const isAsked = await this.#database.transaction(async (transaction) => {
      const legs = await this.secrets.listFolded(transaction);
      return legs.length > 0;
    });
    if (!isAsked) return;
    await this.foldAll();
    await this.#checkHours();
    await this.#database.transaction((transaction) =>
      transaction.query(queries.dropOldSketches, [this.#settings.sketchDays, SWEEP_LIMIT]),
    );
  }

  start(): void {
    this.#turn = this.#turn.then(async () => {
      try {
        await this.#database.transaction((transaction) => this.secrets.wrapAll(transaction));
      } catch (error) {
        this.#log.warn(
          { err: error },
          "secrets of reconciliation were not wrapped; the next start tries again",
        );
      }
    });
    this.#timer = setInterval(() => {
      this.#turn = this.#turn.then(async () => {
        try {
          await this.#tend();
        } catch (error) {
          this.#log.warn(
            { err: error, consumer: consumerName },
            "sums were not kept up; the next turn tries again",
          );
        }
      });
    }, this.#settings.foldIntervalMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turn;
  }
}
