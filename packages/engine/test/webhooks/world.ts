// A node on a database of its own, and waiting for what it does.
import { setTimeout as wait } from "node:timers/promises";
import { createTestDatabase } from "../support/test-database.ts";
import { WebhookNode, type WebhookNodeSettings } from "./webhook-node.ts";

export async function openWorld(
  settings: WebhookNodeSettings = {},
): Promise<{ node: WebhookNode; url: string; close: () => Promise<void> }> {
  const database = await createTestDatabase();
  const node = await WebhookNode.open(database.url, settings);
  await node.seed();
  return {
    node,
    url: database.url,
    close: async () => {
      await node.close();
      await database.drop();
    },
  };
}

/** Waits until something is so; what it is then is the verdict, not how long it took. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs = 20_000,
): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`it never came to this: ${what}`);
    await wait(20);
  }
}
