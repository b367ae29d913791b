// What the workload stands on, written by set-based SQL: members with large balances, each with the opening
// operation and the line that make them, so that the ledger verifies.
import { type Statement, statement } from "../packages/engine/src/database/index.ts";

/** $1 system, $2 credit type, $3 number of members, $4 balance. */
export const seedAccounts: Statement = statement(
  "seed-accounts",
  `insert into accounts (shard_id, account_id, system_id, user_id, credit_type_id,
                         available, frozen, version, opened_at)
   select 1, 'CS:' || encode(sha256(convert_to(concat_ws(':', u.user_id, $1::text, $2::text), 'UTF8')), 'hex'),
          $1, u.user_id, $2, $4::bigint, 0, 1, now()
     from (select 'member-' || lpad(member::text, 6, '0') as user_id
             from generate_series(0, $3::integer - 1) as member) u`,
);

export const seedOpenings: Statement = statement(
  "seed-openings",
  `insert into operations (shard_id, operation_id, kind, status, user_id, target_system, target_credit_type,
                           target_amount, principal, created_at, updated_at)
   select 1, 'opening-' || account_no, 'opening', 'completed', user_id, system_id, credit_type_id,
          available, 'bench', now(), now()
     from accounts
    where system_id = $1`,
);

export const seedIssuing: Statement = statement(
  "seed-issuing",
  `insert into clearing_accounts (shard_id, system_id, credit_type_id, purpose, counterparty, stripe, balance)
   select 1, system_id, credit_type_id, 'issuing', '', 0, -sum(available::numeric)
     from accounts
    where system_id = $1
    group by system_id, credit_type_id`,
);

export const seedLines: Statement = statement(
  "seed-lines",
  `insert into transfers (shard_id, account_no, version, clearing_no, entry, amount,
                          available_after, frozen_after, operation_id, created_at)
   select 1, a.account_no, 1, c.clearing_no, 'credit', a.available, a.available, 0,
          'opening-' || a.account_no, now()
     from accounts a
     join clearing_accounts c on c.system_id = a.system_id and c.purpose = 'issuing'
    where a.system_id = $1`,
);

/**
 * Everybody of $1 is the one user $3 of $2. The API keeps target users apart, which the table of the target's
 * side does; the exchange reads this one only.
 */
export const seedHotMappings: Statement = statement(
  "seed-hot-mappings",
  `insert into user_mappings (shard_id, source_system, target_system, source_user_id, target_user_id, updated_at)
   select 1, $1, $2, user_id, $3, now()
     from accounts
    where system_id = $1`,
);

export const settle: readonly string[] = ["vacuum (analyze)", "checkpoint"];

export const countCompletedExchanges: Statement = statement(
  "count-completed-exchanges",
  "select count(*) filter (where status = 'completed') as completed, count(*) as stored from operations where kind = 'exchange'",
);
