// What a whole test run shares: one PostgreSQL server, started before the first file and ended after the last, also
// after failures; and the image that embedded databases begin with.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { imageEmptyDatabase } from "../../src/database/index.ts";
import { startPostgresServer } from "./postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the maintenance database of the run's server; tests take their own with `createTestDatabase()`. */
    readonly DATABASE_URL: string;
    /** File of an empty embedded database; `openEmptyEmbedded()` begins with it. */
    readonly EMBEDDED_IMAGE: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "pointbridge-image-"));
  const image = join(folder, "embedded.tar");
  const [server] = await Promise.all([
    startPostgresServer(),
    imageEmptyDatabase().then((bytes) => writeFileSync(image, bytes)),
  ]);
  project.provide("DATABASE_URL", server.url);
  project.provide("EMBEDDED_IMAGE", image);
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  };
}
