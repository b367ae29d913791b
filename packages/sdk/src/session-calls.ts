// The caller itself: who it is, and a browser's session in the place of a key.
import type { Session } from "./shapes.ts";
import { type CallOptions, consoleHeader, type Transport } from "./transport.ts";

export class SessionCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Who the node takes this client for. */
  get(options?: CallOptions): Promise<Session> {
    return this.#transport.call("get", "/v1/session", {}, options);
  }

  /** Signs a browser in with this client's key. Only on a page of the node itself; the cookie is the browser's. */
  open(options?: CallOptions): Promise<Session> {
    return this.#transport.call(
      "post",
      "/v1/session",
      { headers: consoleHeader },
      { ...options, retries: 0 },
    );
  }

  /** Signs the browser out. */
  end(options?: CallOptions): Promise<Session> {
    return this.#transport.call("delete", "/v1/session", {}, options);
  }
}
