// A database whose clock is wrong, or moved on by a test: everything that the engine asks of it for the time is told
// another one.
import type { Database, Statement, Transaction } from "../../src/database/index.ts";

/** What is added to the database's own time. */
export interface ShiftedClock {
  offsetMs: number;
}

function shift({ name, text }: Statement, { offsetMs }: ShiftedClock): Statement {
  if (offsetMs === 0 || !text.includes("clock_timestamp()")) return { name, text };
  const shifted = `(clock_timestamp() + ${offsetMs} * interval '1 millisecond')`;
  return { name: `${name}${offsetMs}`, text: text.replaceAll("clock_timestamp()", shifted) };
}

export function shiftClock(database: Database, clock: ShiftedClock): Database {
  return {
    engine: database.engine,
    close: () => database.close(),
    transaction: (work) =>
      database.transaction((transaction) => {
        const shifted: Transaction = {
          query: (statement, parameters) => transaction.query(shift(statement, clock), parameters),
          send: (statement, parameters) => transaction.send(shift(statement, clock), parameters),
        };
        return work(shifted);
      }),
  };
}
