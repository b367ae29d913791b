// What the node is told of once: systems, credit types, links, rates, mappings, users.
import { Listing } from "./listing.ts";
import { withOperationId } from "./operation-id.ts";
import type {
  CreditType,
  CreditTypeInput,
  ExchangeRate,
  Link,
  LinkChange,
  LinkFilter,
  LinkInput,
  Mapping,
  MappingChange,
  MappingFilter,
  MappingHistoryFilter,
  MappingInput,
  MappingResult,
  PageFilter,
  PendingRateChange,
  RateChange,
  RateChangeState,
  RateFilter,
  RateInput,
  System,
  SystemInput,
  User,
  UserErasure,
  UserErasureInput,
  UserInput,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class SystemCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  put(systemId: string, input: SystemInput, options?: CallOptions): Promise<System> {
    const parts = { path: { system_id: systemId }, body: input };
    return this.#transport.call("put", "/v1/systems/{system_id}", parts, options);
  }

  get(systemId: string, options?: CallOptions): Promise<System> {
    return this.#transport.call("get", "/v1/systems/{system_id}", { path: { system_id: systemId } }, options);
  }

  /** By id. */
  list(filter: PageFilter = {}, options?: CallOptions): Listing<System> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/systems", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }
}

export class CreditTypeCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  put(
    systemId: string,
    creditTypeId: string,
    input: CreditTypeInput,
    options?: CallOptions,
  ): Promise<CreditType> {
    const parts = { path: { system_id: systemId, credit_type_id: creditTypeId }, body: input };
    return this.#transport.call(
      "put",
      "/v1/systems/{system_id}/credit-types/{credit_type_id}",
      parts,
      options,
    );
  }

  get(systemId: string, creditTypeId: string, options?: CallOptions): Promise<CreditType> {
    const parts = { path: { system_id: systemId, credit_type_id: creditTypeId } };
    return this.#transport.call(
      "get",
      "/v1/systems/{system_id}/credit-types/{credit_type_id}",
      parts,
      options,
    );
  }

  /** Of one system, by id. */
  list(systemId: string, filter: PageFilter = {}, options?: CallOptions): Listing<CreditType> {
    const path = { system_id: systemId };
    const read = (cursor: string | undefined) =>
      this.#transport.call(
        "get",
        "/v1/systems/{system_id}/credit-types",
        { path, query: { ...filter, cursor } },
        options,
      );
    return new Listing(read, filter.cursor);
  }
}

export class LinkCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  put(input: LinkInput, options?: CallOptions): Promise<Link> {
    return this.#transport.call("put", "/v1/links", { body: input }, options);
  }

  list(filter: LinkFilter = {}, options?: CallOptions): Listing<Link> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/links", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** A looser guard that another principal asked for: `waiting_operation_id` of a PUT. */
  approveChange(operationId: string, options?: CallOptions): Promise<LinkChange> {
    const parts = { path: { operation_id: operationId }, operationIds: [operationId] };
    return this.#transport.call("post", "/v1/link-changes/{operation_id}/approve", parts, options);
  }

  /** Also one's own. */
  rejectChange(operationId: string, options?: CallOptions): Promise<LinkChange> {
    const parts = { path: { operation_id: operationId }, operationIds: [operationId] };
    return this.#transport.call("post", "/v1/link-changes/{operation_id}/reject", parts, options);
  }
}

export class RateCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** `pending_approval` where another principal has to approve it first, `pending_agreement` where the partner has. */
  put(input: RateInput, options?: CallOptions): Promise<RateChange | PendingRateChange> {
    const body = withOperationId(input);
    const parts = { body, operationIds: [body.operation_id] };
    return this.#transport.call("put", "/v1/rates", parts, options);
  }

  /** Those in force. */
  list(filter: RateFilter = {}, options?: CallOptions): Listing<ExchangeRate> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/rates", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** Every version, the oldest of each pair first. */
  listHistory(filter: RateFilter = {}, options?: CallOptions): Listing<ExchangeRate> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/rates/history", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** Versions that are set for later. */
  listScheduled(filter: RateFilter = {}, options?: CallOptions): Listing<ExchangeRate> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/rates/scheduled", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** Changes that wait for approval, or for a partner, the oldest first. */
  listChanges(filter: RateFilter = {}, options?: CallOptions): Listing<RateChangeState> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/rate-changes", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  getChange(operationId: string, options?: CallOptions): Promise<RateChangeState> {
    const path = { operation_id: operationId };
    return this.#transport.call("get", "/v1/rate-changes/{operation_id}", { path }, options);
  }

  /** By another principal than the one who proposed it. */
  approve(operationId: string, options?: CallOptions): Promise<RateChangeState> {
    const parts = { path: { operation_id: operationId }, operationIds: [operationId] };
    return this.#transport.call("post", "/v1/rate-changes/{operation_id}/approve", parts, options);
  }

  /** Also one's own. */
  reject(operationId: string, options?: CallOptions): Promise<RateChangeState> {
    const parts = { path: { operation_id: operationId }, operationIds: [operationId] };
    return this.#transport.call("post", "/v1/rate-changes/{operation_id}/reject", parts, options);
  }
}

export class MappingCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  put(input: MappingInput, options?: CallOptions): Promise<MappingResult> {
    const body = withOperationId(input);
    const parts = { body, operationIds: [body.operation_id] };
    return this.#transport.call("put", "/v1/mappings", parts, options);
  }

  get(filter: MappingFilter, options?: CallOptions): Promise<Mapping> {
    return this.#transport.call("get", "/v1/mappings", { query: filter }, options);
  }

  /** Every change of one user's mapping, the oldest first. */
  listHistory(filter: MappingHistoryFilter, options?: CallOptions): Listing<MappingChange> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/mappings/history", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }
}

export class UserCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Keeps a user's profile, as it is given here. */
  put(input: UserInput, options?: CallOptions): Promise<User> {
    return this.#transport.call("put", "/v1/users", { body: input }, options);
  }

  /** Erases a person's profile and the copies that provisioning made of it, for good. */
  erase(input: UserErasureInput, options?: CallOptions): Promise<UserErasure> {
    return this.#transport.call("post", "/v1/users/erase", { body: input }, options);
  }
}
