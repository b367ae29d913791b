// The whole alliance on PostgreSQL, through a node: undisturbed, and killed again and again.
import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { playWithKills, unpackAlliance } from "./alliance.ts";
import { endAll, findFreePort, ServedNode, startAlliance } from "./processes.ts";

const files = unpackAlliance();
const databases: TestDatabase[] = [];
const timeoutMs = 300_000;
const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";

afterAll(async () => {
  await endAll();
  for (const database of databases) await database.drop();
  files.remove();
});

async function startNode(): Promise<ServedNode> {
  const database = await createTestDatabase();
  databases.push(database);
  const node = new ServedNode(await findFreePort(), { DATABASE_URL: database.url });
  await node.start();
  return node;
}

describe("the alliance on PostgreSQL", () => {
  // The killed run meets all of it too; undisturbed every run plays it on the embedded engine.
  it.runIf(isSoak)(
    "meets every result and every balance",
    async () => {
      const node = await startNode();
      expect(await startAlliance(node.environment).ended).toMatchObject({ code: 0, stderr: "" });
      expect(await node.end("SIGTERM")).toMatchObject({ code: 0 });
    },
    timeoutMs,
  );

  it(
    "meets them too after client and node were killed and started again",
    async () => {
      const node = await startNode();
      expect(await playWithKills(files, node)).toMatchObject({ code: 0, stderr: "" });
      expect(await node.end("SIGTERM")).toMatchObject({ code: 0 });
    },
    timeoutMs,
  );
});
