// The statements that search the log. Each names one shard_id by equality, as $1, and reads one index back from
// its end, once per probe, up to the page's limit. What else is asked for is looked at row by row on the way.
import { type Statement, statement } from "../database/index.ts";

export const COLUMNS = `operation_id, kind, status, user_id, target_user_id, source_system, target_system,
  source_credit_type, target_credit_type, source_amount, target_amount, exchange_rate, rate_version,
  quote_id, business_code, business_id, expires_at, failure_code, data, metadata, principal,
  initiated_at, due_at, waiting_on, created_at, updated_at`;

/**
 * For the transaction's rest: an index is read in its order, even where the planner knows nothing of the table,
 * as on the embedded engine, and would rather sort all of it. What is forbidden is priced so high that the server
 * would compile each statement first, which takes far longer than running it.
 */
export const preferIndexOrder: Statement = statement(
  "prefer-index-order",
  `select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true),
          set_config('jit', 'off', true)`,
);

/** The bound of the page before is said twice, since the indexes know the time only. */
const FILTERS = `($5::text[] is null or kind = any ($5))
             and ($6::text[] is null or status = any ($6))
             and ($7::boolean is null
                  or (status = 'needs_attention'
                      or coalesce((data #>> '{crossing,attempts}')::integer, 0) > 0) = $7)
             and ($8::text is null or user_id = $8)
             and ($9::text is null or source_system = $9)
             and ($10::text is null or target_system = $10)
             and ($11::timestamptz is null or created_at >= $11)
             and ($12::timestamptz is null or created_at < $12)
             and ($13::timestamptz is null or created_at <= $13)
             and ($13::timestamptz is null or (created_at, operation_id) < ($13, $14::text))
             and ($15::text is null or business_code = $15)
             and ($16::text is null or business_id = $16)`;

/** @param match how an index's columns equal a probe: a kind ($2), and two names ($3, $4) */
function search(name: string, match: string): Statement {
  return statement(
    name,
    `select o.*
     from unnest($2::text[]) as k (kind)
    cross join unnest($3::text[], $4::text[]) as n (first, second)
    cross join lateral (
          select ${COLUMNS}
            from operations
           where operations.shard_id = $1
             and ${match}
             and ${FILTERS}
           order by operations.created_at desc, operations.operation_id desc
           limit $17) o
    order by o.created_at desc, o.operation_id desc
    limit $17`,
  );
}

/** The kind as the index has it, which no other search says so (O5). */
export const searchByKind: Statement = search(
  "search-operations-by-kind",
  "coalesce(operations.kind, '') = k.kind",
);

export const searchNotDone: Statement = search(
  "search-operations-not-done",
  `operations.kind = k.kind and operations.status = n.first
             and operations.status not in ('completed', 'captured')`,
);

export const searchBySystems: Statement = search(
  "search-operations-by-systems",
  `operations.kind = k.kind
             and coalesce(operations.source_system, '') = n.first
             and coalesce(operations.target_system, '') = n.second`,
);

export const searchByUser: Statement = search("search-operations-by-user", "operations.user_id = n.first");

export const searchByBusiness: Statement = search(
  "search-operations-by-business",
  "operations.business_code = n.first and operations.business_id = n.second",
);

/** The systems that come with the given one, one look into the index for each; '' stands for none. */
function otherSystems(name: string, known: string, wanted: string): Statement {
  return statement(
    name,
    `with recursive found as (
       (select ${wanted} as name
          from operations
         where shard_id = $1 and ${known}
         order by ${wanted}
         limit 1)
       union all
       select (select ${wanted}
                 from operations
                where shard_id = $1 and ${known} and ${wanted} > found.name
                order by ${wanted}
                limit 1)
         from found
        where found.name is not null)
     select name from found where name is not null`,
  );
}

export const targetsOfSource: Statement = otherSystems(
  "targets-of-source",
  "coalesce(source_system, '') = $2",
  "coalesce(target_system, '')",
);

/** Every source there is: the index leads with it. */
export const allSources: Statement = otherSystems("all-sources", "true", "coalesce(source_system, '')");
