// The catalog's statements. Its tables are copied to every server, so they have no shard_id.
import { advisoryLocks, type Statement, statement } from "../database/index.ts";

export const lockCatalog: Statement = statement(
  "lock-catalog",
  `select pg_advisory_xact_lock(${advisoryLocks.catalog})`,
);

export const shareCatalog: Statement = statement(
  "share-catalog",
  `select pg_advisory_xact_lock_shared(${advisoryLocks.catalog})`,
);

export const readCatalogState: Statement = statement(
  "read-catalog-state",
  "select version, clock_timestamp()::timestamptz(3) as now from catalog_state",
);

export const bumpCatalogVersion: Statement = statement(
  "bump-catalog-version",
  "update catalog_state set version = version + 1",
);

export const loadLimits: Statement = statement(
  "load-limits",
  `select limit_id, side, source_system, target_system, credit_type_id, subject, measure, value, utc_offset_minutes,
          created_at
     from limits
    order by limit_id`,
);

export const loadSystems: Statement = statement(
  "load-systems",
  "select system_id, kind, status from systems",
);

export const loadCreditTypes: Statement = statement(
  "load-credit-types",
  "select system_id, credit_type_id from credit_types",
);

export const loadLinks: Statement = statement(
  "load-links",
  "select source_system, target_system, user_mapping, auto_provision, enabled from links",
);

/**
 * In force, and set for later. A version that is superseded at a time ahead is in force until then. A batch has read
 * the time a moment before it reads this, so what has begun or ended within the last minute is told with its time.
 */
export const loadRates: Statement = statement(
  "load-rates",
  `select source_system, target_system, source_credit_type, target_credit_type, rate, rate_version,
          min_source_amount,
          case when is_set_ahead and effective_at > clock_timestamp() - interval '1 minute'
               then effective_at end as starts_at
     from rates
    where superseded_at is null or superseded_at > clock_timestamp() - interval '1 minute'`,
);

/**
 * At which partners' credits are taken beside the rate in force. Those of the last 24 hours, and a little more; where
 * another rate was agreed on, 24 hours count from when the partner is known to know. Those that are set for later,
 * from an hour before, since the partner's clock may be ahead. And those that this node has promised: the partner
 * may have them in force before it has said so.
 */
export const loadHonouredRates: Statement = statement(
  "load-honoured-rates",
  `select r.source_system, r.target_system, r.source_credit_type, r.target_credit_type, r.rate,
          r.effective_at - interval '1 hour' as honoured_from,
          case when not coalesce(a.is_untold, false)
               then greatest(r.superseded_at, a.settled_at) + interval '24 hours' end as honoured_until
     from rates r
     left join lateral (
          select bool_or(g.settled_at is null) as is_untold, max(g.settled_at) as settled_at
            from rate_agreements g
           where g.state = 'agreed' and r.superseded_at > g.agreed_at - interval '25 hours'
             and g.source_system = r.source_system and g.target_system = r.target_system
             and g.source_credit_type = r.source_credit_type
             and g.target_credit_type = r.target_credit_type
             and (g.settled_at is null or g.settled_at > clock_timestamp() - interval '25 hours')) a on true
    where r.superseded_at > clock_timestamp() - interval '25 hours'
       or (r.is_set_ahead and r.effective_at > clock_timestamp() - interval '1 minute')
       or (r.superseded_at is not null and a.is_untold is not null)
    union all
   select source_system, target_system, source_credit_type, target_credit_type, rate,
          wanted_at - interval '1 hour', null
     from rate_agreements
    where state = 'accepted'`,
);

export const findSystem: Statement = statement(
  "find-system",
  "select system_id, name, kind, status, partner, created_at, updated_at from systems where system_id = $1",
);

export const listSystems: Statement = statement(
  "list-systems",
  `select system_id, name, kind, status, partner, created_at, updated_at
     from systems
    where $1::text is null or system_id > $1
    order by system_id
    limit $2`,
);

export const putSystem: Statement = statement(
  "put-system",
  `insert into systems (system_id, name, kind, status, partner, created_at, updated_at)
   values ($1, $2, $3, $4, $5::text::jsonb, clock_timestamp(), clock_timestamp())
   on conflict (system_id) do update
     set name = excluded.name, status = excluded.status, partner = excluded.partner,
         updated_at = excluded.updated_at
   returning system_id, name, kind, status, partner, created_at, updated_at`,
);

export const findCreditType: Statement = statement(
  "find-credit-type",
  `select system_id, credit_type_id, name, created_at, updated_at
     from credit_types
    where system_id = $1 and credit_type_id = $2`,
);

export const listCreditTypes: Statement = statement(
  "list-credit-types",
  `select system_id, credit_type_id, name, created_at, updated_at
     from credit_types
    where ($1::text is null or system_id = $1)
      and ($2::text is null or (system_id, credit_type_id) > ($2, $3))
    order by system_id, credit_type_id
    limit $4`,
);

export const putCreditType: Statement = statement(
  "put-credit-type",
  `insert into credit_types (system_id, credit_type_id, name, created_at, updated_at)
   values ($1, $2, $3, clock_timestamp(), clock_timestamp())
   on conflict (system_id, credit_type_id) do update
     set name = excluded.name, updated_at = excluded.updated_at
   returning system_id, credit_type_id, name, created_at, updated_at`,
);

const LINK_COLUMNS = `source_system, target_system, user_mapping, auto_provision, enabled, allow_gaining_cycles,
          rate_change_limit_percent, rate_change_window_ms, created_at, updated_at`;

export const findLink: Statement = statement(
  "find-link",
  `select ${LINK_COLUMNS} from links where source_system = $1 and target_system = $2`,
);

export const listLinks: Statement = statement(
  "list-links",
  `select ${LINK_COLUMNS}
     from links
    where ($1::text is null or source_system = $1) and ($2::text is null or target_system = $2)
      and ($3::text is null or (source_system, target_system) > ($3, $4))
    order by source_system, target_system
    limit $5`,
);

export const putLink: Statement = statement(
  "put-link",
  `insert into links (source_system, target_system, user_mapping, auto_provision, enabled,
                      allow_gaining_cycles, rate_change_limit_percent, rate_change_window_ms, created_at,
                      updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp(), clock_timestamp())
   on conflict (source_system, target_system) do update
     set user_mapping = excluded.user_mapping, auto_provision = excluded.auto_provision,
         enabled = excluded.enabled, allow_gaining_cycles = excluded.allow_gaining_cycles,
         rate_change_limit_percent = excluded.rate_change_limit_percent,
         rate_change_window_ms = excluded.rate_change_window_ms, updated_at = excluded.updated_at
   returning ${LINK_COLUMNS}`,
);

/** One shard's loosened guards of links that wait for a second person. */
export const findWaitingLinkChanges: Statement = statement(
  "find-waiting-link-changes",
  `select operation_id, data
     from operations
    where shard_id = $1 and kind = 'link_change' and status = 'pending_approval'
      and status not in ('completed', 'captured')
      and source_system = $2 and target_system = $3 and expires_at > clock_timestamp()`,
);

export const lockLinkChange: Statement = statement(
  "lock-link-change",
  `select operation_id, status, source_system, target_system, failure_code, data, principal,
          expires_at <= clock_timestamp() as is_overdue
     from operations
    where shard_id = $1 and operation_id = $2 and kind = 'link_change'
      for no key update`,
);

export const endLinkChange: Statement = statement(
  "end-link-change",
  `update operations
      set status = $3, failure_code = $4, data = $5::text::jsonb, updated_at = clock_timestamp()
    where shard_id = $1 and operation_id = $2 and status = 'pending_approval'
   returning updated_at`,
);

/** Only while the guard is still what the change was made from; null stands for the usual one, and for no change. */
export const loosenLink: Statement = statement(
  "loosen-link",
  `update links
      set rate_change_limit_percent = coalesce($5::text, rate_change_limit_percent),
          rate_change_window_ms = coalesce($6::bigint, rate_change_window_ms),
          updated_at = clock_timestamp()
    where source_system = $1 and target_system = $2
      and ($3::text is null or coalesce(rate_change_limit_percent, $7) = $3)
      and ($4::bigint is null or coalesce(rate_change_window_ms, $8::bigint) = $4)
   returning 1 as loosened`,
);
