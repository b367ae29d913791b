// A partner's listing as a stream, for level 0. What it may do wrong, it may do without end, so every step forward
// has to be one.
//
// E1  Rows come in order of time and id, within the window; a row that lies before the one before it ends the
//     listing, one in the same place is a copy.
// E2  A cursor is taken once, and a page without rows is the last.
// E3  Copies are bounded, and so are rows.
import { type Leg, type ListedOperation, pxpPageLimitMax, standingOf } from "@pointbridge/protocol/pxp";
import { makeHeapRoom } from "../system/index.ts";
import { ComparisonStop } from "./comparison-stop.ts";
import { compareRows, type LegRow, type TimeWindow } from "./leg-row.ts";
import type { AnswerOf, PartnerCalls } from "./partner-calls.ts";

export interface ListingBounds {
  readonly rowsMax: number;
  /** Rows in the place of the one before, in all. */
  readonly copiesMax: number;
}

export const defaultListingBounds: ListingBounds = { rowsMax: 100_000_000, copiesMax: 10_000 };

const openOutcomes: readonly string[] = ["pending", "held", "processing", "needs_attention"];

/** Not decided yet, as far as that side knows. */
export function isOpenOutcome(outcome: string): boolean {
  return openOutcomes.includes(outcome);
}

/** @throws ComparisonStop answer_malformed */
export function toPartnerRow(item: ListedOperation): LegRow {
  const { outcome, exchange_rate: exchangeRate } = item;
  const initiatedAt = new Date(item.initiated_at);
  const completedAt = item.completed_at === null ? null : new Date(item.completed_at);
  if (Number.isNaN(initiatedAt.getTime()) || Number.isNaN(completedAt?.getTime() ?? 0)) {
    throw new ComparisonStop("answer_malformed", `row ${item.operation_id} has a time that does not exist`);
  }
  return {
    operationId: item.operation_id,
    userId: item.user_id,
    creditTypeId: item.credit_type_id,
    amount: item.amount === null ? null : BigInt(item.amount),
    outcome,
    standing: standingOf(outcome),
    isEnded: !isOpenOutcome(outcome),
    initiatedAt,
    completedAt,
    exchangeRate: exchangeRate ?? null,
  };
}

function requirePlace(row: LegRow, window: TimeWindow, before: LegRow | undefined): "next" | "copy" {
  const { startTime, endTime } = window;
  if (row.initiatedAt < startTime || row.initiatedAt >= endTime) {
    const told = row.initiatedAt.toISOString();
    throw new ComparisonStop(
      "rows_unordered",
      `row ${row.operationId} of ${told} lies outside of the window`,
    );
  }
  const order = before === undefined ? 1 : compareRows(row, before);
  if (order < 0) {
    const detail = `row ${row.operationId} comes after ${before?.operationId ?? ""}, and belongs before it`;
    throw new ComparisonStop("rows_unordered", detail); // E1
  }
  return order === 0 ? "copy" : "next";
}

class ListingGuard {
  readonly #window: TimeWindow;
  readonly #bounds: ListingBounds;
  #before: LegRow | undefined;
  #rowCount = 0;
  #copyCount = 0;

  constructor(window: TimeWindow, bounds: ListingBounds) {
    this.#window = window;
    this.#bounds = bounds;
  }

  pass(row: LegRow): void {
    this.#rowCount += 1;
    if (requirePlace(row, this.#window, this.#before) === "copy") this.#copyCount += 1;
    this.#before = row;
    const { rowsMax, copiesMax } = this.#bounds;
    if (this.#rowCount > rowsMax || this.#copyCount > copiesMax) {
      const detail = `the partner lists ${this.#rowCount} rows, ${this.#copyCount} of them copies; no more are read`;
      throw new ComparisonStop("pages_endless", detail); // E3
    }
  }
}

export function listingCall(leg: Leg, window: TimeWindow, limit: number) {
  return {
    kind: leg.kind,
    source_system: leg.sourceSystem,
    target_system: leg.targetSystem,
    start_time: window.startTime.toISOString(),
    end_time: window.endTime.toISOString(),
    limit,
  };
}

/** @throws ComparisonStop */
export async function* listPartnerRows(
  calls: PartnerCalls,
  leg: Leg,
  window: TimeWindow,
  bounds: ListingBounds = defaultListingBounds,
): AsyncGenerator<readonly LegRow[]> {
  const guard = new ListingGuard(window, bounds);
  let cursor: string | null = null;
  for (;;) {
    const body = listingCall(leg, window, pxpPageLimitMax);
    const answer: AnswerOf<"operations"> = await calls.call(
      "operations",
      cursor === null ? body : { ...body, cursor },
    );
    makeHeapRoom();
    const rows = answer.items.map(toPartnerRow);
    for (const row of rows) guard.pass(row);
    if (rows.length > 0) yield rows;
    const next = answer.next_cursor;
    if (next === null) return;
    // Rows only go forward, so a cursor that came twice would show as rows out of order; here it is told as what it is.
    if (rows.length === 0 || next === cursor) {
      throw new ComparisonStop("pages_endless", "the partner's next page begins where the last one did"); // E2
    }
    cursor = next;
  }
}
