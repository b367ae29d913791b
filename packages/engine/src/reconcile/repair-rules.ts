// What may mend a difference, by where its exchange stands. Pure.
//
// A1  Nothing is invented: a repair asks again for what was asked, under its own id, or moves points under an id
//     derived from it. No row is overwritten.
// A2  Nobody's member pays on the other side's word: where the other side has points that this side does not know of,
//     only a credit request that was signed by this side's own key shows that it owes them.
//     An amount of ours is adjusted only to what the other side's own key signed when it asked.
// A3  What was undone is not done again: there is no repair in the backward direction but asking for the undoing once
//     more.
import type { MismatchType } from "./matching.ts";
import type { RepairAction } from "./mismatch.ts";
import type { Leg } from "./run.ts";
import type { Pair } from "./sides.ts";

/** States of an exchange under way: asking for it now lets its state machine go on by itself. */
const underWay: readonly string[] = [
  "holding",
  "provisioning",
  "crediting",
  "rolling_back",
  "capturing",
  "releasing",
];

function planForHub({ ours, theirs }: Pair, type: MismatchType): RepairAction | undefined {
  if (ours === undefined) return undefined; // A2
  if (underWay.includes(ours.state)) return "ask_again";
  const [their] = theirs;
  // Done here, and the other side has no row: the same credit again, which it decides as if it came late (A1).
  if (type === "missing_in_target" && ours.outcome === "moved" && their === undefined) return "send_again";
  // Ended here, and the other side's hold or credit still stands open: the same ending again.
  if (type === "status_mismatch" && their?.outcome === "open") return "send_again";
  // Undone here, and the target has the points all the same: the same roll-back again (A3).
  const isUndone = ours.outcome === "nothing" && their?.outcome === "moved";
  return type === "status_mismatch" && isUndone ? "send_again" : undefined;
}

function planForCallee(
  { ours, evidenceId }: Pair & { readonly evidenceId?: string | undefined },
  type: MismatchType,
): RepairAction | undefined {
  if (ours === undefined || evidenceId === undefined) return undefined;
  // What it comes to is looked up: the signed request decides (reconcile/adjusting.ts).
  if (type === "amount_mismatch") return "adjust";
  return type === "missing_in_source" ? "present_evidence" : undefined;
}

/** What may mend it without a person finding out more; undefined where nothing may. */
export function planRepair(
  leg: Leg,
  type: MismatchType,
  pair: Pair & { readonly evidenceId?: string | undefined },
): RepairAction | undefined {
  if (type === "duplicate_id" || type === "wrong_account") return undefined;
  switch (leg) {
    case "target_credits":
    case "source_holds":
      // A source that has lost its hold can't be made to take it again.
      if (leg === "source_holds" && type === "missing_in_source" && pair.ours?.outcome === "moved")
        return undefined;
      return planForHub(pair, type);
    case "hub_credits":
    case "hub_holds":
      return planForCallee(pair, type);
    case "statement_target":
    case "statement_source":
      // A partner without an API can't be asked; an exchange of this node that is under way can.
      return pair.ours !== undefined && underWay.includes(pair.ours.state) ? "ask_again" : undefined;
    case "own_debits":
    case "own_credits":
      // A ledger that contradicts its own log is for people.
      return undefined;
  }
}
