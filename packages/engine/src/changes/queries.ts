// The statements of the log of changes. The one that writes it names one shard_id by equality, as $1, and so do the
// others; the log's own row and its consumers are reference data.
import { type Statement, statement } from "../database/index.ts";

export const insertChange: Statement = statement(
  "insert-change",
  "insert into changes (shard_id, at, items, notes) values ($1, $2, $3, $4::text::jsonb)",
);

export const hasUnplaced: Statement = statement(
  "has-unplaced-changes",
  "select exists (select from changes where shard_id = $1 and position is null) as found",
);

/** A statement of its own: what follows sees all that was placed by whoever had the lock before. */
export const lockLog: Statement = statement(
  "lock-change-log",
  "select log_id, last_position, swept_position from change_log for no key update",
);

export const readLog: Statement = statement(
  "read-change-log",
  "select log_id, last_position, swept_position from change_log",
);

/** Gives the oldest changes that are visible the positions after $2, at most $3; answers how many that were. */
export const placeChanges: Statement = statement(
  "place-changes",
  `with unplaced as (
     select change_id, row_number() over (order by change_id) as place
       from (select change_id
               from changes
              where shard_id = $1 and position is null
              order by change_id
              limit $3) oldest
   ), placed as (
     update changes
        set position = $2 + unplaced.place
       from unplaced
      where changes.shard_id = $1 and changes.change_id = unplaced.change_id and changes.position is null
     returning 1 as done
   )
   select count(*)::integer as placed_count from placed`,
);

export const moveLog: Statement = statement("move-change-log", "update change_log set last_position = $1");

/** One shard's changes in ($2, $3], in order. */
export const listChanges: Statement = statement(
  "list-changes",
  `select position, at, items, notes
     from changes
    where shard_id = $1 and position > $2 and position <= $3
    order by position
    limit $4`,
);

export const putConsumer: Statement = statement(
  "put-change-consumer",
  `insert into change_consumers (name, position, updated_at)
   values ($1, $2, clock_timestamp())
   on conflict (name) do update set position = excluded.position, updated_at = excluded.updated_at`,
);

/** One that is registered stays where it is. */
export const registerConsumer: Statement = statement(
  "register-change-consumer",
  `insert into change_consumers (name, position, updated_at)
   select $1, last_position, clock_timestamp() from change_log
   on conflict (name) do nothing`,
);

export const lockConsumer: Statement = statement(
  "lock-change-consumer",
  "select position from change_consumers where name = $1 for update",
);

export const removeConsumer: Statement = statement(
  "remove-change-consumer",
  "delete from change_consumers where name = $1",
);

export const slowestConsumer: Statement = statement(
  "slowest-change-consumer",
  "select name, position, updated_at from change_consumers order by position limit 1",
);

/** Whether the oldest change without a position is older than $2 milliseconds. */
export const hasOldUnplaced: Statement = statement(
  "has-old-unplaced-changes",
  `select exists (select
                    from (select at
                            from changes
                           where shard_id = $1 and position is null
                           order by change_id
                           limit 1) oldest
                   where oldest.at < clock_timestamp() - $2::bigint * interval '1 millisecond') as found`,
);

/** The positions in ($2, $2 + $3] that are of a change older than $4 milliseconds. */
export const listOldPositions: Statement = statement(
  "list-old-change-positions",
  `select position
     from changes
    where shard_id = $1 and position > $2 and position <= $2 + $3
      and at < clock_timestamp() - $4::bigint * interval '1 millisecond'
    order by position`,
);

export const deleteChanges: Statement = statement(
  "delete-changes",
  "delete from changes where shard_id = $1 and position > $2 and position <= $3",
);

export const moveSwept: Statement = statement(
  "move-swept-changes",
  "update change_log set swept_position = $1",
);
