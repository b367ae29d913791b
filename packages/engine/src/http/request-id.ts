// A request's id: the caller's own if it is well-formed, else a new one. It is in the answer and in the log.
import type { IncomingHttpHeaders } from "node:http";
import { newOperationId } from "../system/index.ts";

const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}$/;

export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && WELL_FORMED.test(given) ? given : newOperationId();
}
