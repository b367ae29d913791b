// Credit types: the kinds of points of a system, hosted or remote.
import { type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import type { CatalogCreditType } from "../domain/index.ts";
import { changeCatalog, type PutOutcome } from "./catalog-state.ts";
import * as queries from "./queries.ts";
import { requireSystems } from "./systems.ts";

export interface CreditTypeInput extends CatalogCreditType {
  readonly name: string;
}

export interface CreditType extends CreditTypeInput {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface CreditTypeRow {
  readonly system_id: string;
  readonly credit_type_id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

function toCreditType(row: CreditTypeRow): CreditType {
  return {
    systemId: row.system_id,
    creditTypeId: row.credit_type_id,
    name: row.name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Creates a credit type or renames it. @throws AppError system_not_found */
export async function putCreditType(
  database: Database,
  input: CreditTypeInput,
  by?: LoggedBy,
): Promise<{ creditType: CreditType; outcome: PutOutcome }> {
  const { systemId, creditTypeId, name } = input;
  return changeCatalog(database, async (transaction) => {
    await requireSystems(transaction, systemId);
    const standing = await getCreditType(transaction, systemId, creditTypeId);
    if (standing?.name === name) return { creditType: standing, outcome: "unchanged" };
    const parameters = [systemId, creditTypeId, name];
    const [row] = await transaction.query<CreditTypeRow>(queries.putCreditType, parameters);
    if (row === undefined) throw new Error(`credit type ${creditTypeId} of ${systemId} was not written`);
    const outcome = standing === undefined ? "created" : "changed";
    if (by !== undefined) {
      const change = {
        kind: "credit_type_change",
        action: outcome,
        subject: { system_id: systemId, credit_type_id: creditTypeId },
        old: standing && { name: standing.name },
        new: { name },
        sourceSystem: systemId,
      } as const;
      await logAdminChanges(transaction, by, [change]);
    }
    return { creditType: toCreditType(row), outcome };
  });
}

export async function getCreditType(
  transaction: Transaction,
  systemId: string,
  creditTypeId: string,
): Promise<CreditType | undefined> {
  const [row] = await transaction.query<CreditTypeRow>(queries.findCreditType, [systemId, creditTypeId]);
  return row === undefined ? undefined : toCreditType(row);
}

/** In code-point order of system and id. */
export async function listCreditTypes(
  transaction: Transaction,
  filter: {
    readonly systemId?: string | undefined;
    readonly limit: number;
    /** The last one of the page before. */
    readonly after?: CatalogCreditType | undefined;
  },
): Promise<CreditType[]> {
  const { systemId, after, limit } = filter;
  const parameters = [systemId ?? null, after?.systemId ?? null, after?.creditTypeId ?? null, limit];
  const rows = await transaction.query<CreditTypeRow>(queries.listCreditTypes, parameters);
  return rows.map(toCreditType);
}
