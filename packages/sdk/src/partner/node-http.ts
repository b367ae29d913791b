// A partner as a listener of node:http: `createServer(mountOnNodeHttp(partner))`.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Partner } from "./partner.ts";

/** The body's bytes, and no more than one byte above the limit, which shows that it is too large. */
async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bytesMax) break;
  }
  return Buffer.concat(chunks).subarray(0, bytesMax + 1);
}

async function answer(partner: Partner, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body: Buffer;
  try {
    body = await readBody(request, partner.bodyBytesMax);
  } catch {
    // The caller went away in the middle of its request: there is nobody to answer, and nothing was decided.
    response.destroy();
    return;
  }
  const { method = "", url = "", headers } = request;
  const {
    status,
    headers: answered,
    body: bytes,
  } = await partner.handle({ method, path: url, headers, body });
  const isCut = body.length > partner.bodyBytesMax;
  response.writeHead(status, {
    ...answered,
    "content-length": bytes.length,
    ...(isCut ? { connection: "close" } : {}),
  });
  response.end(bytes);
}

/** A request listener. For a server that has other addresses too, give it those that hold `/pxp/v1/`. */
export function mountOnNodeHttp(
  partner: Partner,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(partner, request, response).catch((error: unknown) => {
      // Only the connection itself can have failed by now; a caller without an answer asks again.
      response.destroy(error instanceof Error ? error : undefined);
    });
  };
}
