// Grants as people give and take them.
//
// H5  A grant that is given or taken is in the log, in the transaction that stores it.
// H6  It holds on every node for what is asked after the answer: a principal's grants are read with its key, at every
//     request; a partner's are a part of the catalog, whose version is read with every call's nonce.
import { type AdminChange, type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import { changeCatalog } from "../catalog/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import type { Action, HeldGrant } from "./authority.ts";
import * as queries from "./queries.ts";

export interface GrantInput extends HeldGrant {
  readonly grantId: string;
  readonly appliesTo: "principal" | "partner";
  /** A principal's name, or a system of the partner. */
  readonly subject: string;
  readonly expiresAt: Date | null;
}

export interface Grant extends GrantInput {
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface GrantRow {
  readonly grant_id: string;
  readonly applies_to: Grant["appliesTo"];
  readonly subject: string;
  readonly action: Action;
  readonly system_id: string | null;
  readonly source_system: string | null;
  readonly target_system: string | null;
  readonly max_amount: bigint | null;
  readonly expires_at: Date | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function toGrant(row: GrantRow): Grant {
  return {
    grantId: row.grant_id,
    appliesTo: row.applies_to,
    subject: row.subject,
    action: row.action,
    systemId: row.system_id,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    amountMax: row.max_amount,
    expiresAt: row.expires_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

type Fields = Readonly<Record<string, string | null>>;

function fieldsOf(grant: GrantInput): Fields {
  return {
    applies_to: grant.appliesTo,
    applies_to_id: grant.subject,
    granted_action: grant.action,
    system_id: grant.systemId,
    source_system: grant.sourceSystem,
    target_system: grant.targetSystem,
    max_amount: grant.amountMax === null ? null : String(grant.amountMax),
    expires_at: grant.expiresAt?.toISOString() ?? null,
  };
}

function changeOf(
  action: AdminChange["action"],
  old: GrantInput | undefined,
  present: GrantInput | undefined,
): AdminChange {
  const grant = present ?? old;
  return {
    kind: "grant_change",
    action,
    subject: { grant_id: grant?.grantId },
    old: old && fieldsOf(old),
    new: present && fieldsOf(present),
  };
}

/** Gives a grant, or makes it what is given (H5, H6). */
export async function putGrant(
  database: Database,
  input: GrantInput,
  by: LoggedBy,
): Promise<{ readonly grant: Grant; readonly isNew: boolean }> {
  const { grant, outcome } = await changeCatalog(database, async (transaction) => {
    const standing = await findGrant(transaction, input.grantId);
    const wanted = fieldsOf(input);
    const present = standing && fieldsOf(standing);
    if (standing !== undefined && Object.keys(wanted).every((name) => wanted[name] === present?.[name])) {
      return { grant: standing, outcome: "unchanged" as const };
    }
    const [row] = await transaction.query<GrantRow>(queries.putGrant, [
      input.grantId,
      input.appliesTo,
      input.subject,
      input.action,
      input.systemId,
      input.sourceSystem,
      input.targetSystem,
      input.amountMax,
      input.expiresAt,
      by.origin.principal,
    ]);
    if (row === undefined) throw new Error(`the grant ${input.grantId} was not written`);
    const made = standing === undefined ? ("created" as const) : ("changed" as const);
    await logAdminChanges(transaction, by, [changeOf(made, standing, input)]);
    return { grant: toGrant(row), outcome: made };
  });
  return { grant, isNew: outcome === "created" };
}

/** Takes a grant away. @returns as it was; undefined where there is none */
export async function takeGrant(
  database: Database,
  grantId: string,
  by: LoggedBy,
): Promise<Grant | undefined> {
  const { grant } = await changeCatalog(database, async (transaction) => {
    const [row] = await transaction.query<GrantRow>(queries.deleteGrant, [grantId]);
    if (row === undefined) return { grant: undefined, outcome: "unchanged" as const };
    const taken = toGrant(row);
    await logAdminChanges(transaction, by, [changeOf("removed", taken, undefined)]);
    return { grant: taken, outcome: "changed" as const };
  });
  return grant;
}

export async function findGrant(transaction: Transaction, grantId: string): Promise<Grant | undefined> {
  const [row] = await transaction.query<GrantRow>(queries.findGrant, [grantId]);
  return row === undefined ? undefined : toGrant(row);
}

/** In the order of their ids; those that have expired too. */
export async function listGrants(
  transaction: Transaction,
  filter: {
    readonly appliesTo?: Grant["appliesTo"] | undefined;
    readonly subject?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<Grant[]> {
  const { appliesTo = null, subject = null, after = null, limit } = filter;
  const rows = await transaction.query<GrantRow>(queries.listGrants, [appliesTo, subject, after, limit]);
  return rows.map(toGrant);
}

/** Of all partners; what has expired is for whoever holds it to leave out. */
export async function loadPartnerGrants(transaction: Transaction): Promise<Grant[]> {
  const rows = await transaction.query<GrantRow>(queries.loadPartnerGrants);
  return rows.map(toGrant);
}
