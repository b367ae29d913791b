// The registry: which book is in force, and what is learned of a partner's keys and of what it takes of ours.
//
// R1  `current` answers a book of at least the catalog's version at the time of asking, so that what was put on
//     one instance is in force at once on every other.
// R2  A book is read whole under the catalog's shared lock, and only when the version has grown.
// R3  A key is proven by the first message that verifies with it; from then on it is `active`.
import { changeCatalog } from "../catalog/index.ts";
import { type Database, runRetried } from "../database/index.ts";
import { Gatherer, type MasterKey } from "../system/index.ts";
import { loadPartnerBook, type PartnerBook } from "./partner-book.ts";
import * as queries from "./queries.ts";

export class PartnerRegistry {
  readonly #database: Database;
  readonly #masterKey: MasterKey | undefined;
  readonly #proven = new Set<string>();
  readonly #versions: Gatherer<undefined, bigint>;
  readonly #loads: Gatherer<bigint, PartnerBook>;
  #book: PartnerBook | undefined;

  constructor(database: Database, masterKey: MasterKey | undefined) {
    this.#database = database;
    this.#masterKey = masterKey;
    this.#versions = new Gatherer(async (items) => {
      const version = await this.#readVersion();
      return items.map(() => version);
    });
    this.#loads = new Gatherer(async (versions) => {
      const book = await this.#load(versions);
      return versions.map(() => book);
    });
  }

  async #readVersion(): Promise<bigint> {
    const [row] = await runRetried(this.#database, (transaction) =>
      transaction.query<{ version: bigint }>(queries.readCatalogVersion),
    );
    if (row === undefined) throw new Error("the catalog's state is missing from the database");
    return row.version;
  }

  /** Those who waited for the same load find it done. */
  async #load(versions: readonly bigint[]): Promise<PartnerBook> {
    const standing = this.#book;
    if (standing !== undefined && versions.every((version) => version <= standing.version)) return standing;
    const book = await runRetried(this.#database, (transaction) =>
      loadPartnerBook(transaction, this.#masterKey),
    );
    this.#book = book;
    return book;
  }

  /** The book of this version or a later one; without asking the database where it is at hand (R2). */
  async atVersion(version: bigint): Promise<PartnerBook> {
    const book = this.#book;
    return book !== undefined && book.version >= version ? book : this.#loads.submit(version);
  }

  /** The book in force (R1). */
  async current(): Promise<PartnerBook> {
    return this.atVersion(await this.#versions.submit(undefined));
  }

  /** The book that was read last, however old; for what is judged again by a newer one before it counts. */
  async latest(): Promise<PartnerBook> {
    return this.#book ?? this.current();
  }

  /** Notes that a message verified with this key (R3). */
  async noteProven(book: PartnerBook, keyId: string): Promise<void> {
    if (book.findKey(keyId)?.state !== "pending" || this.#proven.has(keyId)) return;
    await runRetried(this.#database, (transaction) => transaction.query(queries.activatePartnerKey, [keyId]));
    this.#proven.add(keyId);
  }

  /** Notes which of our keys a partner took; only a rotation makes that worth knowing. */
  async noteAccepted(book: PartnerBook, nodeId: string, keyId: string): Promise<void> {
    if (book.nodeKeys.length === 1 || book.acceptedKeyOf(nodeId) === keyId) return;
    await changeCatalog(this.#database, async (transaction) => {
      const written = await transaction.query(queries.setAcceptedKey, [nodeId, keyId]);
      return { outcome: written.length === 0 ? "unchanged" : "changed" };
    });
  }
}
