// Answers what is not even HTTP: there is no request yet, so the answer is written to the socket by hand.
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { newOperationId } from "../system/index.ts";
import { HttpError, toProblem } from "./problem.ts";

interface ClientError extends Error {
  readonly code?: string;
}

function describe(error: ClientError): { status: number; detail: string } {
  switch (error.code) {
    case "HPE_HEADER_OVERFLOW":
      return { status: 431, detail: "the address and the headers are too long" };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { status: 408, detail: "the request did not arrive in time" };
    default:
      return { status: 400, detail: "the request is not HTTP/1.1" };
  }
}

export function answerBrokenRequest(error: ClientError, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, detail } = describe(error);
  const requestId = newOperationId();
  const problem = toProblem(new HttpError("invalid_request", detail, { status }), requestId);
  const body = JSON.stringify(problem.body);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "content-type: application/problem+json",
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      "connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}
