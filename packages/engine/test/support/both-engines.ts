// One suite, two databases: runs a group of tests on the embedded engine and on a real PostgreSQL server.
import { afterAll, describe } from "vitest";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import { openEmptyEmbedded } from "./embedded-database.ts";
import { createTestDatabase } from "./test-database.ts";

export interface TestEngine {
  readonly name: "embedded" | "postgres";
  /** Opens an empty, migrated database; the suite closes it and removes it at its end. */
  open(shardCount?: number): Promise<Database>;
}

type CleanUp = () => Promise<void>;

async function openEmbedded(cleanUps: CleanUp[], shardCount?: number): Promise<Database> {
  const database = await openEmptyEmbedded();
  cleanUps.push(() => database.close());
  await migrate(database, shardCount);
  return database;
}

async function openPostgres(cleanUps: CleanUp[], shardCount?: number): Promise<Database> {
  const place = await createTestDatabase();
  cleanUps.push(() => place.drop());
  const database = await openDatabase({ url: place.url });
  cleanUps.push(() => database.close());
  await migrate(database, shardCount);
  return database;
}

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
/** For long tests of what the engine has little part in: PostgreSQL in every run, both in a soak. */
export const enginesOfRun: readonly TestEngine["name"][] = isSoak ? ["embedded", "postgres"] : ["postgres"];

/** Declares the tests twice; `(embedded)` and `(postgres)` tell them apart in the report. */
export function describeOnBothEngines(
  name: string,
  declareTests: (engine: TestEngine) => void,
  engines: readonly TestEngine["name"][] = ["embedded", "postgres"],
): void {
  const openers = { embedded: openEmbedded, postgres: openPostgres } as const;
  for (const engine of engines) {
    describe(`${name} (${engine})`, () => {
      const cleanUps: CleanUp[] = [];
      declareTests({ name: engine, open: (shardCount) => openers[engine](cleanUps, shardCount) });
      // Last opened, first closed: a database is closed before it is dropped.
      afterAll(async () => {
        for (const cleanUp of cleanUps.toReversed()) await cleanUp();
      });
    });
  }
}
