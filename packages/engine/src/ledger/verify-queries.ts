// What must hold of the whole ledger, each as a query for the rows that break it. Read-only, over all shards.
import { type Statement, statement } from "../database/index.ts";

/** One picture of the whole ledger, however long it takes to look at it. */
export const useSnapshot: Statement = statement(
  "",
  "set transaction isolation level repeatable read, read only",
);

/** Reads whole tables, for as long as it takes: set for this transaction only, unlike what batches need. */
export const planForWholeTables: Statement = statement(
  "plan-for-whole-tables",
  `select set_config('statement_timeout', '0', true), set_config('enable_hashjoin', 'on', true),
          set_config('enable_mergejoin', 'on', true)`,
);

export const countRows: Statement = statement(
  "count-rows",
  `select (select count(*) from accounts) as accounts,
          (select count(*) from transfers) as transfers,
          (select count(*) from operations) as operations`,
);

/** Lines are numbered 1, 2, 3 … and each balance is the one before, moved by the line's entry. */
export const findBrokenLines: Statement = statement(
  "find-broken-lines",
  `select a.account_id, t.version, t.entry, t.amount, t.available_after, t.frozen_after
     from (select t.*, row_number() over line as expected_version,
                  lag(t.available_after, 1, 0::bigint) over line as available_before,
                  lag(t.frozen_after, 1, 0::bigint) over line as frozen_before
             from transfers t
           window line as (partition by t.shard_id, t.account_no order by t.version)) t
     left join accounts a on a.shard_id = t.shard_id and a.account_no = t.account_no
    where a.account_no is null
       or t.version <> t.expected_version
       or t.available_after::numeric <> t.available_before::numeric + case t.entry
            when 'credit' then t.amount when 'debit' then -t.amount::numeric
            when 'hold' then -t.amount::numeric when 'release' then t.amount else 0 end
       or t.frozen_after::numeric <> t.frozen_before::numeric + case t.entry
            when 'hold' then t.amount when 'capture' then -t.amount::numeric
            when 'release' then -t.amount::numeric else 0 end
    limit $1`,
);

/** An account's row says what its last line says. */
export const findWrongBalances: Statement = statement(
  "find-wrong-balances",
  `select a.account_id, a.available, a.frozen, a.version,
          coalesce(t.available_after, 0) as available_by_lines, coalesce(t.frozen_after, 0) as frozen_by_lines,
          coalesce(t.version, 0) as version_by_lines
     from accounts a
     left join (select distinct on (shard_id, account_no) shard_id, account_no, version, available_after, frozen_after
                  from transfers
                 order by shard_id, account_no, version desc) t
       on t.shard_id = a.shard_id and t.account_no = a.account_no
    where a.available <> coalesce(t.available_after, 0) or a.frozen <> coalesce(t.frozen_after, 0)
       or a.version <> coalesce(t.version, 0)
    limit $1`,
);

/** A clearing account's balance is the sum of what was moved to and from it. */
export const findWrongClearing: Statement = statement(
  "find-wrong-clearing",
  `select c.clearing_no, c.system_id, c.credit_type_id, c.purpose, c.counterparty, c.stripe, c.balance,
          coalesce(t.balance, 0) as balance_by_lines
     from clearing_accounts c
     full join (select shard_id, clearing_no,
                       sum(case entry when 'credit' then -amount::numeric
                                      when 'debit' then amount when 'capture' then amount else 0 end) as balance
                  from transfers
                 group by shard_id, clearing_no) t
       on t.shard_id = c.shard_id and t.clearing_no = c.clearing_no
    where c.balance is distinct from coalesce(t.balance, 0)
    limit $1`,
);

/** What members have and what clearing accounts have adds up to nothing, for every credit type. */
export const findUnbalancedTypes: Statement = statement(
  "find-unbalanced-types",
  `select system_id, credit_type_id, sum(balance) as difference
     from (select system_id, credit_type_id, sum(available::numeric + frozen) as balance
             from accounts group by system_id, credit_type_id
           union all
           select system_id, credit_type_id, sum(balance)
             from clearing_accounts group by system_id, credit_type_id) sides
    group by system_id, credit_type_id
   having sum(balance) <> 0
    limit $1`,
);

/**
 * Every operation's state is told by its lines, in the accounts and amounts of its body; no line is without
 * an operation. Lines are compared as sorted texts: no operation makes two of one entry.
 */
export const findUntoldOperations: Statement = statement(
  "find-untold-operations",
  `with told as (
     select t.operation_id,
            array_agg(concat_ws(' ', t.entry, t.amount, a.system_id, a.credit_type_id, a.user_id)
                      order by t.entry collate "C") as lines
       from transfers t
       left join accounts a on a.shard_id = t.shard_id and a.account_no = t.account_no
      group by t.operation_id
   ), expected as (
     select operation_id, kind, status, data,
            data -> 'crossing' ->> 'state' as crossing,
            data #>> '{crossing,writeOff,approvedBy}' as written_off_by,
            data -> 'crossing' ->> 'source' = 'hosted' as is_source_here,
            data -> 'crossing' ->> 'target' = 'hosted' as is_target_here,
            concat_ws(' ', source_amount, source_system, source_credit_type, user_id) as source,
            concat_ws(' ', target_amount, target_system, target_credit_type,
                      coalesce(target_user_id, user_id)) as target,
            concat_ws(' ', source_system, source_credit_type, user_id) as holder,
            coalesce((data ->> 'captured_amount')::bigint, 0) as captured,
            source_amount, target_amount, user_id
       from operations
   ), judged as (
     select operation_id, kind, status,
            case
              when user_id is null then null
              when crossing = 'failed' and written_off_by is not null
                then array['capture ' || source, 'credit ' || source, 'hold ' || source]
              when crossing is not null then nullif(array_remove(array[
                case when crossing = 'completed' and is_source_here then 'capture ' || source end,
                case when crossing in ('completed', 'capturing') and is_target_here
                  then 'credit ' || target end,
                case when is_source_here then 'hold ' || source end,
                case when crossing = 'failed' and is_source_here then 'release ' || source end
              ], null), array[]::text[])
              when status = 'failed' then null
              when kind = 'partner_credit' and status = 'completed' then array['credit ' || target]
              when kind = 'partner_credit' and status = 'rolled_back'
                then array['credit ' || target, 'debit ' || target]
              when kind = 'partner_hold' and status = 'held' then array['hold ' || source]
              when kind = 'partner_hold' and status = 'captured'
                then array['capture ' || source, 'hold ' || source]
              when kind = 'partner_hold' and status = 'released'
                then array['hold ' || source, 'release ' || source]
              when kind = 'exchange' and status = 'completed'
                then array['credit ' || target, 'debit ' || source]
              when kind = 'adjustment' and status = 'completed'
                then array[case when target_amount is null then 'debit ' || source else 'credit ' || target end]
              when kind = 'opening' and target_amount = 0 then null
              when kind in ('credit', 'opening') and status = 'completed' then array['credit ' || target]
              when kind = 'credit' and status = 'rolled_back' then array['credit ' || target, 'debit ' || target]
              when kind = 'debit' and status = 'completed' then array['debit ' || source]
              when kind = 'debit' and status = 'rolled_back' then array['credit ' || source, 'debit ' || source]
              when kind = 'hold' and status = 'held' then array['hold ' || source]
              when kind = 'hold' and status in ('released', 'expired')
                then array['hold ' || source, 'release ' || source]
              when kind = 'hold' and status = 'captured' and captured = source_amount
                then array['capture ' || source, 'hold ' || source]
              when kind = 'hold' and status = 'captured'
                then array['capture ' || concat_ws(' ', captured, holder), 'hold ' || source,
                           'release ' || concat_ws(' ', source_amount - captured, holder)]
            end as lines
       from expected
   )
   select coalesce(judged.operation_id, told.operation_id) as operation_id, judged.kind, judged.status,
          judged.lines as expected_lines, told.lines
     from judged
     full join told on told.operation_id = judged.operation_id
    where judged.operation_id is null or judged.lines is distinct from told.lines
    limit $1`,
);

/** What the target of an exchange got, or was to get, is the source's amount times the rate, rounded down. */
export const findWrongConversions: Statement = statement(
  "find-wrong-conversions",
  `select operation_id, source_amount, exchange_rate, target_amount
     from operations
    where kind = 'exchange' and status in ('completed', 'processing', 'needs_attention')
      and floor(source_amount::numeric * exchange_rate::numeric) is distinct from target_amount
    limit $1`,
);

/** A row that was adjusted comes to what it was made with and what its adjustments moved, each in its direction. */
export const findWrongAdjustments: Statement = statement(
  "find-wrong-adjustments",
  `with made as (
     select data #>> '{adjusts,operation_id}' as operation_id,
            sum(coalesce(target_amount, -source_amount)::numeric) as to_member,
            sum((data #>> '{adjusts,to}')::numeric - (data #>> '{adjusts,from}')::numeric) as difference
       from operations
      where kind = 'adjustment' and status = 'completed'
      group by 1
   ), adjusted as (
     select operation_id, kind, (data #>> '{adjusted,amount}')::numeric as amount,
            case when kind = 'partner_credit' then target_amount else source_amount end as made_with
       from operations
      where data ? 'adjusted'
   )
   select coalesce(adjusted.operation_id, made.operation_id) as operation_id, adjusted.made_with,
          adjusted.amount, made.difference, made.to_member
     from adjusted
     full join made on made.operation_id = adjusted.operation_id
    where adjusted.amount is distinct from adjusted.made_with + made.difference
       or made.to_member is distinct from
          case when adjusted.kind = 'partner_credit' then made.difference else -made.difference end
    limit $1`,
);
