// Opens whichever engine the settings name.
import type { Database } from "./database.ts";
import { EmbeddedDatabase } from "./embedded.ts";
import { PostgresDatabase } from "./postgres.ts";

export type DatabaseSettings =
  | {
      readonly url: string;
      readonly connectionsMax?: number;
      /** What every connection works as; the user's own rights where absent. See `prepareRole`. */
      readonly role?: string | undefined;
      /** A statement that takes longer is given up; its transaction is undone. */
      readonly statementTimeoutMs?: number;
    }
  | {
      /** Undefined keeps the database in memory. */
      readonly dataDirectory: string | undefined;
      /** What a new database begins with instead of nothing. */
      readonly image?: Blob;
    };

export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if ("url" in settings) {
    const statementTimeoutMs = settings.statementTimeoutMs ?? 60_000;
    return new PostgresDatabase({
      url: settings.url,
      connectionsMax: settings.connectionsMax ?? 16,
      statementTimeoutMs,
      role: settings.role,
      // A lock is waited for less long than a statement may take, so that the wait is what gets reported.
      lockTimeoutMs: Math.ceil(statementTimeoutMs / 2),
    });
  }
  return EmbeddedDatabase.open(settings.dataDirectory, settings.image);
}
