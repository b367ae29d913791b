// Cursors: LOG.POSITION, all changes up to that position have been read; or LOG.POSITION.COUNT, and COUNT of the
// items of the change after it.
import { v1 } from "@pointbridge/protocol";
import type { LogState } from "../changes/index.ts";
import { AppError } from "../system/index.ts";

export interface EventCursor {
  readonly logId: string;
  readonly position: bigint;
  /** Items of the change after `position`. They are counted as stored, whatever becomes an event. */
  readonly itemCount: number;
}

const form = new RegExp(v1.eventCursorPattern);

export function writeEventCursor({ logId, position, itemCount }: EventCursor): string {
  return itemCount === 0 ? `${logId}.${position}` : `${logId}.${position}.${itemCount}`;
}

/**
 * @throws AppError cursor_unknown where it is none, or none of this log
 */
export function parseEventCursor(text: string): EventCursor {
  const [logId, position, itemCount = "0"] = text.split(".");
  if (!form.test(text) || logId === undefined || position === undefined) {
    throw new AppError("cursor_unknown", "the cursor is not one of this node's; pass one as it was given");
  }
  return { logId, position: BigInt(position), itemCount: Number(itemCount) };
}

/** @throws AppError cursor_unknown, cursor_expired */
export function judgeEventCursor(cursor: EventCursor, log: LogState): void {
  if (cursor.logId !== log.logId || cursor.position > log.lastPosition) {
    const detail =
      "the cursor belongs to another log of events than this node has; begin again with what is there now";
    throw new AppError("cursor_unknown", detail);
  }
  if (cursor.position < log.sweptPosition) {
    const detail = "events after this cursor are no longer kept; begin again with what is there now";
    throw new AppError("cursor_expired", detail);
  }
}
