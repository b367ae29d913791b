// The operation log: everything that has an operation id.
import { Listing } from "./listing.ts";
import type { Operation, OperationFilter } from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class OperationCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get(operationId: string, options?: CallOptions): Promise<Operation> {
    const path = { operation_id: operationId };
    return this.#transport.call("get", "/v1/operations/{operation_id}", { path }, options);
  }

  /** The newest first. */
  list(filter: OperationFilter = {}, options?: CallOptions): Listing<Operation> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/operations", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }
}
