// Reading events: the log of changes from a cursor on, as events.
//
// V3  A page and its cursor belong together: whoever reads on from `nextCursor` gets what comes after the page, all
//     of it, whatever was filtered out and wherever a page happened to end within a transaction's events.
// V4  A caller that is for some systems gets only events that are about one of them, and none that is about the node.
import type { v1 } from "@pointbridge/protocol";
import { type Change, type LogState, listChanges, placeChanges, readLog } from "../changes/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import { buildEvents, type PlacedItem, placeItems } from "./build-events.ts";
import type { PointbridgeEvent } from "./event.ts";
import { type EventCursor, judgeEventCursor, parseEventCursor, writeEventCursor } from "./event-cursor.ts";

/** Where one call stops looking for events that a filter lets pass. */
const LOOKED_AT_MAX = 10_000;
/** How many events are made at a time where some may be left out, so that a small page doesn't cost a read for each. */
const CHOSEN_FROM = 100;
const FIRST_CHANGES = 16;
const CHANGES_MAX = 256;

export interface EventFilter {
  readonly types?: ReadonlySet<v1.EventType> | undefined;
  /** Of a caller that is for some systems only. */
  readonly systems?: ReadonlySet<string> | undefined;
}

export interface EventRange extends EventFilter {
  /** `nextCursor` of the page before or the cursor of an event; undefined for the oldest event that is kept. */
  readonly after: string | undefined;
  readonly limit: number;
}

export interface EventPage {
  /** At most `limit`, in the log's order. May be empty though more follows: see `isEnd`. */
  readonly items: readonly PointbridgeEvent[];
  readonly nextCursor: string;
  /** The log's position behind which nothing was found yet; what to wait for is beyond it. */
  readonly position: bigint;
  /** Whether the log ended here; if not, there may be more behind `nextCursor`. */
  readonly isEnd: boolean;
}

/** What has been read so far: up to `cursor`. */
interface Reading {
  readonly transaction: Transaction;
  readonly shardCount: number;
  readonly range: EventRange;
  readonly log: LogState;
  readonly items: PointbridgeEvent[];
  cursor: EventCursor;
  lookedAt: number;
}

function concerns(systems: readonly string[] | undefined, filter: EventFilter): boolean {
  const own = filter.systems;
  return own === undefined || (systems?.some((system) => own.has(system)) ?? false);
}

/** Reads the events of a change's rest; false where the page is full before its end. */
async function takeItems(reading: Reading, placed: readonly PlacedItem[]): Promise<boolean> {
  const { transaction, shardCount, range, items } = reading;
  const wanted = placed.filter(({ type }) => range.types?.has(type) ?? true);
  const least = range.systems === undefined ? 1 : CHOSEN_FROM;
  for (let start = 0; start < wanted.length; ) {
    const chunk = wanted.slice(start, start + Math.max(range.limit - items.length, least));
    const built = await buildEvents(transaction, shardCount, chunk);
    for (const [index, { cursor }] of chunk.entries()) {
      const found = built[index];
      if (found !== undefined && concerns(found.systems, range)) items.push(found.event);
      reading.cursor = cursor;
      if (items.length >= range.limit) return false;
    }
    start += chunk.length;
  }
  return true;
}

async function takeChanges(reading: Reading, changes: readonly Change[]): Promise<boolean> {
  const { log } = reading;
  const placed: PlacedItem[] = [];
  for (const change of changes) {
    const isBegun = reading.cursor.itemCount > 0 && change.position === reading.cursor.position + 1n;
    placed.push(...placeItems(log.logId, change, isBegun ? reading.cursor.itemCount : 0));
    reading.lookedAt += change.items.length;
  }
  if (!(await takeItems(reading, placed))) return false;
  const last = changes.at(-1);
  if (last !== undefined) reading.cursor = { logId: log.logId, position: last.position, itemCount: 0 };
  return true;
}

async function readPage(reading: Reading): Promise<EventPage> {
  const { transaction, shardCount } = reading;
  for (let limit = FIRST_CHANGES; ; limit = Math.min(limit * 2, CHANGES_MAX)) {
    const { position } = reading.cursor;
    const changes = await listChanges(transaction, shardCount, { afterPosition: position, limit });
    const isWhole = await takeChanges(reading, changes);
    const isEnd = isWhole && changes.length < limit;
    if (isEnd || !isWhole || reading.lookedAt >= LOOKED_AT_MAX) {
      const { cursor, items } = reading;
      return { items, nextCursor: writeEventCursor(cursor), position: cursor.position, isEnd };
    }
  }
}

/**
 * Reads events from a cursor on, in the order of the log; what was committed before the call is found. Each event
 * comes at least once to whoever keeps `nextCursor`, or an event's own cursor, once it has dealt with what came
 * before it. Events of one `orderingkey` come in their order.
 * @throws AppError cursor_unknown, cursor_expired
 */
export async function readEvents(
  database: Database,
  shardCount: number,
  range: EventRange,
): Promise<EventPage> {
  const asked = range.after === undefined ? undefined : parseEventCursor(range.after);
  await placeChanges(database, shardCount);
  return database.transaction(async (transaction) => {
    const log = await readLog(transaction);
    if (asked !== undefined) judgeEventCursor(asked, log);
    const cursor = asked ?? { logId: log.logId, position: log.sweptPosition, itemCount: 0 };
    const page = await readPage({ transaction, shardCount, range, log, items: [], cursor, lookedAt: 0 });
    // What was swept while the page was read may be missing from it.
    if (asked !== undefined) judgeEventCursor(asked, await readLog(transaction));
    return page;
  });
}

/** The cursor behind all that was committed before the call. */
export async function latestEventCursor(database: Database, shardCount: number): Promise<string> {
  await placeChanges(database, shardCount);
  const { logId, lastPosition } = await database.transaction(readLog);
  return writeEventCursor({ logId, position: lastPosition, itemCount: 0 });
}
