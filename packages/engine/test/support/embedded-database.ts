// Opens embedded databases with nothing in their tables, each in a fraction of the seconds that making one takes.
import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/database/index.ts";
import "./postgres-global-setup.ts";
import { renewDrawn } from "./template-queries.ts";

/** `migrate()` settles its shards. @param dataDirectory a new one; undefined keeps it in memory */
async function openCopy(dataDirectory: string | undefined): Promise<Database> {
  const image = await openAsBlob(inject("EMBEDDED_IMAGE"));
  const database = await openDatabase({ dataDirectory, image });
  await renewDrawn(database);
  return database;
}

export function openEmptyEmbedded(): Promise<Database> {
  return openCopy(undefined);
}

/** Where none is yet. */
export function openDirectory(dataDirectory: string): Promise<Database> {
  return openCopy(dataDirectory);
}
