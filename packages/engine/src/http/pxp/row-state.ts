// What a stored row is in the terms of the callee's two tables.
import type { CreditState, HoldState } from "@pointbridge/protocol/pxp";
import type { Operation } from "../../domain/index.ts";

export function creditStateOf(operation: Operation): CreditState {
  if (operation.status === "rolled_back") return "rolled_back";
  if (operation.status === "failed") return "refused";
  return operation.data?.sealed === true ? "sealed" : "completed";
}

export function holdStateOf(operation: Operation): HoldState {
  if (operation.status === "captured") return "captured";
  if (operation.status === "held") return "held";
  return operation.status === "failed" ? "refused" : "released";
}

/** What the row answers as its outcome: a sealed credit is a completed one. */
export function outcomeOf(operation: Operation): string {
  if (operation.kind === "partner_hold") return holdStateOf(operation);
  const state = creditStateOf(operation);
  return state === "sealed" ? "completed" : state;
}

/** When the outcome came about; a hold that still stands has none. Sealing a credit changes nothing of it. */
export function completedAtOf(operation: Operation): Date | null {
  if (operation.status === "held") return null;
  return operation.status === "completed" ? operation.createdAt : operation.updatedAt;
}
