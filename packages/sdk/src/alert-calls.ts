// Alerts: what somebody should be told, and where it is told.
import { Listing } from "./listing.ts";
import type {
  Acknowledgement,
  Alert,
  AlertChannel,
  AlertChannelInput,
  AlertChannelTest,
  AlertFilter,
  PageFilter,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class AlertCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get(alertId: string, options?: CallOptions): Promise<Alert> {
    return this.#transport.call("get", "/v1/alerts/{alert_id}", { path: { alert_id: alertId } }, options);
  }

  /** Newest first; read on page by page as they are looped over. */
  list(filter: AlertFilter = {}, options?: CallOptions): Listing<Alert> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/alerts", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** Says that somebody looks after it; settles nothing. */
  acknowledge(alertId: string, input: Acknowledgement = {}, options?: CallOptions): Promise<Alert> {
    const parts = { path: { alert_id: alertId }, body: input };
    return this.#transport.call("post", "/v1/alerts/{alert_id}/acknowledge", parts, options);
  }
}

export class AlertChannelCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Makes or changes a channel. What is left out of the secrets stays, as long as the address does. */
  put(channelId: string, input: AlertChannelInput, options?: CallOptions): Promise<AlertChannel> {
    const parts = { path: { channel_id: channelId }, body: input };
    return this.#transport.call("put", "/v1/alert-channels/{channel_id}", parts, options);
  }

  get(channelId: string, options?: CallOptions): Promise<AlertChannel> {
    const path = { channel_id: channelId };
    return this.#transport.call("get", "/v1/alert-channels/{channel_id}", { path }, options);
  }

  /** By id. */
  list(filter: PageFilter = {}, options?: CallOptions): Listing<AlertChannel> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/alert-channels", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  delete(channelId: string, options?: CallOptions): Promise<AlertChannel> {
    const path = { channel_id: channelId };
    return this.#transport.call("delete", "/v1/alert-channels/{channel_id}", { path }, options);
  }

  /** Sends a test message now. Sent once: a repeat would tell it twice. */
  test(channelId: string, options?: CallOptions): Promise<AlertChannelTest> {
    const path = { channel_id: channelId };
    return this.#transport.call(
      "post",
      "/v1/alert-channels/{channel_id}/test",
      { path },
      { ...options, retries: 0 },
    );
  }
}
