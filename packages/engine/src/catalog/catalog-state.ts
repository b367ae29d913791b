// The catalog as a whole: how it changes, and how a batch reads it.
//
// C1  A change holds the catalog's lock exclusively, a batch holds it shared, both until their transaction
//     ends. So a change waits for the batches under way, and once it has answered no batch decides by what
//     was before it.
// C2  Every change makes the version grow in its own transaction; what changes nothing leaves it alone.
// C3  The lock is taken by a statement of its own: a statement sees what was committed when it began, so
//     one that waited for the lock itself would read the version of before the change that it waited for.
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import {
  Catalog,
  type CatalogLimit,
  type CatalogLink,
  type CatalogRate,
  type CatalogSystem,
  type HonouredRate,
  parseRate,
  type Rate,
} from "../domain/index.ts";
import * as queries from "./queries.ts";

/** What a PUT did. */
export type PutOutcome = "created" | "changed" | "unchanged";

/**
 * What an option that is left out means: its default, as a PUT replaces the whole; or what it is now, as an
 * import sets no more than the columns which its file has.
 */
export type WhenAbsent = "default" | "kept";

export interface CatalogState {
  readonly version: bigint;
  /** The database's clock, in milliseconds. */
  readonly now: Date;
}

/** Takes the catalog's lock shared (C1) and reads its version, in one round trip. */
export async function readCatalogState(transaction: Transaction): Promise<CatalogState> {
  const [, [state]] = await Promise.all([
    transaction.query(queries.shareCatalog),
    transaction.query<{ version: bigint; now: Date }>(queries.readCatalogState),
  ]);
  if (state === undefined) throw new Error("the catalog's state is missing from the database");
  return state;
}

/** Runs a change under the exclusive lock (C1) and counts it if it changed anything (C2). */
export async function changeCatalog<T extends { readonly outcome: PutOutcome }>(
  database: Database,
  change: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return runRetried(database, async (transaction) => {
    await transaction.query(queries.lockCatalog);
    const result = await change(transaction);
    if (result.outcome !== "unchanged") await transaction.query(queries.bumpCatalogVersion);
    return result;
  });
}

interface PairRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
  readonly rate: string;
}

interface RateRow extends PairRow {
  readonly rate_version: number;
  readonly min_source_amount: bigint;
  readonly starts_at: Date | null;
}

interface HonouredRateRow extends PairRow {
  readonly honoured_from: Date | null;
  readonly honoured_until: Date | null;
}

function readRate(text: string): Rate {
  const rate = parseRate(text);
  if (rate === undefined) throw new Error(`the stored rate ${text} can't be read`);
  return rate;
}

function pairOf(row: PairRow) {
  return {
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceCreditType: row.source_credit_type,
    targetCreditType: row.target_credit_type,
  };
}

function toCatalogRate(row: RateRow): CatalogRate {
  const { rate_version: rateVersion, min_source_amount: minSourceAmount, starts_at: startsAt } = row;
  return { ...pairOf(row), rate: readRate(row.rate), rateVersion, minSourceAmount, startsAt };
}

function toHonouredRate(row: HonouredRateRow): HonouredRate {
  const { honoured_from: from, honoured_until: until } = row;
  return { ...pairOf(row), rate: readRate(row.rate), from, until };
}

interface SystemRow {
  readonly system_id: string;
  readonly kind: CatalogSystem["kind"];
  readonly status: CatalogSystem["status"];
}

interface LinkRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly user_mapping: CatalogLink["userMapping"];
  readonly auto_provision: boolean;
  readonly enabled: boolean;
}

/** A limit as it is stored. */
export interface CatalogLimitRow {
  readonly limit_id: string;
  readonly side: CatalogLimit["side"];
  readonly source_system: string | null;
  readonly target_system: string | null;
  readonly credit_type_id: string;
  readonly subject: CatalogLimit["subject"];
  readonly measure: CatalogLimit["measure"];
  readonly value: bigint;
  readonly utc_offset_minutes: number;
  readonly created_at: Date;
}

export function toCatalogLimit(row: CatalogLimitRow): CatalogLimit {
  return {
    limitId: row.limit_id,
    side: row.side,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    creditTypeId: row.credit_type_id,
    subject: row.subject,
    measure: row.measure,
    value: row.value,
    utcOffsetMinutes: row.utc_offset_minutes,
    createdAt: row.created_at,
  };
}

/** Reads the whole catalog, taking its lock shared, so that all of it is of one version (C1). */
export async function loadCatalog(transaction: Transaction): Promise<Catalog> {
  const [state, systems, creditTypes, links, rates, honouredRates, limits] = await Promise.all([
    readCatalogState(transaction),
    transaction.query<SystemRow>(queries.loadSystems),
    transaction.query<{ system_id: string; credit_type_id: string }>(queries.loadCreditTypes),
    transaction.query<LinkRow>(queries.loadLinks),
    transaction.query<RateRow>(queries.loadRates),
    transaction.query<HonouredRateRow>(queries.loadHonouredRates),
    transaction.query<CatalogLimitRow>(queries.loadLimits),
  ]);
  return new Catalog({
    version: state.version,
    systems: systems.map((row) => ({ systemId: row.system_id, kind: row.kind, status: row.status })),
    creditTypes: creditTypes.map((row) => ({ systemId: row.system_id, creditTypeId: row.credit_type_id })),
    links: links.map((row) => ({
      sourceSystem: row.source_system,
      targetSystem: row.target_system,
      userMapping: row.user_mapping,
      autoProvision: row.auto_provision,
      enabled: row.enabled,
    })),
    rates: rates.map(toCatalogRate),
    honouredRates: honouredRates.map(toHonouredRate),
    limits: limits.map(toCatalogLimit),
  });
}
