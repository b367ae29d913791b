// Makes a test's database fail where the engine can't foresee it.
import { type Statement, statement } from "../../src/database/index.ts";

/** Once made, an operation whose id stands in `poison` can't be stored. */
export const refuseOperationAlways: readonly Statement[] = [
  statement("", "create table poison (operation_id text primary key)"),
  statement(
    "",
    `create function refuse_poison() returns trigger language plpgsql as $body$
     begin
       if exists (select from poison where operation_id = new.operation_id) then
         raise exception 'operation % is poison', new.operation_id;
       end if;
       return new;
     end $body$`,
  ),
  statement(
    "",
    "create trigger refuse_poison before insert on operations for each row execute function refuse_poison()",
  ),
];

export const refuseOperation: Statement = statement("", "insert into poison (operation_id) values ($1)");

export const recordUnknownMigration: Statement = statement(
  "",
  "insert into schema_migrations (name, sha256) values ('9999-later.sql', 'x')",
);

export const forgetUnknownMigration: Statement = statement(
  "",
  "delete from schema_migrations where name = '9999-later.sql'",
);

export const alterRecordedMigration: Statement = statement(
  "",
  "update schema_migrations set sha256 = 'x' where name = '0001-ledger.sql'",
);
