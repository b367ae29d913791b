// Members' accounts and what changes them within one system: credits, debits, holds.
import { Listing } from "./listing.ts";
import { withOperationId } from "./operation-id.ts";
import type {
  Account,
  AccountFilter,
  AccountInput,
  CaptureInput,
  Credit,
  CreditInput,
  Debit,
  DebitInput,
  Entry,
  Hold,
  HoldInput,
  MovementBatchLine,
  PageFilter,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class AccountCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Gets the account, and opens it where there is none. */
  open(input: AccountInput, options?: CallOptions): Promise<Account> {
    return this.#transport.call("post", "/v1/accounts", { body: input }, options);
  }

  get(accountId: string, options?: CallOptions): Promise<Account> {
    const path = { account_id: accountId };
    return this.#transport.call("get", "/v1/accounts/{account_id}", { path }, options);
  }

  list(filter: AccountFilter = {}, options?: CallOptions): Listing<Account> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/accounts", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** The statement, the newest line first. */
  listEntries(accountId: string, filter: PageFilter = {}, options?: CallOptions): Listing<Entry> {
    const path = { account_id: accountId };
    const read = (cursor: string | undefined) =>
      this.#transport.call(
        "get",
        "/v1/accounts/{account_id}/entries",
        { path, query: { ...filter, cursor } },
        options,
      );
    return new Listing(read, filter.cursor);
  }
}

export class CreditCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Adds points to an account. @throws PointbridgeError where it is refused */
  create(input: CreditInput, options?: CallOptions): Promise<Credit> {
    const body = withOperationId(input);
    const parts = { body, operationIds: [body.operation_id] };
    return this.#transport.call("post", "/v1/credits", parts, options);
  }

  /** Up to 1000; one result per line, in order. A refused line is a result and no error. */
  async createBatch(lines: readonly CreditInput[], options?: CallOptions): Promise<MovementBatchLine[]> {
    const credits = lines.map(withOperationId);
    const parts = { body: { credits }, operationIds: credits.map((line) => line.operation_id) };
    const { results } = await this.#transport.call("post", "/v1/credits/batch", parts, options);
    return results;
  }

  /** Also a refused one, whose `failure` says why. */
  get(operationId: string, options?: CallOptions): Promise<Credit> {
    const path = { operation_id: operationId };
    return this.#transport.call("get", "/v1/credits/{operation_id}", { path }, options);
  }

  /** Takes it back; an id that was never seen is refused from now on. */
  rollBack(operationId: string, options?: CallOptions): Promise<Credit> {
    const parts = { path: { operation_id: operationId }, operationIds: [operationId] };
    return this.#transport.call("post", "/v1/credits/{operation_id}/rollback", parts, options);
  }
}

export class DebitCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Takes points from an account. @throws PointbridgeError where it is refused */
  create(input: DebitInput, options?: CallOptions): Promise<Debit> {
    const body = withOperationId(input);
    const parts = { body, operationIds: [body.operation_id] };
    return this.#transport.call("post", "/v1/debits", parts, options);
  }

  /** Up to 1000; one result per line, in order. A refused line is a result and no error. */
  async createBatch(lines: readonly DebitInput[], options?: CallOptions): Promise<MovementBatchLine[]> {
    const debits = lines.map(withOperationId);
    const parts = { body: { debits }, operationIds: debits.map((line) => line.operation_id) };
    const { results } = await this.#transport.call("post", "/v1/debits/batch", parts, options);
    return results;
  }

  /** Also a refused one, whose `failure` says why. */
  get(operationId: string, options?: CallOptions): Promise<Debit> {
    const path = { operation_id: operationId };
    return this.#transport.call("get", "/v1/debits/{operation_id}", { path }, options);
  }

  /** Takes it back; an id that was never seen is refused from now on. */
  rollBack(operationId: string, options?: CallOptions): Promise<Debit> {
    const parts = { path: { operation_id: operationId }, operationIds: [operationId] };
    return this.#transport.call("post", "/v1/debits/{operation_id}/rollback", parts, options);
  }
}

export class HoldCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Sets points aside. @throws PointbridgeError where it is refused */
  create(input: HoldInput, options?: CallOptions): Promise<Hold> {
    const body = withOperationId(input);
    const parts = { body, operationIds: [body.operation_id] };
    return this.#transport.call("post", "/v1/holds", parts, options);
  }

  /** Also a refused one, whose `failure` says why. */
  get(operationId: string, options?: CallOptions): Promise<Hold> {
    const path = { operation_id: operationId };
    return this.#transport.call("get", "/v1/holds/{operation_id}", { path }, options);
  }

  /** Takes the held points, or the given amount of them: then the rest is released. */
  capture(operationId: string, input: CaptureInput = {}, options?: CallOptions): Promise<Hold> {
    const path = { operation_id: operationId };
    const parts = { path, body: input, operationIds: [operationId] };
    return this.#transport.call("post", "/v1/holds/{operation_id}/capture", parts, options);
  }

  /** Gives the held points back; an id that was never seen is refused from now on. */
  release(operationId: string, options?: CallOptions): Promise<Hold> {
    const parts = { path: { operation_id: operationId }, operationIds: [operationId] };
    return this.#transport.call("post", "/v1/holds/{operation_id}/release", parts, options);
  }
}
