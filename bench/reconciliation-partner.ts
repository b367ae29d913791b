// The other side of the reconciliation benchmark: a node in a process of its own, so that each side's memory is its own.
import { openDatabase } from "../packages/engine/src/database/index.ts";
import { openPartnerNode } from "../packages/engine/test/support/partner-node.ts";

const [url = ""] = process.argv.slice(2);
const node = await openPartnerNode(await openDatabase({ url }), { timeoutMs: 600_000 });
let peakBytes = 0;
const watch = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
}, 5);

process.on("message", (message) => {
  if (message === "end") {
    clearInterval(watch);
    void node.close().then(() => process.exit(0));
    return;
  }
  const told = { peakBytes, rssBytes: process.memoryUsage().rss };
  peakBytes = 0;
  process.send?.(told);
});
process.send?.({ url: node.url });
