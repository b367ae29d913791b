// A pxp/1 partner in one file: both parts, target and source, on Node's own SQLite through the partner kit of the SDK.
// The kit does what the protocol asks; this file is the store that it works on. README.md says how to run it.
//
// What the store has to keep to, whatever you replace it by:
//   S1  Everything that gets `tx` is one transaction: the row, its movement and its refusal are there together or not.
//   S2  A row is one under its unique key, for ever; inserting it where it is taken does nothing and says so.
//   S3  Two calls on one id take turns. SQLite has one writer at a time; elsewhere it is the lock on the row.
//   S4  A nonce is taken by one atomic insert, in a table that all instances share.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import {
  createPartner,
  generateSigningKey,
  mountOnNodeHttp,
  type PartnerKey,
  type PartnerRow,
  type PartnerStore,
  type PointsMovement,
  type PrivateJwk,
  type ProvisionedUser,
  type PublicJwk,
  type RatePair,
  type RowKey,
  type RowQuery,
  registerNodes,
  toSigningKey,
  type UsersCall,
} from "@pointbridge/sdk/partner";

// --- Settings, all from the environment -----------------------------------------------------------------------------

const env = process.env;
const host = env["PARTNER_HOST"] ?? "127.0.0.1";
const port = Number(env["PARTNER_PORT"] ?? "4200");
/** The address agreed with the nodes: what comes before /pxp/v1. They sign it; never take it from a Host header. */
const baseUrl = env["PARTNER_BASE_URL"] ?? `http://${host}:${port}`;
const databaseFile = env["PARTNER_DATABASE"] ?? "partner.db";
const keyFile = env["PARTNER_KEY"] ?? "partner-key.json";
/** The systems whose accounts stand here, and the credit types of each. */
const systems = readSetting<Record<string, string[]>>("PARTNER_SYSTEMS", { club: ["star"] });
/** Each node that may call: the systems that it speaks for, and files with its keys, as its GET /v1/keys gives them. */
const callers = readSetting<Record<string, { systems: string[]; keys: string; revoked?: string }>>(
  "PARTNER_CALLERS",
  {},
);
const rates = readSetting<AgreedRate[]>("PARTNER_RATES", []);
/** Points that one account may be credited in a UTC day; 0: no limit. */
const dailyLimit = BigInt(env["PARTNER_DAILY_LIMIT"] ?? "0");
/** `known`: members only (added by `member`, or provisioned by a node). `any`: every user id. */
const members = env["PARTNER_MEMBERS"] ?? "known";
const pointsMax = 2n ** 63n - 1n;

interface AgreedRate {
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
  readonly rate: string;
}

function readSetting<T>(name: string, otherwise: T): T {
  const text = env[name];
  if (text === undefined) return otherwise;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`${name} is no JSON`, { cause: error });
  }
}

// --- The ledger -----------------------------------------------------------------------------------------------------

const schema = `
create table if not exists members (
  system text not null, user_id text not null, source_system text, source_user_id text, profile text not null,
  primary key (system, user_id), unique (system, source_system, source_user_id)
) strict;
create table if not exists accounts (
  system text not null, user_id text not null, credit_type_id text not null,
  available integer not null check (available >= 0), held integer not null check (held >= 0),
  primary key (system, user_id, credit_type_id)
) strict;
-- S2: the protocol's table. A fence has no user, type or amount: the call that made it names none.
create table if not exists pxp_rows (
  calling_node text not null, system text not null, kind text not null, operation_id text not null,
  state text not null, source_system text not null, target_system text not null,
  user_id text, credit_type_id text, amount integer, initiated_at text not null,
  completed_at text, transaction_id text, refusal_code text,
  primary key (calling_node, system, kind, operation_id)
) strict;
create index if not exists pxp_rows_by_time on pxp_rows (calling_node, system, kind, initiated_at, operation_id);
create table if not exists rates (
  source_system text not null, target_system text not null, source_credit_type text not null,
  target_credit_type text not null, rate text not null, since text not null, until text
) strict;
`;

/** In a file of their own, which isn't synced: a replay after a crash of the machine still finds its row. */
const nonceSchema = `
create table if not exists nonces (
  calling_node text not null, nonce text not null, keep_until text not null, primary key (calling_node, nonce)
) strict;
`;

// biome-ignore format: two lines read better than fourteen
const rowFields = ["callingNode", "system", "kind", "operationId", "state", "sourceSystem", "targetSystem", "userId",
  "creditTypeId", "amount", "initiatedAt", "completedAt", "transactionId", "refusalCode"] as const;
const columns = rowFields.map((field) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const selectRows = `select ${columns.map((column, at) => `${column} as ${rowFields[at]}`).join(", ")} from pxp_rows`;
const keyIs = "calling_node = ? and system = ? and kind = ? and operation_id = ?";
const pairIs =
  "source_system = ? and target_system = ? and source_credit_type = ? and target_credit_type = ?";

/** A rate as a whole number of 10^-18, so that rates compare exactly. */
function scaleRate(rate: string): bigint {
  const [whole = "", fraction = ""] = rate.split(".");
  return BigInt(whole + fraction.padEnd(18, "0"));
}

class SqliteStore implements PartnerStore<DatabaseSync> {
  readonly database = new DatabaseSync(databaseFile, { readBigInts: true, timeout: 10_000 });
  readonly #nonces = new DatabaseSync(`${databaseFile}-nonces`, { timeout: 10_000 });
  #last: Promise<unknown> = Promise.resolve();

  constructor() {
    this.database.exec(`pragma journal_mode = wal; pragma synchronous = full; ${schema}`);
    this.#nonces.exec(`pragma journal_mode = wal; pragma synchronous = off; ${nonceSchema}`);
  }

  #all<T>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.database.prepare(sql).all(...values) as T[];
  }

  /** How many rows it changed. */
  #run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.database.prepare(sql).run(...values).changes);
  }

  /** S1, S3: one after another, since there is one connection; other processes wait for the file's lock. */
  transaction<T>(work: (tx: DatabaseSync) => Promise<T>): Promise<T> {
    const done = this.#last.then(async () => {
      this.database.exec("begin immediate");
      try {
        const result = await work(this.database);
        this.database.exec("commit");
        return result;
      } catch (error) {
        if (this.database.isTransaction) this.database.exec("rollback");
        throw error;
      }
    });
    // Whoever comes next waits for the end, whichever it is; the error is told to whoever asked.
    this.#last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  insertRow(_tx: DatabaseSync, row: PartnerRow): boolean {
    const places = columns.map(() => "?").join(", ");
    const sql = `insert into pxp_rows (${columns.join(", ")}) values (${places}) on conflict do nothing`;
    return this.#run(sql, ...rowFields.map((field) => row[field])) === 1;
  }

  lockRow(_tx: DatabaseSync, { callingNode, system, kind, operationId }: RowKey): PartnerRow | undefined {
    const sql = `${selectRows} where ${keyIs}`;
    return this.#all<PartnerRow>(sql, callingNode, system, kind, operationId)[0];
  }

  updateRow(_tx: DatabaseSync, row: PartnerRow): void {
    const { state, completedAt, transactionId, refusalCode, callingNode, system, kind, operationId } = row;
    const sql = `update pxp_rows set state = ?, completed_at = ?, transaction_id = ?, refusal_code = ? where ${keyIs}`;
    this.#run(sql, state, completedAt, transactionId, refusalCode, callingNode, system, kind, operationId);
  }

  /** Your rules for a new id. The first code that applies is kept under the id for good. */
  judge(_tx: DatabaseSync, movement: PointsMovement): string | undefined {
    const { system, kind, userId, creditTypeId, amount } = movement;
    if (systems[system]?.includes(creditTypeId) !== true) return "credit_type_not_found";
    const isKnown =
      this.#all("select 1 from members where system = ? and user_id = ?", system, userId).length > 0;
    if (members === "known" && !isKnown) return "user_not_found";
    if (kind === "hold") return undefined;
    if (this.balanceOf(system, userId, creditTypeId) + amount > pointsMax) return "amount_too_large";
    if (dailyLimit > 0n && this.#creditedToday(movement) + amount > dailyLimit) return "limit_exceeded";
    return undefined;
  }

  #creditedToday({ system, userId, creditTypeId }: PointsMovement): bigint {
    const today = `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;
    const sql = `select amount from pxp_rows where kind = 'credit' and system = ? and user_id = ?
      and credit_type_id = ? and state in ('completed', 'sealed') and completed_at >= ?`;
    const rows = this.#all<{ amount: bigint }>(sql, system, userId, creditTypeId, today);
    return rows.reduce((sum, row) => sum + row.amount, 0n);
  }

  findHighestRate(_tx: DatabaseSync, pair: RatePair, since: Date): string | undefined {
    const { sourceSystem, targetSystem, sourceCreditType, targetCreditType } = pair;
    const sql = `select rate from rates where ${pairIs} and (until is null or until > ?)`;
    const values = [sourceSystem, targetSystem, sourceCreditType, targetCreditType, since.toISOString()];
    const found = this.#all<{ rate: string }>(sql, ...values).map(({ rate }) => rate);
    return found.toSorted((left, right) => (scaleRate(left) < scaleRate(right) ? 1 : -1))[0];
  }

  /** Changes both balances of an account; false, and nothing done, where one would fall below 0. */
  move(account: readonly [string, string, string], available: bigint, held: bigint): boolean {
    this.#run("insert into accounts values (?, ?, ?, 0, 0) on conflict do nothing", ...account);
    const sql = `update accounts set available = available + ?, held = held + ?
      where system = ? and user_id = ? and credit_type_id = ? and available >= ? and held >= ?`;
    return this.#run(sql, available, held, ...account, -available, -held) === 1;
  }

  #movePoints({ system, userId, creditTypeId }: PointsMovement, available: bigint, held: bigint): void {
    if (this.move([system, userId, creditTypeId], available, held)) return;
    throw new Error(
      `the account of ${userId} can't move ${available} and ${held}: it is not as its rows say`,
    );
  }

  addPoints(_tx: DatabaseSync, movement: PointsMovement): void {
    this.#movePoints(movement, movement.amount, 0n);
  }

  takePoints(_tx: DatabaseSync, { system, userId, creditTypeId, amount }: PointsMovement): boolean {
    return this.move([system, userId, creditTypeId], -amount, 0n);
  }

  holdPoints(_tx: DatabaseSync, { system, userId, creditTypeId, amount }: PointsMovement): boolean {
    return this.move([system, userId, creditTypeId], -amount, amount);
  }

  captureHold(_tx: DatabaseSync, movement: PointsMovement): void {
    this.#movePoints(movement, 0n, -movement.amount);
  }

  releaseHold(_tx: DatabaseSync, movement: PointsMovement): void {
    this.#movePoints(movement, movement.amount, -movement.amount);
  }

  /** Idempotent on who the user is at the source, never on an e-mail address: two people may share one. */
  provisionUser(_tx: DatabaseSync, call: UsersCall): ProvisionedUser {
    const source = [call.target_system, call.source_system, call.source_user_id] as const;
    const sql = "select user_id from members where system = ? and source_system = ? and source_user_id = ?";
    const known = this.#all<{ user_id: string }>(sql, ...source)[0];
    if (known !== undefined) return { userId: known.user_id, created: false };
    const userId = `m-${crypto.randomUUID()}`;
    const [system, sourceSystem, sourceUserId] = source;
    this.addMember(system, userId, sourceSystem, sourceUserId, JSON.stringify(call.profile));
    return { userId, created: true };
  }

  addMember(
    system: string,
    userId: string,
    source: string | null,
    sourceUser: string | null,
    profile: string,
  ): void {
    const sql = "insert into members values (?, ?, ?, ?, ?) on conflict (system, user_id) do nothing";
    this.#run(sql, system, userId, source, sourceUser, profile);
  }

  listRows(_tx: DatabaseSync, query: RowQuery): PartnerRow[] {
    const counterparty = query.kind === "credit" ? "source_system" : "target_system";
    const sql = `${selectRows} where calling_node = ? and system = ? and kind = ? and ${counterparty} = ?
        and initiated_at >= ? and initiated_at < ? and (initiated_at, operation_id) > (?, ?)
      order by initiated_at, operation_id limit ?`;
    const { callingNode, system, kind, startTime, endTime, after, limit } = query;
    const window = [
      query.counterparty,
      startTime,
      endTime,
      after?.initiatedAt ?? "",
      after?.operationId ?? "",
    ];
    return this.#all(sql, callingNode, system, kind, ...window, limit);
  }

  /** S4. It stands outside of transactions: what was replayed stays refused, whatever becomes of the call. */
  takeNonce(callingNode: string, nonce: string, keepUntil: Date): boolean {
    this.#nonces.prepare("delete from nonces where keep_until < ?").run(new Date().toISOString());
    const insert = this.#nonces.prepare("insert into nonces values (?, ?, ?) on conflict do nothing");
    return insert.run(callingNode, nonce, keepUntil.toISOString()).changes === 1;
  }

  close(): void {
    this.database.close();
    this.#nonces.close();
  }

  balanceOf(...account: readonly [system: string, userId: string, creditTypeId: string]): bigint {
    const sql = "select available from accounts where system = ? and user_id = ? and credit_type_id = ?";
    return this.#all<{ available: bigint }>(sql, ...account)[0]?.available ?? 0n;
  }

  /** What was in force until now stays good for 24 hours; `findHighestRate` sees to it. */
  agreeRates(): void {
    const now = new Date().toISOString();
    this.#run("update rates set until = ? where until is null", now);
    for (const rate of rates) {
      const pair = [rate.source_system, rate.target_system, rate.source_credit_type, rate.target_credit_type];
      this.#run("insert into rates values (?, ?, ?, ?, ?, ?, null)", ...pair, rate.rate, now);
    }
  }
}

// --- Keys -----------------------------------------------------------------------------------------------------------

function readKeys(file: string | undefined): PublicJwk[] {
  if (file === undefined) return [];
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly keys: PublicJwk[] }).keys;
}

/** Read anew each time, so that a partner's new key needs no restart. */
async function findKey(keyId: string): Promise<PartnerKey | undefined> {
  const nodes = Object.entries(callers).map(([nodeId, { systems: speaksFor, keys, revoked }]) => {
    return { nodeId, speaksFor, keys: readKeys(keys), revokedKeys: readKeys(revoked) };
  });
  return await registerNodes(nodes)(keyId);
}

// --- Commands -------------------------------------------------------------------------------------------------------

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function readOwnKey(): PrivateJwk {
  return JSON.parse(readFileSync(keyFile, "utf8")) as PrivateJwk;
}

/** Makes the database and a key, takes the rates over, and prints the public half of the key. */
function setUp(store: SqliteStore): void {
  if (!existsSync(keyFile)) {
    writeFileSync(keyFile, JSON.stringify(generateSigningKey().privateJwk), { mode: 0o600 });
  }
  store.agreeRates();
  const { d: _, ...publicJwk } = readOwnKey();
  say(JSON.stringify({ keys: [publicJwk] }));
}

function serve(store: SqliteStore): void {
  const partner = createPartner({
    baseUrl,
    systems: Object.keys(systems),
    signingKey: toSigningKey(readOwnKey()),
    findKey,
    store,
  });
  const server = createServer(mountOnNodeHttp(partner));
  server.listen(port, host, () => {
    const address = server.address();
    const listening = typeof address === "object" && address !== null ? address.port : port;
    say(`ready http://${host}:${listening}`);
  });
  const stop = () => server.close(() => store.close());
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** Gives points to a member or, with an amount below 0, spends them: what your own shop would do. */
function give(store: SqliteStore, account: readonly [string, string, string], amount: bigint): void {
  if (!store.move(account, amount, 0n))
    throw new Error(`there are only ${store.balanceOf(...account)} to spend`);
  say(String(store.balanceOf(...account)));
}

function main([
  command = "",
  system = "",
  userId = "",
  creditTypeId = "",
  amount = "0",
]: readonly string[]): void {
  const store = new SqliteStore();
  if (command === "serve") {
    serve(store);
    return;
  }
  const account = [system, userId, creditTypeId] as const;
  if (command === "setup") setUp(store);
  else if (command === "member") store.addMember(system, userId, null, null, "{}");
  else if (command === "give") give(store, account, BigInt(amount));
  else if (command === "spend") give(store, account, -BigInt(amount));
  else if (command === "balance") say(String(store.balanceOf(...account)));
  else
    throw new Error(
      "usage: partner.ts setup | serve | member SYSTEM USER | give|spend SYSTEM USER TYPE AMOUNT | balance SYSTEM USER TYPE",
    );
  store.close();
}

main(process.argv.slice(2));
