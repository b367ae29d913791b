// Systems: whose ledger is here or at a partner's, and how the partner is reached.
import { type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import { canonicalJson } from "../domain/index.ts";
import { AppError } from "../system/index.ts";
import { changeCatalog, type PutOutcome, type WhenAbsent } from "./catalog-state.ts";
import * as queries from "./queries.ts";

export type SystemKind = "hosted" | "remote";
export type SystemStatus = "active" | "suspended";

/** What the partner protocol needs of a system; nothing here is looked at when points move. */
export interface PartnerSettings {
  /** What comes before /pxp/v1. */
  readonly baseUrl?: string | undefined;
  /** A JSON Web Key Set. */
  readonly keys?: Readonly<Record<string, unknown>> | undefined;
  /** Other systems that this one's node speaks for. */
  readonly speaksFor?: readonly string[] | undefined;
  readonly timeoutMs?: number | undefined;
  /** Calls a second to send at most. */
  readonly rateLimit?: number | undefined;
  /** What its node may begin here: all that the protocol has, or what is granted. Standard where absent. */
  readonly access?: "standard" | "granted" | undefined;
}

export interface SystemInput extends PartnerSettings {
  readonly systemId: string;
  readonly name: string;
  readonly kind: SystemKind;
  /** Active where absent. */
  readonly status?: SystemStatus | undefined;
}

export interface System extends PartnerSettings {
  readonly systemId: string;
  readonly name: string;
  readonly kind: SystemKind;
  readonly status: SystemStatus;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface StoredPartner {
  readonly base_url?: string;
  readonly keys?: Readonly<Record<string, unknown>>;
  readonly speaks_for?: readonly string[];
  readonly timeout_ms?: number;
  readonly rate_limit?: number;
  readonly access?: "standard" | "granted";
}

interface SystemRow {
  readonly system_id: string;
  readonly name: string;
  readonly kind: SystemKind;
  readonly status: SystemStatus;
  readonly partner: StoredPartner | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function toSystem(row: SystemRow): System {
  const {
    base_url: baseUrl,
    keys,
    speaks_for: speaksFor,
    timeout_ms: timeoutMs,
    rate_limit: rateLimit,
    access,
  } = row.partner ?? {};
  return {
    systemId: row.system_id,
    name: row.name,
    kind: row.kind,
    status: row.status,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(keys === undefined ? {} : { keys }),
    ...(speaksFor === undefined ? {} : { speaksFor }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(access === undefined ? {} : { access }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Null where nothing is set; members left undefined are not stored. */
function partnerText(partner: PartnerSettings): string | null {
  const { baseUrl, keys, speaksFor, timeoutMs, rateLimit, access } = partner;
  const stored = {
    base_url: baseUrl,
    keys,
    speaks_for: speaksFor,
    timeout_ms: timeoutMs,
    rate_limit: rateLimit,
    access,
  };
  const members = Object.entries(stored).filter(([, value]) => value !== undefined);
  return members.length === 0 ? null : canonicalJson(Object.fromEntries(members));
}

function withAbsent(input: SystemInput, standing: System | undefined, whenAbsent: WhenAbsent): SystemInput {
  if (whenAbsent === "default" || standing === undefined) return input;
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return { ...standing, ...Object.fromEntries(given) };
}

/** As the log shows it: keys are public halves. */
function fieldsOf(system: System): Readonly<Record<string, unknown>> {
  const { name, kind, status } = system;
  const text = partnerText(system);
  return { name, kind, status, ...(text === null ? {} : (JSON.parse(text) as StoredPartner)) };
}

async function logSystem(
  transaction: Transaction,
  by: LoggedBy,
  system: System,
  standing: System | undefined,
): Promise<void> {
  const change = {
    kind: "system_change",
    action: standing === undefined ? "created" : "changed",
    subject: { system_id: system.systemId },
    old: standing && fieldsOf(standing),
    new: fieldsOf(system),
    sourceSystem: system.systemId,
  } as const;
  await logAdminChanges(transaction, by, [change]);
}

/** What has to happen in the same transaction as a system's change, such as registering its keys. */
export type WithSystem = (
  transaction: Transaction,
  system: System,
  standing: System | undefined,
) => Promise<void>;

/**
 * Creates a system or changes it to what is given. A PUT replaces: a status left out is "active" again, a
 * base URL left out is gone. An import keeps what its file does not speak of, so that reading the same file
 * again never wakes a suspended system. Keys that are left out stay: what is revoked never comes back, so only
 * a list that was meant may revoke one.
 * @throws AppError system_kind_fixed
 */
export async function putSystem(
  database: Database,
  input: SystemInput,
  whenAbsent: WhenAbsent = "default",
  withSystem?: WithSystem,
  by?: LoggedBy,
): Promise<{ system: System; outcome: PutOutcome }> {
  return changeCatalog(database, async (transaction) => {
    const standing = await getSystem(transaction, input.systemId);
    if (standing !== undefined && standing.kind !== input.kind) {
      const detail = `system ${input.systemId} is ${standing.kind}, which can't be changed to ${input.kind}; use another id`;
      throw new AppError("system_kind_fixed", detail);
    }
    const given = withAbsent(input, standing, whenAbsent);
    const wanted = { ...given, keys: given.keys ?? standing?.keys };
    const { systemId, name, kind } = wanted;
    const status = wanted.status ?? "active";
    const partner = partnerText(wanted);
    const isSame = standing?.name === name && standing.status === status && partnerText(standing) === partner;
    if (standing !== undefined && isSame) return { system: standing, outcome: "unchanged" };
    const parameters = [systemId, name, kind, status, partner];
    const [row] = await transaction.query<SystemRow>(queries.putSystem, parameters);
    if (row === undefined) throw new Error(`system ${systemId} was not written`);
    const system = toSystem(row);
    await withSystem?.(transaction, system, standing);
    if (by !== undefined) await logSystem(transaction, by, system, standing);
    return { system, outcome: standing === undefined ? "created" : "changed" };
  });
}

export async function getSystem(transaction: Transaction, systemId: string): Promise<System | undefined> {
  const [row] = await transaction.query<SystemRow>(queries.findSystem, [systemId]);
  return row === undefined ? undefined : toSystem(row);
}

/** In code-point order of their ids. @param page after: the last id of the page before */
export async function listSystems(
  transaction: Transaction,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<System[]> {
  const rows = await transaction.query<SystemRow>(queries.listSystems, [page.after ?? null, page.limit]);
  return rows.map(toSystem);
}

/** @throws AppError system_not_found naming the first id that is not known */
export async function requireSystems(
  transaction: Transaction,
  ...systemIds: readonly string[]
): Promise<void> {
  for (const systemId of systemIds) {
    const [row] = await transaction.query(queries.findSystem, [systemId]);
    if (row === undefined) {
      throw new AppError("system_not_found", `system ${systemId} is not known; create it first`);
    }
  }
}
