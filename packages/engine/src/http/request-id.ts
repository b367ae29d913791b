// A request's id and trace: the caller's own if they are well-formed. They are in the answer, in the log, and go
// along to partners.
import type { IncomingHttpHeaders } from "node:http";
import type { TraceContext } from "../domain/index.ts";
import { newOperationId } from "../system/index.ts";

const WELL_FORMED = /^[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}$/;

export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && WELL_FORMED.test(given) ? given : newOperationId();
}

/** Version 00 of W3C trace context; another version is none that we know how to pass on. */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

export function traceOf(requestId: string, headers: IncomingHttpHeaders): TraceContext {
  const { traceparent } = headers;
  const isKnown = typeof traceparent === "string" && TRACEPARENT.test(traceparent);
  return isKnown ? { requestId, traceparent } : { requestId };
}

/** The fields of a log line that tell a request's story from another's. */
export function logFieldsOf(requestId: string, headers: IncomingHttpHeaders): Record<string, string> {
  const { traceparent } = traceOf(requestId, headers);
  const traceId = traceparent?.split("-")[1];
  return traceId === undefined ? { request_id: requestId } : { request_id: requestId, trace_id: traceId };
}
