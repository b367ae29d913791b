// Reads records in bulk and adds them up. The database joins their fields, this process hashes them: while it hashes
// one part the database reads the next.
import type { RecordHash } from "@pointbridge/protocol/pxp";
import type { Parameter, Statement, Transaction } from "../database/index.ts";
import { RecordSums } from "./hour-sums.ts";
import type { SummaryLeg } from "./summary-legs.ts";

interface PackedRecords {
  readonly hour: Date;
  readonly type: string;
  readonly count: bigint;
  readonly amount: string;
  /** The records' texts, with a tab between them: no field holds one. */
  readonly records: string;
  /** Eight bytes for each: microseconds since 2000. */
  readonly times: Uint8Array;
}

const TAB = 9;
const EPOCH_MS = Date.UTC(2000, 0, 1);

function readTimeMs(times: DataView, index: number): number {
  const micros = times.getInt32(index * 8) * 2 ** 32 + times.getUint32(index * 8 + 4);
  return EPOCH_MS + Math.floor(micros / 1000);
}

function addPacked(hash: RecordHash, packed: PackedRecords, sums: RecordSums): void {
  const bytes = Buffer.from(packed.records, "utf8");
  const { buffer, byteOffset, byteLength } = packed.times;
  const times = new DataView(buffer, byteOffset, byteLength);
  let start = 0;
  for (let index = 0; start <= bytes.length; index += 1) {
    const found = bytes.indexOf(TAB, start);
    const end = found === -1 ? bytes.length : found;
    hash.hashBytes(bytes, start, end);
    sums.addRecord(hash.words, readTimeMs(times, index));
    start = end + 1;
  }
  sums.addTotal({ creditTypeId: packed.type, count: Number(packed.count), amount: BigInt(packed.amount) });
}

/** By the hour's time in milliseconds. */
export type HourBook = Map<number, RecordSums>;

export function sumsOf(book: HourBook, hourMs: number, cells: number | undefined): RecordSums {
  const known = book.get(hourMs);
  if (known !== undefined) return known;
  const made = new RecordSums(cells);
  book.set(hourMs, made);
  return made;
}

export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** What is read: all records, or those that the fold has seen, up to a position of the log of changes. */
export interface RecordReading {
  readonly leg: SummaryLeg;
  readonly shardCount: number;
  /** Undefined: all. */
  readonly position?: bigint;
  /** Of a table of each hour's sketch; undefined: none is made. */
  readonly cells: number | undefined;
}

function statementOf({ leg, position }: RecordReading): Statement {
  return position === undefined ? leg.statements.read : leg.statements.readFolded;
}

function query(
  transaction: Transaction,
  reading: RecordReading,
  shardId: number,
  range: TimeRange,
): Promise<PackedRecords[]> {
  const { leg, position } = reading;
  const { sourceSystem, targetSystem } = leg.leg;
  const parameters: Parameter[] = [shardId, sourceSystem, targetSystem, range.from, range.to, leg.idPrefix];
  if (position !== undefined) parameters.push(position);
  return transaction.query<PackedRecords>(statementOf(reading), parameters);
}

/** Adds the records of some ranges to a book, by hour; answers how many they were. */
export async function addRecords(
  transaction: Transaction,
  reading: RecordReading,
  ranges: readonly TimeRange[],
  hash: RecordHash,
  book: HourBook,
): Promise<number> {
  const shards = Array.from({ length: reading.shardCount }, (_, index) => index + 1);
  const parts = ranges.flatMap((range) => shards.map((shardId) => ({ range, shardId })));
  const ask = (index: number) => {
    const part = parts[index];
    const asked = part === undefined ? undefined : query(transaction, reading, part.shardId, part.range);
    // Its failure is seen where it is waited for.
    asked?.catch(() => undefined);
    return asked;
  };
  let count = 0;
  let next = ask(0);
  for (let index = 0; index < parts.length; index += 1) {
    const found = (await next) ?? [];
    next = ask(index + 1);
    for (const packed of found) {
      addPacked(hash, packed, sumsOf(book, packed.hour.getTime(), reading.cells));
      count += Number(packed.count);
    }
  }
  return count;
}

export const chunkRows = 20_000;

/** Cuts a time into ranges that have about `chunkRows` of so many rows, if those are spread evenly. */
export function cutEvenly({ from, to }: TimeRange, count: number): TimeRange[] {
  const [fromMs, toMs] = [from.getTime(), to.getTime()];
  const pieces = Math.max(1, Math.min(Math.ceil(count / chunkRows), toMs - fromMs));
  const cutAt = (index: number) => new Date(fromMs + Math.floor(((toMs - fromMs) * index) / pieces));
  return Array.from({ length: pieces }, (_, index) => ({ from: cutAt(index), to: cutAt(index + 1) }));
}

/** Cuts a time into ranges of about `chunkRows` rows, the latest first, reaching back `chunksMax` of them at most. */
export async function cutBackwards(
  transaction: Transaction,
  leg: SummaryLeg,
  shardCount: number,
  to: Date,
  chunksMax: number,
): Promise<{ readonly ranges: readonly TimeRange[]; readonly isWhole: boolean }> {
  const times: number[] = [];
  let earliestMs = Number.NEGATIVE_INFINITY;
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const { sourceSystem, targetSystem } = leg.leg;
    const found = await transaction.query<{ at: Date }>(leg.statements.bounds, [
      shardId,
      sourceSystem,
      targetSystem,
      to,
      chunkRows,
      chunksMax,
    ]);
    times.push(...found.map(({ at }) => at.getTime()));
    // A shard that has more rows than were looked at bounds how far back all of them are read.
    if (found.length === chunksMax) earliestMs = Math.max(earliestMs, found.at(-1)?.at.getTime() ?? 0);
  }
  const isWhole = earliestMs === Number.NEGATIVE_INFINITY;
  const cuts = [...new Set(times)].filter((time) => time >= earliestMs && time < to.getTime());
  cuts.sort((left, right) => right - left);
  const starts = isWhole ? [...cuts, 0] : cuts;
  const ranges = starts.map((start, index) => {
    return { from: new Date(start), to: index === 0 ? to : new Date(starts[index - 1] ?? 0) };
  });
  return { ranges, isWhole };
}
