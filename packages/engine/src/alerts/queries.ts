// The statements that raise and clear alerts. They are copied to every server, so they have no shard_id.
import { type Statement, statement } from "../database/index.ts";

/** Rows of one key are taken in key order by everybody, so that two transactions never wait in a circle. */
export const raiseAlerts: Statement = statement(
  "raise-alerts",
  `insert into alerts as a (alert_id, type, severity, key, subject, data, state, count, first_seen_at,
                            last_seen_at, is_untold)
   select u.alert_id, u.type, u.severity, u.key, u.subject::jsonb, u.data::jsonb, 'open', u.count,
          clock_timestamp(), clock_timestamp(), true
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
       as u (alert_id, type, severity, key, subject, data, count)
    order by u.type collate "C", u.key collate "C"
   on conflict (type, key) where state <> 'cleared' do update
     set count = a.count + excluded.count,
         last_seen_at = excluded.last_seen_at,
         subject = excluded.subject,
         data = excluded.data,
         severity = case when array_position(array['info', 'warning', 'critical'], excluded.severity)
                            > array_position(array['info', 'warning', 'critical'], a.severity)
                         then excluded.severity else a.severity end,
         state = case when array_position(array['info', 'warning', 'critical'], excluded.severity)
                         > array_position(array['info', 'warning', 'critical'], a.severity)
                      then 'open' else a.state end,
         is_untold = a.is_untold
           or array_position(array['info', 'warning', 'critical'], excluded.severity)
                > array_position(array['info', 'warning', 'critical'], a.severity)`,
);

export const clearAlerts: Statement = statement(
  "clear-alerts",
  `with standing as (
     select a.alert_id
       from alerts a
       join unnest($1::text[], $2::text[]) as u (type, key) on a.type = u.type and a.key = u.key
      where a.state <> 'cleared'
      order by a.type collate "C", a.key collate "C"
        for update of a)
   update alerts
      set state = 'cleared', cleared_at = clock_timestamp(), is_untold = true
     from standing
    where alerts.alert_id = standing.alert_id`,
);

const COLUMNS = `alert_id, type, severity, key, state, subject, data, count, first_seen_at, last_seen_at,
  acknowledged_at, acknowledged_by, note, cleared_at`;

/** Newest first: ids grow with time. $6 is the last one of the page before. */
export const listAlerts: Statement = statement(
  "list-alerts",
  `select ${COLUMNS}
     from alerts
    where ($1::text is null or (state = $1 and ($1 = 'cleared' or state <> 'cleared')))
      and ($2::text is null or type = $2)
      and ($3::text is null or severity = $3)
      and ($4::text is null or key = $4)
      and ($5::text is null or (subject ? 'operation_id' and subject ->> 'operation_id' = $5))
      and ($6::text is null or alert_id < $6)
    order by alert_id desc
    limit $7`,
);

export const findAlert: Statement = statement(
  "find-alert",
  `select ${COLUMNS} from alerts where alert_id = $1`,
);

export const listStandingKeys: Statement = statement(
  "list-standing-alert-keys",
  `select key from alerts where type = $1 and state <> 'cleared'`,
);

export const countStanding: Statement = statement(
  "count-standing-alerts",
  `select severity, count(*) as count from alerts where state <> 'cleared' group by severity`,
);

export const acknowledgeAlert: Statement = statement(
  "acknowledge-alert",
  `update alerts
      set state = 'acknowledged', acknowledged_at = clock_timestamp(), acknowledged_by = $2, note = $3
    where alert_id = $1 and state = 'open'`,
);
