// The ledger's statements: accounts, transfers and clearing accounts. Those of the write path name one
// shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

/**
 * Locks in the order of the list, which the caller has sorted by account id: so two batches never wait for
 * each other. One look-up per id, because for a list of ids the planner likes to read the whole table.
 */
export const lockAccounts: Statement = statement(
  "lock-accounts",
  `select a.account_id, a.account_no, a.available, a.frozen, a.version
     from unnest($2::text[]) as u (account_id)
    cross join lateral (
          select account_id, account_no, available, frozen, version
            from accounts
           where accounts.shard_id = $1 and accounts.account_id = u.account_id
           limit 1
             for no key update) a`,
);

export const insertAccounts: Statement = statement(
  "insert-accounts",
  `insert into accounts (shard_id, account_id, system_id, user_id, credit_type_id,
                         available, frozen, version, opened_at)
   select $1, u.account_id, u.system_id, u.user_id, u.credit_type_id, u.available, u.frozen, u.version, $9
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[])
       as u (account_id, system_id, user_id, credit_type_id, available, frozen, version)
   returning account_id, account_no`,
);

export const openAccount: Statement = statement(
  "open-account",
  `insert into accounts (shard_id, account_id, system_id, user_id, credit_type_id,
                         available, frozen, version, opened_at)
   values ($1, $2, $3, $4, $5, 0, 0, 0, clock_timestamp())
   on conflict (shard_id, account_id) do nothing
   returning account_no, opened_at`,
);

export const updateAccounts: Statement = statement(
  "update-accounts",
  `update accounts
      set available = u.available, frozen = u.frozen, version = u.version
     from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
       as u (account_no, available, frozen, version)
    where accounts.shard_id = $1 and accounts.account_no = u.account_no`,
);

export const insertTransfers: Statement = statement(
  "insert-transfers",
  `insert into transfers (shard_id, account_no, version, clearing_no, entry, amount,
                          available_after, frozen_after, operation_id, created_at)
   select $1, u.account_no, u.version, u.clearing_no, u.entry, u.amount,
          u.available_after, u.frozen_after, u.operation_id, $10
     from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[],
                 $8::bigint[], $9::text[])
       as u (account_no, version, clearing_no, entry, amount, available_after, frozen_after, operation_id)`,
);

export const insertClearing: Statement = statement(
  "insert-clearing",
  `insert into clearing_accounts (shard_id, system_id, credit_type_id, purpose, counterparty, stripe, balance)
   values ($1, $2, $3, $4, $5, $6, 0)
   on conflict (shard_id, system_id, credit_type_id, purpose, counterparty, stripe) do nothing`,
);

export const findClearing: Statement = statement(
  "find-clearing",
  `select clearing_no
     from clearing_accounts
    where shard_id = $1 and system_id = $2 and credit_type_id = $3 and purpose = $4 and counterparty = $5
      and stripe = $6`,
);

/** Locks in number order first: an update that joins a list takes its rows in any order. */
export const updateClearing: Statement = statement(
  "update-clearing",
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

export const findOpenedAccount: Statement = statement(
  "find-opened-account",
  `select shard_id, account_id, account_no, system_id, user_id, credit_type_id, available, frozen
     from accounts
    where shard_id = $1 and account_id = $2`,
);

/** By its public id alone, which does not tell the shard: asks all of them. */
export const findAccount: Statement = statement(
  "find-account",
  `select shard_id, account_id, account_no, system_id, user_id, credit_type_id, available, frozen
     from accounts
    where account_id = $1 and shard_id = any ($2::integer[])`,
);

/** One shard's accounts, in code-point order of system, user and credit type. */
export const listAccounts: Statement = statement(
  "list-accounts",
  `select shard_id, account_id, account_no, system_id, user_id, credit_type_id, available, frozen
     from accounts
    where shard_id = $1
      and ($2::text is null or system_id = $2) and ($3::text is null or user_id = $3)
      and ($4::text is null or (system_id, user_id, credit_type_id) > ($4, $5::text, $6::text))
    order by system_id, user_id, credit_type_id
    limit $7`,
);

/** An account's lines, newest first. */
export const listEntries: Statement = statement(
  "list-entries",
  `select version, entry, amount, available_after, frozen_after, operation_id, created_at
     from transfers
    where shard_id = $1 and account_no = $2 and ($3::bigint is null or version < $3)
    order by version desc
    limit $4`,
);

/** Lines by account and number, with whose account it is. Of number 0 the account alone, opened without a line. */
export const findLines: Statement = statement(
  "find-lines",
  `select u.account_no, u.version, a.account_id, a.system_id, a.user_id, a.credit_type_id, a.opened_at,
          t.entry, t.amount, t.available_after, t.frozen_after, t.operation_id
     from unnest($2::bigint[], $3::bigint[]) as u (account_no, version)
    cross join lateral (
          select account_id, system_id, user_id, credit_type_id, opened_at
            from accounts
           where accounts.shard_id = $1 and accounts.account_no = u.account_no
           limit 1) a
     left join lateral (
          select entry, amount, available_after, frozen_after, operation_id
            from transfers
           where transfers.shard_id = $1 and transfers.account_no = u.account_no
             and transfers.version = u.version
           limit 1) t on true`,
);
