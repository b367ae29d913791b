// Opens embedded databases in memory with nothing in their tables, each in a fraction of the seconds that making one takes.
import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/database/index.ts";
import "./postgres-global-setup.ts";
import { renewDrawn } from "./template-queries.ts";

/** `migrate()` settles its shards. */
export async function openEmptyEmbedded(): Promise<Database> {
  const image = await openAsBlob(inject("EMBEDDED_IMAGE"));
  const database = await openDatabase({ dataDirectory: undefined, image });
  await renewDrawn(database);
  return database;
}
