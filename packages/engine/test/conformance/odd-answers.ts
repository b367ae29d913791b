// Answers of a partner that is wrong altogether: yes to everything, or without what the form needs.
import type { PxpCallName } from "@pointbridge/protocol/pxp";

type Fields = Readonly<Record<string, unknown>>;

/** Every call succeeds, whatever it asks. */
export function sayYes(call: PxpCallName, { operation_id, amount }: Fields): Fields {
  const outcomes: Readonly<Partial<Record<PxpCallName, string>>> = {
    credits: "completed",
    "credits/rollback": "rolled_back",
    holds: "held",
    "holds/capture": "captured",
    "holds/release": "released",
  };
  if (call === "users") return { user_id: "user", created: true };
  if (call === "operations") return { items: [], next_cursor: null, complete_until: null };
  const rest = { amount, transaction_id: "t", completed_at: "2026-11-23T00:00:00.000Z", idempotent: false };
  return { operation_id, outcome: outcomes[call], ...rest };
}

/** The field that each form needs; the outcome stays, so that it still looks like one. */
export function dropFields({
  operation_id: _id,
  results: _results,
  created: _created,
  ...rest
}: Fields): Fields {
  return rest;
}

export const undone = { status: 422, outcome: "refused", code: "batch_refused" } as const;
