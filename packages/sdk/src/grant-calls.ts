// Calls about grants: who may do what beside what a role says.
import { Listing } from "./listing.ts";
import type { Grant, GrantFilter, GrantInput } from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class GrantCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Gives a grant, or makes it what is given. */
  put(grantId: string, input: GrantInput, options?: CallOptions): Promise<Grant> {
    const call = { path: { grant_id: grantId }, body: input };
    return this.#transport.call("put", "/v1/grants/{grant_id}", call, options);
  }

  get(grantId: string, options?: CallOptions): Promise<Grant> {
    return this.#transport.call("get", "/v1/grants/{grant_id}", { path: { grant_id: grantId } }, options);
  }

  list(filter: GrantFilter = {}, options?: CallOptions): Listing<Grant> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/grants", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** Takes a grant away, on every node from the answer on. */
  take(grantId: string, options?: CallOptions): Promise<Grant> {
    return this.#transport.call("delete", "/v1/grants/{grant_id}", { path: { grant_id: grantId } }, options);
  }
}
