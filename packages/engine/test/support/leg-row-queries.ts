// Rows of a leg by the thousand, written past the ledger: what two nodes would have after as many exchanges.
import { type Database, type Parameter, type Statement, statement } from "../../src/database/index.ts";

export interface PlantedRows {
  readonly startTime: string;
  /** Milliseconds from one row to the next. */
  readonly stepMs: number;
  readonly count: number;
  /** The first row's number; 0 where unsaid. */
  readonly from?: number;
  /** What ids begin with. */
  readonly prefix: string;
}

const COLUMNS = `(shard_id, operation_id, kind, status, user_id, target_user_id, source_system, target_system,
       source_credit_type, target_credit_type, source_amount, target_amount, exchange_rate, rate_version, principal,
       initiated_at, created_at, updated_at)`;
const TIME = "$2::timestamptz + number * $3::integer * interval '1 millisecond'";
const NUMBERS = "from generate_series($5::integer, $5::integer + $4::integer - 1) as number";

const exchanges: Statement = statement(
  "",
  `insert into operations ${COLUMNS}
   select 1, $1 || lpad(number::text, 9, '0'), 'exchange', 'completed', 'u' || number % 1000, 'u' || number % 1000,
          'shop', 'airline', 'coin', 'mile', 100 + number % 900, 29 + number % 400, '0.29', 1, 'planted', null,
          ${TIME}, ${TIME} + interval '1 second'
     ${NUMBERS}`,
);

const credits: Statement = statement(
  "",
  `insert into operations ${COLUMNS}
   select 1, 'pxp/credit/shop/airline/' || $1 || lpad(number::text, 9, '0'), 'partner_credit', 'completed',
          'u' || number % 1000, null, 'shop', 'airline', 'coin', 'mile', 100 + number % 900, 29 + number % 400, '0.29',
          null, 'partner shop', ${TIME}, ${TIME} + interval '700 milliseconds', ${TIME} + interval '700 milliseconds'
     ${NUMBERS}`,
);

function run(database: Database, text: Statement, parameters: readonly Parameter[]): Promise<unknown> {
  return database.transaction((transaction) => transaction.query(text, parameters));
}

function plant(database: Database, text: Statement, rows: PlantedRows): Promise<unknown> {
  return run(database, text, [rows.prefix, rows.startTime, rows.stepMs, rows.count, rows.from ?? 0]);
}

/** Completed exchanges from shop's coins to airline's miles, as their hub has them. */
export function plantExchanges(database: Database, rows: PlantedRows): Promise<unknown> {
  return plant(database, exchanges, rows);
}

/** The credits of the same exchanges, as airline's node has them. */
export function plantCredits(database: Database, rows: PlantedRows): Promise<unknown> {
  return plant(database, credits, rows);
}

/** The number-th planted row, on whichever side. */
export function plantedId(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(9, "0")}`;
}

const OF_ID = "where operation_id = any (array[$1, 'pxp/credit/shop/airline/' || $1])";
export const dropRow: Statement = statement("", `delete from operations ${OF_ID}`);
export const raiseAmount: Statement = statement(
  "",
  `update operations set target_amount = target_amount + 1 ${OF_ID}`,
);
export const changeUser: Statement = statement(
  "",
  `update operations set user_id = 'u-other', target_user_id = 'u-other' ${OF_ID}`,
);
export const changeRate: Statement = statement("", `update operations set exchange_rate = '0.3' ${OF_ID}`);
export const copyRow: Statement = statement(
  "",
  `insert into operations ${COLUMNS}
   select shard_id, operation_id || $2, kind, status, user_id, target_user_id, source_system, target_system,
          source_credit_type, target_credit_type, source_amount, target_amount, exchange_rate, rate_version, principal,
          initiated_at, created_at, updated_at
     from operations ${OF_ID}`,
);

export function alterRow(
  database: Database,
  alteration: Statement,
  ...parameters: string[]
): Promise<unknown> {
  return run(database, alteration, parameters);
}

const HOURS = `select coalesce(json_agg(json_build_object('hour', hour, 'count', record_count::integer,
          'digest', encode(digest_sum, 'hex'), 'sketch', encode(sketch, 'hex'), 'totals', totals) order by hour), '[]')::text
          as hours
     from summary_hours
     join summary_legs using (leg_no)
    where record_count <> 0 and role = $1`;

/** What is kept of a role's hours, as text to compare. */
export async function readHours(database: Database, role: "hub" | "callee"): Promise<string> {
  const [row] = await database.transaction((transaction) =>
    transaction.query<{ hours: string }>(statement("", HOURS), [role]),
  );
  return row?.hours ?? "";
}
