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

export const loadRates: Statement = statement(
  "load-rates",
  `select source_system, target_system, source_credit_type, target_credit_type, rate, rate_version,
          min_source_amount
     from rates
    where superseded_at is null`,
);

/** What partners may still have been quoted; a little more than the 24 hours for which it counts. */
export const loadPastRates: Statement = statement(
  "load-past-rates",
  `select source_system, target_system, source_credit_type, target_credit_type, rate, rate_version,
          min_source_amount, superseded_at
     from rates
    where superseded_at > clock_timestamp() - interval '25 hours'`,
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

export const findLink: Statement = statement(
  "find-link",
  `select source_system, target_system, user_mapping, auto_provision, enabled, allow_gaining_cycles,
          created_at, updated_at
     from links
    where source_system = $1 and target_system = $2`,
);

export const listLinks: Statement = statement(
  "list-links",
  `select source_system, target_system, user_mapping, auto_provision, enabled, allow_gaining_cycles,
          created_at, updated_at
     from links
    where ($1::text is null or source_system = $1) and ($2::text is null or target_system = $2)
      and ($3::text is null or (source_system, target_system) > ($3, $4))
    order by source_system, target_system
    limit $5`,
);

export const putLink: Statement = statement(
  "put-link",
  `insert into links (source_system, target_system, user_mapping, auto_provision, enabled,
                      allow_gaining_cycles, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, clock_timestamp(), clock_timestamp())
   on conflict (source_system, target_system) do update
     set user_mapping = excluded.user_mapping, auto_provision = excluded.auto_provision,
         enabled = excluded.enabled, allow_gaining_cycles = excluded.allow_gaining_cycles,
         updated_at = excluded.updated_at
   returning source_system, target_system, user_mapping, auto_provision, enabled, allow_gaining_cycles,
             created_at, updated_at`,
);
