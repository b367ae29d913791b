// One PostgreSQL server for a whole test run: started before the first file, ended after the last, also after failures.
import type { TestProject } from "vitest/node";
import { startPostgresServer } from "./postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the maintenance database of the run's server; tests take their own with `createTestDatabase()`. */
    readonly DATABASE_URL: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgresServer();
  project.provide("DATABASE_URL", server.url);
  return () => server.stop();
}
