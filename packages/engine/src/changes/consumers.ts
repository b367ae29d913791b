// Who follows the log within the node, and how far each has come. Nothing is swept before all of them have passed it.
//
// C7  A consumer that stores what it makes of changes and its position in one transaction, under its row's lock,
//     makes it once, however many nodes run it and whenever they are killed.
import type { Transaction } from "../database/index.ts";
import * as queries from "./queries.ts";

/**
 * Takes a consumer's turn until the transaction ends and answers how far it has come; undefined where it is not
 * registered. Then `listChanges` from there, store what comes of it, `moveConsumer` (C7).
 */
export async function lockConsumer(transaction: Transaction, name: string): Promise<bigint | undefined> {
  const [row] = await transaction.query<{ position: bigint }>(queries.lockConsumer, [name]);
  return row?.position;
}

/** Stores how far a consumer has come; registers it where it is new. */
export async function moveConsumer(transaction: Transaction, name: string, position: bigint): Promise<void> {
  await transaction.query(queries.putConsumer, [name, position]);
}

/** Registers a consumer from where the log stands now, and answers that; one that is registered stays where it is. */
export async function registerConsumer(transaction: Transaction, name: string): Promise<bigint> {
  await transaction.query(queries.registerConsumer, [name]);
  const position = await lockConsumer(transaction, name);
  if (position === undefined) throw new Error(`the consumer ${name} was removed while it was registered`);
  return position;
}

/** Nothing is kept for it any more. */
export async function removeConsumer(transaction: Transaction, name: string): Promise<void> {
  await transaction.query(queries.removeConsumer, [name]);
}
