// What the tests of alerts look up beside the API.
import { type Statement, statement } from "../../src/database/index.ts";

export const readAlertRows: Statement = statement(
  "read-alert-rows",
  `select state, severity, count, data, is_untold from alerts where key = $1 order by alert_id`,
);
