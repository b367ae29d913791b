// Opens empty embedded databases in memory, each in a fraction of the seconds that making one takes.
import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/database/index.ts";
import "./postgres-global-setup.ts";

export async function openEmptyEmbedded(): Promise<Database> {
  return openDatabase({ dataDirectory: undefined, image: await openAsBlob(inject("EMBEDDED_IMAGE")) });
}
