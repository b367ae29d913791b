// Watches keys that are about to expire: an alert until each is revoked or its time is up.
import { clearAlerts, listStandingKeys, raiseAlerts } from "../alerts/index.ts";
import { type Database, runRetried } from "../database/index.ts";
import type { Log } from "../system/index.ts";
import type { ApiKeyRow } from "./api-key.ts";
import * as queries from "./queries.ts";

const LOOK_INTERVAL_MS = 3_600_000;
const FIRST_LOOK_MS = 10_000;
/** How long before its end a key is told of. */
const NOTICE_DAYS = 14;
const KEYS_MAX = 1_000;

export class ExpiryWatch {
  readonly #database: Database;
  readonly #log: Log;
  readonly #timers: NodeJS.Timeout[] = [];
  #looking: Promise<void> = Promise.resolve();

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  start(): void {
    const look = () => {
      this.#looking = this.#looking.then(async () => {
        try {
          await this.look();
        } catch (error) {
          this.#log.warn(
            { err: error },
            "keys that expire could not be looked up; the next look tries again",
          );
        }
      });
    };
    this.#timers.push(setTimeout(look, FIRST_LOOK_MS).unref(), setInterval(look, LOOK_INTERVAL_MS).unref());
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#looking;
  }

  async look(): Promise<void> {
    await runRetried(this.#database, async (transaction) => {
      const rows = await transaction.query<ApiKeyRow>(queries.listExpiring, [NOTICE_DAYS, KEYS_MAX]);
      const expiring = new Set(rows.map((row) => row.api_key_id));
      const standing = await listStandingKeys(transaction, "key_expiring");
      const fresh = rows.filter((row) => !standing.includes(row.api_key_id));
      await raiseAlerts(
        transaction,
        fresh.map((row) => ({
          type: "key_expiring",
          key: row.api_key_id,
          subject: { api_key_id: row.api_key_id, principal: row.principal },
          data: { name: row.name, role: row.role, expires_at: row.expires_at?.toISOString() ?? null },
        })),
      );
      const over = standing.filter((key) => !expiring.has(key));
      await clearAlerts(
        transaction,
        over.map((key) => ({ type: "key_expiring", key })),
      );
    });
  }
}
