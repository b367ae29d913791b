// The role that a running node works under: it reads and writes rows, changes no tables, and can neither change nor
// remove a row of the audit log. Set when a connection begins, so a transaction costs nothing more.
//
// M4  Whoever migrates owns the tables; the running node does not. What may only grow is granted for reading and
//     inserting alone, whatever the code asks for.
import { AppError } from "../system/index.ts";
import { type Database, statement, type Transaction } from "./database.ts";
import { DatabaseError } from "./errors.ts";
import { findRole, grantRole } from "./queries.ts";

const ROLE = /^[a-z_][a-z0-9_]{0,62}$/;

/** Whether a name can stand in a statement as it is. */
export function isRoleName(name: string): boolean {
  return ROLE.test(name);
}

async function grant(transaction: Transaction, role: string): Promise<void> {
  const [found] = await transaction.query<{ is_there: boolean; is_member: boolean; may_create: boolean }>(
    findRole,
    [role],
  );
  if (found?.is_there !== true) {
    if (found?.may_create !== true) {
      throw new AppError(
        "database_unsuitable",
        `the role ${role} (POINTBRIDGE_DATABASE_ROLE) does not exist, and the database user may not create it; run "create role ${role} nologin; grant ${role} to" the user of DATABASE_URL`,
      );
    }
    await transaction.query(statement("", `create role ${role} nologin`));
  }
  if (found?.is_member !== true) await transaction.query(statement("", `grant ${role} to current_user`));
  for (const text of grantRole(role)) await transaction.query(statement("", text));
}

/**
 * Grants the role what a running node needs, and no more, on the schema as it has been migrated.
 * @param database opened as the user who owns the tables
 * @throws AppError database_unsuitable where the role can't be had
 */
export async function prepareRole(database: Database, role: string): Promise<void> {
  if (!isRoleName(role)) throw new AppError("invalid_setting", `${role} is no name of a role`);
  try {
    await database.transaction((transaction) => grant(transaction, role));
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.kind !== "fault") throw error;
    const detail = `the role ${role} (POINTBRIDGE_DATABASE_ROLE) could not be prepared: ${error.message}`;
    throw new AppError("database_unsuitable", detail, undefined, error);
  }
}
