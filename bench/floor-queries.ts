// The floor's statements: those with which the node stores a batch, as they stand in the engine's ledger and
// operations, written out here so that the floor stays where it is when the node's own change.
import { type Statement, statement } from "../packages/engine/src/database/index.ts";

/** Members of one side in the order of their user ids. */
export const readSide: Statement = statement(
  "bench-read-side",
  `select account_id, account_no, available, version
     from accounts
    where shard_id = 1 and system_id = $1
    order by user_id`,
);

/** A stripe that no lane of the node uses. */
export const openClearing: Statement = statement(
  "bench-open-clearing",
  `insert into clearing_accounts (shard_id, system_id, credit_type_id, purpose, counterparty, stripe, balance)
   values (1, $1, $2, 'clearing', $3, $4, 0)
   on conflict (shard_id, system_id, credit_type_id, purpose, counterparty, stripe)
     do update set balance = clearing_accounts.balance
   returning clearing_no`,
);

export const lockAccounts: Statement = statement(
  "bench-lock-accounts",
  `select a.account_id, a.account_no, a.available, a.frozen, a.version
     from unnest($2::text[]) as u (account_id)
    cross join lateral (
          select account_id, account_no, available, frozen, version
            from accounts
           where accounts.shard_id = $1 and accounts.account_id = u.account_id
           limit 1
             for no key update) a`,
);

export const insertOperations: Statement = statement(
  "bench-insert-operations",
  `insert into operations (shard_id, operation_id, kind, status, user_id, target_user_id, source_system,
          target_system, source_credit_type, target_credit_type, source_amount, target_amount, exchange_rate,
          rate_version, quote_id, business_code, business_id, expires_at, failure_code, data, metadata,
          principal, created_at, updated_at)
   select $1, u.operation_id, u.kind, u.status, u.user_id, u.target_user_id, u.source_system, u.target_system,
          u.source_credit_type, u.target_credit_type, u.source_amount, u.target_amount, u.exchange_rate,
          u.rate_version, u.quote_id, u.business_code, u.business_id, u.expires_at, u.failure_code,
          u.data::jsonb, u.metadata::jsonb, u.principal, $23, $23
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::integer[],
                 $15::text[], $16::text[], $17::text[], $18::timestamptz[], $19::text[], $20::text[],
                 $21::text[], $22::text[])
       as u (operation_id, kind, status, user_id, target_user_id, source_system, target_system,
             source_credit_type, target_credit_type, source_amount, target_amount, exchange_rate,
             rate_version, quote_id, business_code, business_id, expires_at, failure_code, data,
             metadata, principal)`,
);

export const insertTransfers: Statement = statement(
  "bench-insert-transfers",
  `insert into transfers (shard_id, account_no, version, clearing_no, entry, amount,
                          available_after, frozen_after, operation_id, created_at)
   select $1, u.account_no, u.version, u.clearing_no, u.entry, u.amount,
          u.available_after, u.frozen_after, u.operation_id, $10
     from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[],
                 $8::bigint[], $9::text[])
       as u (account_no, version, clearing_no, entry, amount, available_after, frozen_after, operation_id)`,
);

export const updateAccounts: Statement = statement(
  "bench-update-accounts",
  `update accounts
      set available = u.available, frozen = u.frozen, version = u.version
     from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
       as u (account_no, available, frozen, version)
    where accounts.shard_id = $1 and accounts.account_no = u.account_no`,
);

export const updateClearing: Statement = statement(
  "bench-update-clearing",
  `with locked as materialized (
     select clearing_no
       from clearing_accounts
      where shard_id = $1 and clearing_no = any ($2::bigint[])
      order by clearing_no
        for no key update
   )
   update clearing_accounts
      set balance = balance + u.change
     from unnest($2::bigint[], $3::numeric[]) as u (clearing_no, change)
     join locked on locked.clearing_no = u.clearing_no
    where clearing_accounts.shard_id = $1 and clearing_accounts.clearing_no = u.clearing_no`,
);
