// The statements of the database layer itself: sessions, transactions, the state of the schema.
import { type Statement, statement } from "./database.ts";

/** The schema that holds everything of ours, so that a shared database stays tidy. */
export const SCHEMA = "pointbridge";

export const beginTransaction = "begin isolation level read committed";
export const commitTransaction = "commit";
export const rollbackTransaction = "rollback";

/**
 * How every connection is set. Plans are made for the lists at hand, since one that was kept from when the
 * tables were empty would scan them for ever; and a batch looks its rows up by key, whatever the planner
 * believes of tables that nobody has analysed yet: a hash or merge join would read them whole.
 */
export const sessionSettings: Readonly<Record<string, string>> = {
  search_path: SCHEMA,
  plan_cache_mode: "force_custom_plan",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  random_page_cost: "1.1",
};

/** The embedded engine's one connection is set by statements; a server's connections are when they start. */
export const applySessionSettings = Object.entries(sessionSettings)
  .map(([name, value]) => `set ${name} = ${value};`)
  .join(" ");

/** What a node needs to know of a server before it uses it. */
export const describeServer: Statement = statement(
  "describe-server",
  `select current_setting('server_version_num')::integer as version_number,
          current_setting('server_version') as version,
          current_setting('server_encoding') as encoding,
          pg_is_in_recovery() as is_standby,
          current_setting('transaction_read_only') = 'on' as is_read_only,
          current_database() as database_name,
          has_database_privilege(current_database(), 'CREATE')
            or exists (select from information_schema.schemata where schema_name = '${SCHEMA}') as may_create`,
);

/** One node at a time changes the schema; the others wait and then find it done. */
export const lockMigrations: Statement = statement(
  "lock-migrations",
  "select pg_advisory_xact_lock(7242701)",
);

export const createSchema = `
  create schema if not exists ${SCHEMA};
  create table if not exists ${SCHEMA}.schema_migrations (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz(3) not null default clock_timestamp()
  );`;

export const listMigrations: Statement = statement(
  "list-migrations",
  "select name, sha256 from schema_migrations order by name",
);

export const recordMigration: Statement = statement(
  "record-migration",
  "insert into schema_migrations (name, sha256) values ($1, $2)",
);

export const readSettings: Statement = statement("read-settings", "select shard_count from node_settings");

export const writeSettings: Statement = statement(
  "write-settings",
  "insert into node_settings (shard_count) values ($1) on conflict do nothing",
);

/** Whether a role is there, may be taken on by this user, and could be made by it. */
export const findRole: Statement = statement(
  "find-role",
  `select exists (select from pg_roles where rolname = $1) as is_there,
          coalesce((select pg_has_role(current_user, oid, 'MEMBER') from pg_roles where rolname = $1), false)
            as is_member,
          (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as may_create`,
);

/** Tables whose rows are written once and never again. */
const growingTables = ["audit_log", "audit_entries", "audit_nodes", "audit_checkpoints"];

/** What a running node may do. @param role a name that needs no quotes */
export function grantRole(role: string): readonly string[] {
  return [
    `grant usage on schema ${SCHEMA} to ${role}`,
    `grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${role}`,
    `grant usage on all sequences in schema ${SCHEMA} to ${role}`,
    `revoke insert, update, delete on ${SCHEMA}.schema_migrations from ${role}`,
    ...growingTables.map((table) => `revoke update, delete on ${SCHEMA}.${table} from ${role}`),
  ];
}
