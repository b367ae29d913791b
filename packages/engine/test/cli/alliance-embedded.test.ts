// The whole alliance on the embedded database: opened by each command itself, and through a node that is killed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { playWithKills, unpackAlliance } from "./alliance.ts";
import { endAll, findFreePort, ServedNode, startAlliance } from "./processes.ts";

const folder = mkdtempSync(join(tmpdir(), "pointbridge-embedded-"));
const files = unpackAlliance();
const timeoutMs = 300_000;
const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";

afterAll(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
  files.remove();
});

describe("the alliance on the embedded database", () => {
  it(
    "meets every result and every balance where each command opens the database itself",
    async () => {
      const ended = await startAlliance({ POINTBRIDGE_DATA_DIR: join(folder, "opened") }).ended;
      expect(ended).toMatchObject({ code: 0, stderr: "" });
    },
    timeoutMs,
  );

  // Every run plays it undisturbed on this engine and with kills on PostgreSQL; a soak the other way round too.
  it.runIf(isSoak)(
    "meets them too after client and node were killed and started again",
    async () => {
      const node = new ServedNode(await findFreePort(), { POINTBRIDGE_DATA_DIR: join(folder, "served") });
      await node.start();
      expect(await playWithKills(files, node)).toMatchObject({ code: 0, stderr: "" });
      expect(await node.end("SIGTERM")).toMatchObject({ code: 0 });
    },
    timeoutMs,
  );
});
