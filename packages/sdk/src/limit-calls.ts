// Limits: how much may be exchanged, and what has been used of it; and how many requests may be sent.
import { Listing } from "./listing.ts";
import { newOperationId } from "./operation-id.ts";
import type {
  Limit,
  LimitFilter,
  LimitInput,
  LimitSettlement,
  LimitSettlementInput,
  LimitUsage,
  PageFilter,
  RequestLimit,
  RequestLimitInput,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class LimitCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Makes a limit or changes its bound; what it measures is fixed once it is made. */
  put(limitId: string, input: LimitInput, options?: CallOptions): Promise<Limit> {
    const path = { limit_id: limitId };
    return this.#transport.call("put", "/v1/limits/{limit_id}", { path, body: input }, options);
  }

  get(limitId: string, options?: CallOptions): Promise<Limit> {
    return this.#transport.call("get", "/v1/limits/{limit_id}", { path: { limit_id: limitId } }, options);
  }

  list(filter: LimitFilter = {}, options?: CallOptions): Listing<Limit> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/limits", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** Removes a limit and what was counted by it. */
  delete(limitId: string, options?: CallOptions): Promise<Limit> {
    return this.#transport.call("delete", "/v1/limits/{limit_id}", { path: { limit_id: limitId } }, options);
  }

  /** @param userId of a limit that each member has */
  usage(limitId: string, userId?: string, options?: CallOptions): Promise<LimitUsage> {
    const call = { path: { limit_id: limitId }, query: { user_id: userId } };
    return this.#transport.call("get", "/v1/limits/{limit_id}/usage", call, options);
  }

  /** Takes what was settled off a position, once under the operation's id. */
  settle(limitId: string, input: LimitSettlementInput, options?: CallOptions): Promise<LimitSettlement> {
    const body = { ...input, operation_id: input.operation_id ?? newOperationId() };
    const call = { path: { limit_id: limitId }, body };
    return this.#transport.call("post", "/v1/limits/{limit_id}/settlements", call, options);
  }
}

export class RequestLimitCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Makes a limit on requests or changes it. */
  put(id: string, input: RequestLimitInput, options?: CallOptions): Promise<RequestLimit> {
    const call = { path: { request_limit_id: id }, body: input };
    return this.#transport.call("put", "/v1/request-limits/{request_limit_id}", call, options);
  }

  get(id: string, options?: CallOptions): Promise<RequestLimit> {
    const path = { request_limit_id: id };
    return this.#transport.call("get", "/v1/request-limits/{request_limit_id}", { path }, options);
  }

  list(filter: PageFilter = {}, options?: CallOptions): Listing<RequestLimit> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/request-limits", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  delete(id: string, options?: CallOptions): Promise<RequestLimit> {
    const path = { request_limit_id: id };
    return this.#transport.call("delete", "/v1/request-limits/{request_limit_id}", { path }, options);
  }
}
