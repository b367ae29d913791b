// A reconciliation's report as CSV: one line a mismatch, for a spreadsheet.
//
// C1  A field that a spreadsheet would take for a formula gets an apostrophe in front, so that what a partner or a member
//     wrote is never carried out by whoever opens the file.
import type { v1 } from "@pointbridge/protocol";

type Cell = string | number | boolean | null;

const columns: readonly (readonly [name: string, read: (one: v1.Mismatch) => Cell])[] = [
  ["operation_id", (one) => one.operation_id],
  ["type", (one) => one.type],
  ["also", (one) => one.also.join(" ")],
  ["status", (one) => one.status],
  ["severity", (one) => one.severity],
  ["leg", (one) => one.leg],
  ["is_stuck", (one) => one.is_stuck],
  ["value", (one) => one.value],
  ["credit_type_id", (one) => one.credit_type_id],
  ["initiated_at", (one) => one.initiated_at],
  ["ours_state", (one) => one.ours?.state ?? null],
  ["ours_amount", (one) => one.ours?.amount ?? null],
  ["ours_user_id", (one) => one.ours?.user_id ?? null],
  ["theirs_rows", (one) => one.theirs.length],
  ["theirs_state", (one) => one.theirs[0]?.state ?? null],
  ["theirs_amount", (one) => one.theirs[0]?.amount ?? null],
  ["theirs_user_id", (one) => one.theirs[0]?.user_id ?? null],
  ["repair_action", (one) => one.repair?.action ?? null],
  ["repair_status", (one) => one.repair?.status ?? null],
  ["repair_proposed_by", (one) => one.repair?.proposed_by ?? null],
  ["repair_decided_by", (one) => one.repair?.decided_by ?? null],
  ["repair_outcome", (one) => one.repair?.outcome ?? null],
  ["assigned_to", (one) => one.assigned_to],
  ["found_at", (one) => one.found_at],
  ["resolution", (one) => one.resolution],
  ["resolved_by", (one) => one.resolved_by],
  ["resolved_by_run", (one) => one.resolved_by_run],
  ["resolved_at", (one) => one.resolved_at],
];

/** A number is no formula, a sign in front or not. */
const FORMULA = /^[=+\-@\t\r]/;

function toCell(value: Cell): string {
  const text = value === null ? "" : String(value);
  const safe = FORMULA.test(text) && !/^-?[0-9]+$/.test(text) ? `'${text}` : text; // C1
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv(mismatches: readonly v1.Mismatch[]): string {
  const head = columns.map(([name]) => name).join(",");
  const lines = mismatches.map((one) => columns.map(([, read]) => toCell(read(one))).join(","));
  return `${[head, ...lines].join("\r\n")}\r\n`;
}
