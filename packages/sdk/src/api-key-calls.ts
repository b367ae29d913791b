// API keys: who may call, and as what.
import { Listing } from "./listing.ts";
import type { ApiKey, ApiKeyInput, NewApiKey, PageFilter } from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class ApiKeyCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Makes a key; `api_key` of the answer is shown nowhere else. Sent once: a repeat would make another one. Where
   * the answer was lost, list the keys and revoke the one that nobody has.
   */
  create(input: ApiKeyInput, options?: CallOptions): Promise<NewApiKey> {
    return this.#transport.call("post", "/v1/api-keys", { body: input }, { ...options, retries: 0 });
  }

  /** The newest first, revoked and expired ones too. */
  list(filter: PageFilter = {}, options?: CallOptions): Listing<ApiKey> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/api-keys", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** Ends a key for good, at once and on every node of the database. */
  revoke(apiKeyId: string, options?: CallOptions): Promise<ApiKey> {
    const path = { api_key_id: apiKeyId };
    return this.#transport.call("delete", "/v1/api-keys/{api_key_id}", { path }, options);
  }
}
