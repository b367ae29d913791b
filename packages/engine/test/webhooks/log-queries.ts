// What a test does to the log of events that no call does.
import { type Statement, statement } from "../../src/database/index.ts";

/** As if all events so far had been kept long enough. */
export const sweepWholeLog: Statement = statement(
  "sweep-whole-log",
  "update change_log set swept_position = last_position",
);
