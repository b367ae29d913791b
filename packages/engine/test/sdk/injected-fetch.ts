// A fetch that reaches a test node without a listener, and may be told to fail in between.
import type { Fetch, FetchRequest } from "@pointbridge/sdk";
import type { TestNode } from "../http/test-node.ts";

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends one request into the node. Each header of the answer is text. */
export async function injectRequest(node: TestNode, url: string, request: FetchRequest): Promise<Response> {
  const { method, headers, body } = request;
  const { pathname, search } = new URL(url);
  const answer = await node.app.inject({
    method: method as "GET",
    url: `${pathname}${search}`,
    headers,
    ...(body === undefined ? {} : { payload: body }),
  });
  const answered = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
  return new Response(answer.body, { status: answer.statusCode, headers: Object.fromEntries(answered) });
}

/** A fetch that keeps what it sent. */
export function recordingFetch(fetch: Fetch): { readonly fetch: Fetch; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: (url, request) => {
      const { method, body, headers } = request;
      sent.push({ method, path: new URL(url).pathname, body, headers });
      return fetch(url, request);
    },
  };
}
