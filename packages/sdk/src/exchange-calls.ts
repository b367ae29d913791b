// Exchanges.
import { Listing } from "./listing.ts";
import { withOperationId } from "./operation-id.ts";
import type {
  Exchange,
  ExchangeBatchLine,
  ExchangeFilter,
  ExchangeInput,
  ExchangeSimulation,
  Receipt,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export interface ExchangeOptions extends CallOptions {
  /** Seconds that the node may wait for the end of an exchange; 0: it answers at once. */
  readonly waitSeconds?: number | undefined;
}

/** How long the node may wait, as a header. */
export function preferenceOf({ waitSeconds }: ExchangeOptions): { headers?: { prefer: string } } {
  if (waitSeconds === undefined) return {};
  return { headers: { prefer: waitSeconds === 0 ? "respond-async" : `wait=${waitSeconds}` } };
}

export class ExchangeCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Makes an exchange. It is done where `status` is `completed`.
   * @throws PointbridgeError with `code` and `operationId` where it is refused; `get` reads a refused one
   */
  create(input: ExchangeInput, options: ExchangeOptions = {}): Promise<Exchange> {
    const body = withOperationId(input);
    const parts = { body, operationIds: [body.operation_id], ...preferenceOf(options) };
    return this.#transport.call("post", "/v1/exchanges", parts, options);
  }

  /** Says what the exchange would come to now, a refusal included. Makes nothing and promises nothing. */
  simulate(input: ExchangeInput, options?: CallOptions): Promise<ExchangeSimulation> {
    return this.#transport.call("post", "/v1/exchanges/simulate", { body: input }, options);
  }

  /** A completed exchange's receipt, signed by each side; `@pointbridge/sdk/receipts` verifies it. */
  receipt(operationId: string, options?: CallOptions): Promise<Receipt> {
    const path = { operation_id: operationId };
    return this.#transport.call("get", "/v1/exchanges/{operation_id}/receipt", { path }, options);
  }

  /** Asks the partner that an exchange waits on again now. */
  askAgain(operationId: string, options?: CallOptions): Promise<Exchange> {
    const path = { operation_id: operationId };
    return this.#transport.call("post", "/v1/exchanges/{operation_id}/ask-again", { path }, options);
  }

  /** Undoes an exchange whose outcome at the partner is not known. @throws PointbridgeError not_undoable */
  rollBack(operationId: string, options?: CallOptions): Promise<Exchange> {
    const path = { operation_id: operationId };
    return this.#transport.call("post", "/v1/exchanges/{operation_id}/roll-back", { path }, options);
  }

  /** Proposes to write off an exchange whose partner is gone for good; somebody else approves. */
  proposeWriteOff(operationId: string, note: string, options?: CallOptions): Promise<Exchange> {
    const parts = { path: { operation_id: operationId }, body: { note } };
    return this.#transport.call("post", "/v1/exchanges/{operation_id}/write-off", parts, options);
  }

  /** Approves what another person proposed. @throws PointbridgeError four_eyes_required, not_undoable */
  approveWriteOff(operationId: string, options?: CallOptions): Promise<Exchange> {
    const path = { operation_id: operationId };
    return this.#transport.call("post", "/v1/exchanges/{operation_id}/write-off/approve", { path }, options);
  }

  /** Up to 1000 exchanges; one result per line, in order. A refused line is a result and no error. */
  async createBatch(
    lines: readonly ExchangeInput[],
    options: ExchangeOptions = {},
  ): Promise<ExchangeBatchLine[]> {
    const exchanges = lines.map(withOperationId);
    const operationIds = exchanges.map((line) => line.operation_id);
    const parts = { body: { exchanges }, operationIds, ...preferenceOf(options) };
    const { results } = await this.#transport.call("post", "/v1/exchanges/batch", parts, options);
    return results;
  }

  /** Also a refused one, whose `failure` says why. */
  get(operationId: string, options?: CallOptions): Promise<Exchange> {
    const path = { operation_id: operationId };
    return this.#transport.call("get", "/v1/exchanges/{operation_id}", { path }, options);
  }

  /** The newest first. */
  list(filter: ExchangeFilter = {}, options?: CallOptions): Listing<Exchange> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/exchanges", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }
}
