// The directory: which key is in force, asked at every request.
//
// A5  A request is judged by a look-up that began after the request came. So a key that was revoked, or whose
//     time is up, is refused by every node on the database from the moment that the DELETE has answered.
// A6  Requests that come together share one look-up, so their number does not grow with the load. What can't
//     be a key of ours is refused without one.
import { timingSafeEqual } from "node:crypto";
import { type Database, runRetried, textArray } from "../database/index.ts";
import { Gatherer } from "../system/index.ts";
import { type ApiKey, type ApiKeyRow, digestOfKey, looksLikeKey, toApiKey } from "./api-key.ts";
import * as queries from "./queries.ts";

interface FoundRow extends ApiKeyRow {
  readonly digest: string;
}

export class ApiKeyDirectory {
  readonly #database: Database;
  readonly #lookUps: Gatherer<string, ApiKey | undefined>;

  constructor(database: Database) {
    this.#database = database;
    this.#lookUps = new Gatherer((digests) => this.#findAll(digests));
  }

  async #findAll(digests: readonly string[]): Promise<(ApiKey | undefined)[]> {
    const rows = await runRetried(this.#database, (transaction) =>
      transaction.query<FoundRow>(queries.findInForce, [textArray(new Set(digests))]),
    );
    return digests.map((digest) => {
      const row = rows.find((found) => timingSafeEqual(Buffer.from(found.digest), Buffer.from(digest)));
      return row === undefined ? undefined : toApiKey(row);
    });
  }

  /** The key that is in force now (A5); undefined where there is none. */
  async find(key: string): Promise<ApiKey | undefined> {
    return looksLikeKey(key) ? this.#lookUps.submit(digestOfKey(key)) : undefined;
  }
}
