// The statements of legs and their hours. Neither is sharded: they are folded behind the write path.
import { type Statement, statement } from "../database/index.ts";

const LEG = `leg_no, owner, role, node_id, kind, source_system, target_system, key_version, secret, is_wrapped,
          agreed_at, frontier`;

export const findLegs: Statement = statement(
  "find-summary-legs",
  `select ${LEG}
     from summary_legs
    where owner = $1 and role = $2 and node_id = $3 and kind = $4 and source_system = $5 and target_system = $6
    order by key_version desc`,
);

export const listFoldedLegs: Statement = statement(
  "list-folded-legs",
  `select ${LEG} from summary_legs where frontier is not null order by leg_no`,
);

export const listLegs: Statement = statement(
  "list-summary-legs",
  `select ${LEG} from summary_legs order by leg_no`,
);

export const wrapLeg: Statement = statement(
  "wrap-summary-leg",
  "update summary_legs set secret = $2, is_wrapped = true where leg_no = $1",
);

export const insertLeg: Statement = statement(
  "insert-summary-leg",
  `insert into summary_legs (owner, role, node_id, kind, source_system, target_system, key_version, secret,
                             is_wrapped, agreed_at, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $1 = 'theirs' then clock_timestamp() end,
           clock_timestamp())
   on conflict do nothing`,
);

export const agreeLeg: Statement = statement(
  "agree-summary-leg",
  "update summary_legs set agreed_at = clock_timestamp() where leg_no = $1 and agreed_at is null",
);

/** What came before a secret that is used is used no more. */
export const dropOlderLegs: Statement = statement(
  "drop-older-summary-legs",
  `delete from summary_legs old
    using summary_legs used
    where used.leg_no = $1 and old.owner = used.owner and old.role = used.role and old.node_id = used.node_id
      and old.kind = used.kind and old.source_system = used.source_system
      and old.target_system = used.target_system and old.key_version < used.key_version - 1`,
);

export const lockLeg: Statement = statement(
  "lock-summary-leg",
  `select ${LEG} from summary_legs where leg_no = $1 for no key update`,
);

export const setFrontier: Statement = statement(
  "set-summary-frontier",
  "update summary_legs set frontier = $2 where leg_no = $1",
);

const HOUR = "hour, record_count, totals, digest_sum, sketch";

export const lockHours: Statement = statement(
  "lock-summary-hours",
  `select ${HOUR}
     from summary_hours
    where leg_no = $1 and hour = any ($2::timestamptz[])
    order by hour
      for no key update`,
);

export const putHour: Statement = statement(
  "put-summary-hour",
  `insert into summary_hours (leg_no, hour, record_count, totals, digest_sum, sketch, is_dirty, counted_at)
   values ($1, $2, $3, $4::text::jsonb, decode($5, 'base64'), decode($6, 'base64'), false, clock_timestamp())
   on conflict (leg_no, hour) do update
      set record_count = excluded.record_count, totals = excluded.totals, digest_sum = excluded.digest_sum,
          sketch = excluded.sketch`,
);

/** An hour that has no records has no row, and nothing of it can be taken back. */
export const markHours: Statement = statement(
  "mark-summary-hours",
  "update summary_hours set is_dirty = true where leg_no = $1 and hour = any ($2::timestamptz[]) and not is_dirty",
);

/** What it adds up to is put anew in the same transaction. */
export const emptyHour: Statement = statement(
  "empty-summary-hour",
  "delete from summary_hours where leg_no = $1 and hour = $2",
);

/** Hours of a time that have to be added up anew: marked, or last added up before $4. */
export const listStaleHours: Statement = statement(
  "list-stale-hours",
  `select hour
     from summary_hours
    where leg_no = $1 and hour >= $2 and hour < $3 and (is_dirty or counted_at < $4)
    order by hour
    limit $5`,
);

/** Hours that have rows and are not told of yet: empty, and to be added up. */
export const insertStaleHours: Statement = statement(
  "insert-stale-hours",
  `insert into summary_hours (leg_no, hour, record_count, totals, digest_sum, is_dirty, counted_at)
   select $1, u.hour, 0, '{}', decode('00000000000000000000000000000000', 'hex'), true, clock_timestamp()
     from unnest($2::timestamptz[]) as u (hour)
   on conflict do nothing`,
);

/** Hours that were not added up from their rows since they were an hour, a day and a week old. */
export const listUncheckedHours: Statement = statement(
  "list-unchecked-hours",
  `select h.leg_no, h.hour
     from summary_hours h
     join summary_legs l on l.leg_no = h.leg_no
    cross join (values (interval '2 hours'), (interval '1 day'), (interval '7 days')) as age (since)
    where h.hour + age.since < clock_timestamp() and h.counted_at < h.hour + age.since and l.frontier <= h.hour
    order by h.hour
    limit $1`,
);

/** Without sketches, which are many times the rest. */
export const readHours: Statement = statement(
  "read-summary-hours",
  `select hour, record_count, totals, digest_sum, null::bytea as sketch
     from summary_hours
    where leg_no = $1 and hour >= $2 and hour < $3 and record_count <> 0
    order by hour
    limit $4`,
);

export const readSketches: Statement = statement(
  "read-summary-sketches",
  `select ${HOUR}
     from summary_hours
    where leg_no = $1 and hour >= $2 and hour < $3 and record_count <> 0
    order by hour
    limit $4`,
);

export const dropOldSketches: Statement = statement(
  "drop-old-sketches",
  `update summary_hours
      set sketch = null
    where (leg_no, hour) in (
          select leg_no, hour
            from summary_hours
           where sketch is not null and hour < clock_timestamp() - make_interval(days => $1)
           limit $2)
   returning leg_no`,
);
