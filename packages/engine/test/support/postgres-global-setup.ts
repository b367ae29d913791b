// What a whole test run shares: one PostgreSQL server, started before the first file and ended after the last, also
// after failures; and a migrated database of either engine that tests' databases are copies of.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { type Database, EmbeddedDatabase, migrate, openDatabase } from "../../src/database/index.ts";
import { startPostgresServer } from "./postgres-server.ts";
import { makeTemplate } from "./template-queries.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the maintenance database of the run's server; tests take their own with `createTestDatabase()`. */
    readonly DATABASE_URL: string;
    /** File of a migrated embedded database; `openEmptyEmbedded()` begins with it. */
    readonly EMBEDDED_IMAGE: string;
  }
}

/** Of the migrated database in the run's server. */
export const templateName = "pointbridge_template";

async function prepareTemplate(database: Database): Promise<void> {
  await migrate(database);
  await makeTemplate(database);
}

async function createTemplate(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${templateName} template template0`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${templateName}`;
  const database = await openDatabase({ url: url.href });
  await prepareTemplate(database);
  await database.close();
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "pointbridge-image-"));
  const image = join(folder, "embedded.tar");
  const [server] = await Promise.all([
    startPostgresServer(),
    EmbeddedDatabase.image(prepareTemplate).then((bytes) => writeFileSync(image, bytes)),
  ]);
  const tearDown = async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  };
  try {
    await createTemplate(server.url);
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide("DATABASE_URL", server.url);
  project.provide("EMBEDDED_IMAGE", image);
  return tearDown;
}
