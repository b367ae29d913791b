// The node's log: one JSON object a line on standard error, so that standard output stays the command's own.
import { type Logger, pino } from "pino";

export type Log = Logger;

export type LogLevel = "silent" | "fatal" | "error" | "warn" | "info" | "debug";

export function createLog(level: LogLevel): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
