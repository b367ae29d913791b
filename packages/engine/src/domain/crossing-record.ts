// What is stored of a crossing with its exchange: its state, and what has happened to it so far.
import { type Crossing, type CrossingEvent, hasEnded } from "./crossing.ts";
import type { TraceContext } from "./trace.ts";

/** Something that happened to a leg, with when it was known here. */
export type CrossingMark = "held" | "provisioned" | "credited" | "captured" | "rolled_back" | "released";

/** That the crossing be written off, as one person proposed and another approved. */
export interface WriteOff {
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly note: string;
  readonly approvedBy?: string;
}

export interface CrossingRecord extends Crossing {
  /** When the present state began. */
  readonly since: string;
  /** When the crossing was last heard of by a verdict; the ladder's alarm counts from here. */
  readonly heard: string;
  /** How many times the present state's call went without a verdict. */
  readonly attempts: number;
  /** Why the last of them did. */
  readonly lastError?: string;
  readonly marks: Readonly<Partial<Record<CrossingMark, string>>>;
  readonly writeOff?: WriteOff;
  readonly trace?: TraceContext;
}

const marksOf: Partial<Record<CrossingEvent["kind"], CrossingMark>> = {
  held: "held",
  provisioned: "provisioned",
  credited: "credited",
  rollback_refused: "credited",
  captured: "captured",
  rolled_back: "rolled_back",
  released: "released",
};

const REASON_LENGTH_MAX = 500;

/**
 * A reason may hold words of whoever answered: as much of it as a person reads, and nothing that the database
 * can't keep, since a silence that can't be stored would never move the ladder.
 */
export function readableReason(reason: string): string {
  return reason.slice(0, REASON_LENGTH_MAX).replaceAll(/\p{C}/gu, "\uFFFD");
}

export function recordCrossing(
  crossing: Crossing,
  now: Date,
  trace: TraceContext | undefined,
): CrossingRecord {
  const at = now.toISOString();
  const marks = crossing.source === "hosted" ? { held: at } : {};
  const begun = { ...crossing, since: at, heard: at, attempts: 0, marks };
  return trace === undefined ? begun : { ...begun, trace };
}

/** The record after a transition that `event` brought about. */
export function markCrossing(
  record: CrossingRecord,
  advanced: Crossing,
  event: CrossingEvent,
  now: Date,
): CrossingRecord {
  const at = now.toISOString();
  const { lastError, ...rest } = record;
  const isNewState = advanced.state !== record.state;
  const mark = marksOf[event.kind];
  const isVerdict = !["undo", "alarm", "write_off"].includes(event.kind);
  return {
    ...rest,
    ...advanced,
    since: isNewState ? at : record.since,
    heard: isVerdict ? at : record.heard,
    attempts: isNewState ? 0 : record.attempts,
    ...(isNewState || lastError === undefined ? {} : { lastError }),
    marks: mark === undefined ? record.marks : { ...record.marks, [mark]: at },
  };
}

/** The public status of an exchange with this crossing. */
export function statusOfCrossing(
  crossing: Crossing,
): "processing" | "needs_attention" | "completed" | "failed" {
  if (hasEnded(crossing)) return crossing.state === "completed" ? "completed" : "failed";
  return crossing.attention ? "needs_attention" : "processing";
}
