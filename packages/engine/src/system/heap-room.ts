// Keeps the heap of a node small while it streams a great many rows. What a page leaves behind is garbage at once, but
// the runtime collects all of it only when the heap has grown to a multiple of what was in use, which is for machines
// that have nothing else to do with their memory. So whoever streams asks here between pages.
//
// H1  Nothing is collected before the heap has grown by a fixed amount since the last time, nor more often than a
//     fraction of the time that collecting takes: streaming costs little, and everything else nothing.
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const GROWTH_BYTES = 24 * 1024 * 1024;
/** Collecting takes this share of the time at most. */
const SHARE = 0.05;

let collect: (() => void) | undefined;
let usedBytes: number | undefined;
let notBeforeMs = 0;

function readUsed(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

function findCollector(): () => void {
  // The runtime shows it only to code that is made after the flag was set.
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  return typeof found === "function" ? (found as () => void) : () => undefined;
}

/** Between two pages of a long stream: collects garbage where much has gathered (H1). */
export function makeHeapRoom(): void {
  const now = performance.now();
  if (now < notBeforeMs) return;
  const used = readUsed();
  usedBytes ??= used;
  if (used - usedBytes < GROWTH_BYTES) {
    usedBytes = Math.min(usedBytes, used);
    return;
  }
  collect ??= findCollector();
  collect();
  usedBytes = readUsed();
  const tookMs = performance.now() - now;
  notBeforeMs = now + tookMs / SHARE;
}
