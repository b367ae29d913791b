// What a partner's ledger adds up to, asked for over the wire: the other side of levels 1 to 3.
//
// Q1  Rows that are fetched by key are hashed again: what is no row of the key that was asked for counts as not found.
// Q2  A sketch has exactly the bytes that were asked for, and sketches come as many as were asked for.
// Q3  What a partner says of hours adds up to what it says of the window.
import {
  DigestSum,
  type Leg,
  RecordHash,
  type RowTuple,
  recordText,
  rowKeyBytes,
  rowsMax,
  Sketch,
  type SketchItem,
  type SummaryAnswer,
  standingOf,
  unpackRows,
} from "@pointbridge/protocol/pxp";
import { ComparisonStop } from "./comparison-stop.ts";
import type { LegRow, TimeWindow } from "./leg-row.ts";
import type { PartnerCalls } from "./partner-calls.ts";
import { ListedPartner } from "./partner-leg.ts";
import { isOpenOutcome } from "./partner-listing.ts";
import type { RowPlace } from "./sides.ts";
import { makeTotals, type Totals } from "./totals.ts";

export interface ToldHour {
  readonly hour: Date;
  readonly count: number;
  readonly amount: bigint;
  readonly digest: DigestSum | undefined;
}

export interface ToldSums {
  readonly totals: Totals;
  readonly openCount: number;
  readonly digest: DigestSum | undefined;
  readonly completeUntil: Date;
  /** In order; empty where they were not asked for. */
  readonly hours: readonly ToldHour[];
}

export interface ToldSketch {
  readonly count: number;
  readonly digest: DigestSum;
  readonly sketch: Sketch;
}

function malformed(detail: string): ComparisonStop {
  return new ComparisonStop("answer_malformed", detail);
}

/** A row as it came; @throws ComparisonStop answer_malformed */
function toRow(tuple: RowTuple): LegRow {
  const [operationId, userId, creditTypeId, amount, outcome, initiatedMs, completedMs, exchangeRate] = tuple;
  return {
    operationId,
    userId,
    creditTypeId,
    amount: amount === null ? null : BigInt(amount),
    outcome,
    standing: standingOf(outcome),
    isEnded: !isOpenOutcome(outcome),
    initiatedAt: new Date(initiatedMs),
    completedAt: completedMs === null ? null : new Date(completedMs),
    exchangeRate,
  };
}

function keyBytesOf(items: readonly SketchItem[]): string {
  const bytes = Buffer.alloc(items.length * rowKeyBytes);
  items.forEach((item, index) => {
    const place = index * rowKeyBytes;
    bytes.writeUInt16BE(item.timeHigh, place);
    bytes.writeUInt32BE(item.timeLow, place + 2);
    bytes.writeUInt32BE(item.keyHigh, place + 6);
    bytes.writeUInt32BE(item.keyLow, place + 10);
  });
  return bytes.toString("base64");
}

/** Times between two askings for sums that are still being made, and how often. */
const UNREADY_WAIT_MS = 500;
const UNREADY_ATTEMPTS_MAX = 240;
/** Pages of rows that are not decided yet. */
const OPEN_PAGES_MAX = 100;

export interface PartnerKey {
  readonly keyVersion: number;
  readonly secret: Uint8Array;
}

/** A partner of level 1 or more; one of level 0 is its listing alone. */
export class SummedPartner extends ListedPartner {
  override readonly levelMax: 0 | 1 | 2 | 3;
  readonly #calls: PartnerCalls;
  readonly #key: PartnerKey | undefined;

  /** @param key what digests are under; undefined at level 1 */
  constructor(calls: PartnerCalls, leg: Leg, levelMax: 0 | 1 | 2 | 3, key: PartnerKey | undefined) {
    super(calls, leg);
    this.#calls = calls;
    this.#key = key;
    this.levelMax = key === undefined && levelMax > 1 ? 1 : levelMax;
  }

  #body({ startTime, endTime }: TimeWindow, more: object): object {
    const { kind, sourceSystem, targetSystem } = this.leg;
    return {
      kind,
      source_system: sourceSystem,
      target_system: targetSystem,
      start_time: startTime.toISOString(),
      end_time: endTime.toISOString(),
      ...(this.#key === undefined ? {} : { key_version: this.#key.keyVersion }),
      ...more,
    };
  }

  async #ask<N extends "reconciliation/summary" | "reconciliation/sketch" | "reconciliation/rows">(
    name: N,
    body: object,
  ) {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#calls.tryCall(name, body);
      if (!("status" in answer)) return answer;
      const { status, code = "" } = answer;
      if (code === "reconciliation_key_unknown" && attempt === 1) {
        // A database that was restored may have forgotten it.
        await this.sendKey();
        continue;
      }
      if (code !== "summaries_unready") {
        throw new ComparisonStop(
          "partner_refused",
          `${name} was answered with ${status} ${code.slice(0, 64)}`,
        );
      }
      if (attempt === UNREADY_ATTEMPTS_MAX) {
        throw new ComparisonStop("summaries_unready", "the partner's sums are still being made");
      }
      await new Promise((resolve) => setTimeout(resolve, UNREADY_WAIT_MS));
    }
  }

  /** Hands over the secret; once is enough, again changes nothing. */
  async sendKey(): Promise<void> {
    if (this.#key === undefined) return;
    const { kind, sourceSystem, targetSystem } = this.leg;
    const secret = Buffer.from(this.#key.secret).toString("base64url");
    const leg = { kind, source_system: sourceSystem, target_system: targetSystem };
    await this.#calls.call("reconciliation/key", { ...leg, key_version: this.#key.keyVersion, secret });
  }

  async readSums(window: TimeWindow, perHour: boolean, countedSince?: Date): Promise<ToldSums> {
    const answer = await this.#ask(
      "reconciliation/summary",
      this.#body(window, {
        ...(perHour ? { per: "hour" } : {}),
        ...(countedSince === undefined ? {} : { counted_since: countedSince.toISOString() }),
      }),
    );
    const hours = (answer.hours ?? []).map(({ start_time, count, amount, digest_sum }) => ({
      hour: new Date(start_time),
      count,
      amount: BigInt(amount),
      digest: digest_sum === undefined ? undefined : DigestSum.parse(digest_sum),
    }));
    const told = {
      totals: makeTotals(
        answer.totals.map((total) => {
          return { creditTypeId: total.credit_type_id, count: total.count, amount: BigInt(total.amount) };
        }),
      ),
      openCount: answer.open_count,
      digest: answer.digest_sum === undefined ? undefined : DigestSum.parse(answer.digest_sum),
      completeUntil: new Date(answer.complete_until),
      hours,
    };
    this.#judge(answer, told, perHour);
    return told;
  }

  #judge(answer: SummaryAnswer, told: ToldSums, perHour: boolean): void {
    if (told.totals.count !== answer.count)
      throw malformed("the totals of a window do not add up to its count");
    if (this.#key !== undefined && told.digest === undefined)
      throw malformed("a window was summed without a digest");
    if (!perHour) return;
    if (answer.hours === undefined) throw malformed("hours were asked for and not told");
    const sum = new DigestSum();
    let count = 0;
    let lastMs = Number.NEGATIVE_INFINITY;
    for (const hour of told.hours) {
      if (hour.hour.getTime() <= lastMs) throw malformed("hours are told twice, or out of order");
      lastMs = hour.hour.getTime();
      count += hour.count;
      if (hour.digest !== undefined) sum.addSum(hour.digest);
    }
    const fits = count === answer.count && (told.digest === undefined || sum.equals(told.digest));
    if (!fits) throw malformed("the hours of a window do not add up to it"); // Q3
  }

  /** @param hours beginnings of hours; undefined: the window as one */
  async readSketches(
    window: TimeWindow,
    cells: number,
    hours: readonly Date[] | undefined,
  ): Promise<ToldSketch[]> {
    const more = hours === undefined ? { cells } : { cells, hours: hours.map((hour) => hour.toISOString()) };
    const { sketches } = (await this.#ask("reconciliation/sketch", this.#body(window, more))) as {
      readonly sketches: readonly {
        readonly count: number;
        readonly digest_sum: string;
        readonly sketch: string;
      }[];
    };
    if (sketches.length !== (hours?.length ?? 1)) throw malformed("other sketches came than were asked for"); // Q2
    return sketches.map(({ count, digest_sum, sketch: text }) => {
      const sketch = Sketch.decode(Buffer.from(text, "base64"), cells);
      if (sketch === undefined) throw malformed(`a sketch does not have ${cells} cells a table`);
      return { count, digest: DigestSum.parse(digest_sum), sketch };
    });
  }

  async #readTuples(window: TimeWindow, more: object): Promise<{ rows: LegRow[]; next: string | null }> {
    const answer = await this.#ask("reconciliation/rows", this.#body(window, more));
    const rows = answer.packed === undefined ? answer.rows : unpackRows(answer.packed);
    if (rows === undefined) throw malformed("rows were asked for, and none that can be read were told");
    return { rows: rows.map(toRow), next: answer.next_cursor };
  }

  /** The rows whose records a sketch told, and those under some ids, in one call for every thousand. */
  async readRecords(
    window: TimeWindow,
    items: readonly SketchItem[],
    ids: readonly string[],
  ): Promise<LegRow[]> {
    const found: LegRow[] = [];
    const key = this.#key;
    if (key === undefined) throw new Error("records are read under a secret");
    const hash = new RecordHash(key.secret, this.leg);
    const wantedIds = new Set(ids);
    for (let place = 0; place < Math.max(items.length, ids.length); place += rowsMax) {
      const [keys, operationIds] = [items.slice(place, place + rowsMax), ids.slice(place, place + rowsMax)];
      const wanted = new Set(keys.map((item) => `${item.keyHigh} ${item.keyLow}`));
      const { rows } = await this.#readTuples(window, {
        ...(keys.length === 0 ? {} : { keys: keyBytesOf(keys) }),
        ...(operationIds.length === 0 ? {} : { operation_ids: operationIds }),
        packed: true,
      });
      for (const row of rows) {
        const text = recordText(row);
        if (text !== undefined) hash.hashText(text);
        const rowKey =
          text === undefined ? "" : `${(hash.words[4] ?? 0) >>> 0} ${(hash.words[5] ?? 0) >>> 0}`;
        if (wanted.has(rowKey) || wantedIds.has(row.operationId)) found.push(row); // Q1
      }
    }
    return found;
  }

  /** Rows of a window that the partner has not decided yet. */
  async readOpen(window: TimeWindow): Promise<LegRow[]> {
    const found: LegRow[] = [];
    const cursors = new Set<string>();
    let cursor: string | null = null;
    for (let page = 0; page < OPEN_PAGES_MAX; page += 1) {
      const answer: { rows: LegRow[]; next: string | null } = await this.#readTuples(window, {
        open: true,
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...answer.rows.filter((row) => !row.isEnded));
      cursor = answer.next;
      if (cursor === null) return found;
      if (cursors.has(cursor)) throw new ComparisonStop("pages_endless", "the partner's cursor came twice");
      cursors.add(cursor);
    }
    throw new ComparisonStop("pages_endless", "the partner has more rows that are not decided than are read");
  }

  override async readRows(places: readonly RowPlace[]): Promise<LegRow[]> {
    if (this.levelMax < 3) return super.readRows(places);
    const ids = [...new Set(places.map(({ operationId }) => operationId))];
    const anyTime = { startTime: new Date(0), endTime: new Date(0) };
    const found: LegRow[] = [];
    for (let place = 0; place < ids.length; place += rowsMax) {
      const part = ids.slice(place, place + rowsMax);
      const wanted = new Set(part);
      const { rows } = await this.#readTuples(anyTime, { operation_ids: part });
      found.push(...rows.filter((row) => wanted.has(row.operationId)));
    }
    return found;
  }

  override async readCompleteUntil(window: TimeWindow): Promise<Date | undefined> {
    if (this.levelMax === 0) return super.readCompleteUntil(window);
    const { startTime } = window;
    const told = await this.readSums({ startTime, endTime: startTime }, false);
    return told.completeUntil;
  }
}
