// A node in a process of its own that delivers webhooks and may be killed at any moment. Says `ready` on its output.
import { WebhookNode } from "./webhook-node.ts";

const url = process.argv[2];
if (url === undefined) throw new Error("name the database");
await WebhookNode.open(url, { delivery: { leaseMs: 2_500 } });
process.stdout.write("ready\n");
// Whoever started it may end without a word.
process.stdin.on("end", () => process.exit(0)).resume();
