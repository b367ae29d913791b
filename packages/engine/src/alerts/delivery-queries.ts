// The statements of telling: which channel is to be told what, who is telling it, and what came of it. Behind the
// write path, on tables that are copied to every server.
import { type Statement, statement } from "../database/index.ts";
import { CHANNEL_COLUMNS } from "./channel-queries.ts";

/**
 * Gives what has not been told yet to the channels that want it. News of an end goes to whoever was told of the
 * beginning. A channel is never told that it fails itself. $1 is how many alerts at most.
 */
export const fanOut: Statement = statement(
  "fan-out-alerts",
  `with untold as (
     select alert_id, type, severity, state, first_seen_at, subject
       from alerts
      where is_untold
      order by alert_id
      limit $1
        for update skip locked),
   wanted as (
     select c.channel_id, u.alert_id, u.type, u.state, d.alert_id is not null as is_known
       from untold u
       join alert_channels c
         on c.is_enabled
        and not (u.type = 'alert_channel_failing' and u.subject ->> 'channel_id' = c.channel_id)
       left join alert_deliveries d
         on d.channel_id = c.channel_id and d.alert_id = u.alert_id and d.news = 'raised'
      where d.alert_id is not null
         or ((u.state <> 'cleared' or c.created_at <= u.first_seen_at)
             and (c.types is null or c.types ? u.type)
             and array_position(array['info', 'warning', 'critical'], u.severity)
                   >= array_position(array['info', 'warning', 'critical'], c.min_severity))),
   given as (
     insert into alert_deliveries as d (channel_id, alert_id, news, type, created_at)
     select w.channel_id, w.alert_id, n.news, w.type, clock_timestamp()
       from wanted w
      cross join (values ('raised'), ('cleared')) as n (news)
      where case when n.news = 'raised' then not (w.is_known and w.state = 'cleared') else w.state = 'cleared' end
     on conflict (channel_id, alert_id, news) do update
       set created_at = case when d.delivered_at is null and d.dropped_at is null
                             then d.created_at else excluded.created_at end,
           delivered_at = null, dropped_at = null)
   update alerts
      set is_untold = false
     from untold
    where alerts.alert_id = untold.alert_id
   returning alerts.alert_id`,
);

/**
 * Types that a channel may be told of now: not told of lately, and gathered for a moment ($2). One look into the
 * index for each of the types that there are ($4), however much waits.
 */
const readyTypes = `
  select k.type
    from unnest($4::text[]) as k (type)
   cross join lateral (
     select d.created_at
       from alert_deliveries d
      where d.channel_id = c.channel_id and d.type = k.type and d.delivered_at is null and d.dropped_at is null
      order by d.created_at
      limit 1) as oldest
    left join alert_throttles t on t.channel_id = c.channel_id and t.type = k.type
   where (t.told_at is null or t.told_at + c.interval_ms * interval '1 millisecond' <= clock_timestamp())
     and oldest.created_at <= clock_timestamp() - $2 * interval '1 millisecond'`;

/** Takes the channels that have something to tell and that nobody else is telling. $1 the lease, $3 its length. */
export const claimChannels: Statement = statement(
  "claim-alert-channels",
  `update alert_channels as held
      set lease_id = $1, lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     from (select c.channel_id
             from alert_channels c
            where c.is_enabled
              and c.not_before <= clock_timestamp()
              and (c.lease_until is null or c.lease_until < clock_timestamp())
              and exists (${readyTypes})
            order by c.channel_id
              for no key update of c skip locked) as free
    where held.channel_id = free.channel_id
   returning ${CHANNEL_COLUMNS.replaceAll(/\b([a-z_]+)\b/g, "held.$1")}`,
);

/** All that waits for the channel of the types that are ready becomes part of this attempt. */
export const claimDeliveries: Statement = statement(
  "claim-alert-deliveries",
  `update alert_deliveries as told
      set lease_id = $1
     from alert_channels c
    where c.channel_id = $3 and told.channel_id = $3
      and told.delivered_at is null and told.dropped_at is null
      and told.type in (${readyTypes})`,
);

/**
 * What an attempt tells, in groups of one kind of news: how many there are, and the first few of each ($3). What
 * was raised and is over before anybody was told is one piece of news.
 */
export const readAttempt: Statement = statement(
  "read-alert-attempt",
  `with told as (
     select alert_id, bool_or(news = 'raised') as is_raised, bool_or(news = 'cleared') as is_cleared
       from alert_deliveries
      where channel_id = $1 and lease_id = $2 and delivered_at is null and dropped_at is null
      group by alert_id),
   news as (
     select a.alert_id, a.type, a.severity, a.key, a.subject, a.count, a.first_seen_at, a.last_seen_at, a.cleared_at,
            case when t.is_raised and t.is_cleared then 'passed' when t.is_cleared then 'cleared' else 'raised'
            end as news
       from told t
       join alerts a on a.alert_id = t.alert_id),
   placed as (
     select news.*,
            count(*) over (partition by type, severity, news) as total,
            row_number() over (partition by type, severity, news order by alert_id) as place
       from news)
   select alert_id, type, severity, key, subject, count, first_seen_at, last_seen_at, cleared_at, news, total,
          (select encode(sha256(convert_to(string_agg(alert_id || ' ' || news, ',' order by alert_id), 'UTF8')), 'hex')
             from news) as digest
     from placed
    where place <= $3
    order by array_position(array['critical', 'warning', 'info'], severity), type, news, alert_id`,
);

export const markDelivered: Statement = statement(
  "mark-alerts-delivered",
  `update alert_deliveries
      set delivered_at = clock_timestamp()
    where channel_id = $1 and lease_id = $2 and delivered_at is null and dropped_at is null
   returning type`,
);

export const noteTold: Statement = statement(
  "note-alert-types-told",
  `insert into alert_throttles (channel_id, type, told_at)
   select $1, u.type, clock_timestamp() from unnest($2::text[]) as u (type) order by u.type
   on conflict (channel_id, type) do update set told_at = excluded.told_at`,
);

/** $2 the lease, or null where the attempt held none; $3 how long the channel rests; $4 what is not quite well. */
export const noteSuccess: Statement = statement(
  "note-alert-channel-success",
  `update alert_channels
      set failures = 0, failing_since = null, last_error = $4, last_attempt_at = clock_timestamp(),
          last_delivered_at = clock_timestamp(), message_count = message_count + 1,
          not_before = case when $2::text is null then clock_timestamp()
                            else clock_timestamp() + $3 * interval '1 millisecond' end,
          lease_id = case when $2::text is null then lease_id end,
          lease_until = case when $2::text is null then lease_until end
    where channel_id = $1 and ($2::text is null or lease_id = $2)
   returning channel_id`,
);

export const noteFailure: Statement = statement(
  "note-alert-channel-failure",
  `update alert_channels
      set failures = failures + 1, failing_since = coalesce(failing_since, clock_timestamp()), last_error = $4,
          last_attempt_at = clock_timestamp(),
          not_before = case when $2::text is null then not_before
                            else clock_timestamp() + $3 * interval '1 millisecond' end,
          lease_id = case when $2::text is null then lease_id end,
          lease_until = case when $2::text is null then lease_until end
    where channel_id = $1 and ($2::text is null or lease_id = $2)
   returning failures, failing_since`,
);

export const releaseLease: Statement = statement(
  "release-alert-channel-lease",
  `update alert_channels set lease_id = null, lease_until = null where channel_id = $1 and lease_id = $2`,
);

/** Gives up what has waited longer than $2; counted on the channel. */
export const dropOverdue: Statement = statement(
  "drop-overdue-alerts",
  `with dropped as (
     update alert_deliveries
        set dropped_at = clock_timestamp()
      where channel_id = $1 and delivered_at is null and dropped_at is null
        and created_at < clock_timestamp() - $2 * interval '1 millisecond'
     returning 1)
   update alert_channels
      set dropped_count = dropped_count + (select count(*) from dropped)
    where channel_id = $1 and exists (select from dropped)`,
);

export const countPending: Statement = statement(
  "count-pending-alerts",
  `select count(*) as count
     from alert_deliveries
    where channel_id = $1 and delivered_at is null and dropped_at is null`,
);

/** Alerts that were cleared longer ago than $1, up to $2 of them. */
export const deleteOldAlerts: Statement = statement(
  "delete-old-alerts",
  `with old as (
     select alert_id
       from alerts
      where state = 'cleared' and cleared_at < clock_timestamp() - $1 * interval '1 millisecond' and not is_untold
      order by cleared_at
      limit $2
        for update skip locked),
   told as (delete from alert_deliveries using old where alert_deliveries.alert_id = old.alert_id)
   delete from alerts using old where alerts.alert_id = old.alert_id
   returning alerts.alert_id`,
);
