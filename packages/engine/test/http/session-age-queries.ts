// What tests do to the console's sessions behind the node's back.
import { type Statement, statement } from "../../src/database/index.ts";

export const ageSessions: Statement = statement(
  "age-console-sessions",
  "update console_sessions set expires_at = clock_timestamp()",
);

export const readSessions: Statement = statement(
  "read-console-sessions",
  "select * from console_sessions order by session_id",
);
