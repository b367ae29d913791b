// An event as the outside sees it: CloudEvents 1.0 JSON, with a key that orders and a cursor to read on from.
import type { v1 } from "@pointbridge/protocol";

/** What happened, told the same way at every reading. Ids and numbers only. */
export type PointbridgeEvent = v1.Event;

/** An event, and whom it concerns. */
export interface FoundEvent {
  readonly event: PointbridgeEvent;
  /** The systems that it is about; undefined for what concerns the node as a whole. */
  readonly systems: readonly string[] | undefined;
}
