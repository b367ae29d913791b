// Single rows and counts of a leg's window, straight from the operations.
import { type Database, timeArray } from "../database/index.ts";
import { compareRows, type LegRow, type TimeWindow } from "./leg-row.ts";
import { type StoredLeg, toLegRow } from "./local-leg.ts";
import { type HourBook, sumsOf } from "./read-records.ts";
import { recordStatements } from "./record-queries.ts";
import { idPrefixOf, type LegPlace, viewOf } from "./summary-legs.ts";

/** Rows of one millisecond that are looked through for a record. */
const ROWS_AT_TIME_MAX = 5_000;

/** Whose rows. */
export type LegRows = Omit<LegPlace, "owner">;

interface CountedHour {
  readonly hour: Date;
  readonly type: string;
  readonly count: bigint;
  readonly amount: string;
}

export class WindowRows {
  readonly #database: Database;
  readonly #shardCount: number;

  constructor(database: Database, shardCount: number) {
    this.#database = database;
    this.#shardCount = shardCount;
  }

  /** Counts and points by hour, straight from the rows. */
  async count(place: LegRows, { startTime, endTime }: TimeWindow): Promise<HourBook> {
    const { sum } = recordStatements[place.role][place.leg.kind];
    const { sourceSystem, targetSystem } = place.leg;
    const book: HourBook = new Map();
    await this.#database.transaction(async (transaction) => {
      for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
        const parameters = [shardId, sourceSystem, targetSystem, startTime, endTime, idPrefixOf(place)];
        for (const row of await transaction.query<CountedHour>(sum, parameters)) {
          const sums = sumsOf(book, row.hour.getTime(), undefined);
          sums.count += Number(row.count);
          sums.addTotal({ creditTypeId: row.type, count: Number(row.count), amount: BigInt(row.amount) });
        }
      }
    });
    return book;
  }

  async countOpen(place: LegRows, window: TimeWindow): Promise<number> {
    const { countOpen } = recordStatements[place.role][place.leg.kind];
    return this.#database.transaction(async (transaction) => {
      let count = 0;
      for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
        const { sourceSystem, targetSystem } = place.leg;
        const bounds = [window.startTime, window.endTime];
        const parameters = [shardId, sourceSystem, targetSystem, ...bounds, idPrefixOf(place)];
        const [row] = await transaction.query<{ count: bigint }>(countOpen, parameters);
        count += Number(row?.count ?? 0n);
      }
      return count;
    });
  }

  /** Rows at some times, whatever became of them: several may share a time. */
  async readAtTimes(place: LegRows, times: readonly Date[]): Promise<LegRow[]> {
    const { sourceSystem, targetSystem } = place.leg;
    const statement = recordStatements[place.role][place.leg.kind].atTimes;
    const list = timeArray(times);
    const found = await this.#database.transaction(async (transaction) => {
      const rows: StoredLeg[] = [];
      for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
        const parameters = [shardId, sourceSystem, targetSystem, list, idPrefixOf(place), ROWS_AT_TIME_MAX];
        rows.push(...(await transaction.query<StoredLeg>(statement, parameters)));
      }
      return rows;
    });
    return found.map((row) => toLegRow(place.leg, viewOf(place), row));
  }

  /** Rows of a window that are not decided yet, in order. */
  async listOpen(
    place: LegRows,
    window: TimeWindow,
    after: { readonly initiatedAt: Date; readonly operationId: string } | undefined,
    limit: number,
  ): Promise<LegRow[]> {
    const { sourceSystem, targetSystem } = place.leg;
    const { listOpen } = recordStatements[place.role][place.leg.kind];
    const prefix = idPrefixOf(place);
    const afterKeys =
      after === undefined ? [null, null] : [after.initiatedAt, `${prefix}${after.operationId}`];
    const found = await this.#database.transaction(async (transaction) => {
      const rows: StoredLeg[] = [];
      for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
        const bounds = [window.startTime, window.endTime, prefix, ...afterKeys, limit];
        const parameters = [shardId, sourceSystem, targetSystem, ...bounds];
        rows.push(...(await transaction.query<StoredLeg>(listOpen, parameters)));
      }
      return rows;
    });
    const rows = found.map((row) => toLegRow(place.leg, viewOf(place), row));
    return rows.sort(compareRows).slice(0, limit);
  }
}
