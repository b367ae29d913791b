// The statements that list a pair's exchanges for reconciliation. Each names one shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";
import { COLUMNS } from "./log-queries.ts";

/** One shard's exchanges of a pair by the time they were made, from the one before ($6, $7) on. */
export const listPairExchanges: Statement = statement(
  "list-pair-exchanges",
  `select ${COLUMNS}
     from operations
    where shard_id = $1
      and coalesce(source_system, '') = $2 and coalesce(target_system, '') = $3 and kind = 'exchange'
      and created_at >= $4 and created_at < $5
      and ($6::timestamptz is null or (created_at, operation_id) > ($6, $7::text collate "C"))
      and ($8::timestamptz is null or (created_at, operation_id) <= ($8, $9::text collate "C"))
    order by created_at, operation_id
    limit $10`,
);
