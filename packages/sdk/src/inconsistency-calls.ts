// Inconsistencies: what a person has to look at.
import { Listing } from "./listing.ts";
import type {
  AssignmentInput,
  Inconsistency,
  InconsistencyEntry,
  InconsistencyFilter,
  PageFilter,
  ResolutionInput,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class InconsistencyCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get(id: string, options?: CallOptions): Promise<Inconsistency> {
    return this.#transport.call(
      "get",
      "/v1/inconsistencies/{inconsistency_id}",
      { path: { inconsistency_id: id } },
      options,
    );
  }

  /** Newest first; read on page by page as they are looped over. */
  list(filter: InconsistencyFilter = {}, options?: CallOptions): Listing<Inconsistency> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/inconsistencies", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** What was done about it, the first first. */
  history(id: string, filter: PageFilter = {}, options?: CallOptions): Listing<InconsistencyEntry> {
    const path = { inconsistency_id: id };
    const read = (cursor: string | undefined) =>
      this.#transport.call(
        "get",
        "/v1/inconsistencies/{inconsistency_id}/history",
        { path, query: { ...filter, cursor } },
        options,
      );
    return new Listing(read, filter.cursor);
  }

  /**
   * Says who works on it: the caller, where nobody is named. It stays open.
   * @throws PointbridgeError inconsistency_resolved
   */
  assign(id: string, input: AssignmentInput = {}, options?: CallOptions): Promise<Inconsistency> {
    const parts = { path: { inconsistency_id: id }, body: input };
    return this.#transport.call("post", "/v1/inconsistencies/{inconsistency_id}/assign", parts, options);
  }

  /** @throws PointbridgeError inconsistency_resolved */
  unassign(
    id: string,
    input: Pick<AssignmentInput, "note"> = {},
    options?: CallOptions,
  ): Promise<Inconsistency> {
    const parts = { path: { inconsistency_id: id }, body: input };
    return this.#transport.call("post", "/v1/inconsistencies/{inconsistency_id}/unassign", parts, options);
  }

  /**
   * Says how it was settled; moves no points. One that was resolved before stays as it is.
   * @throws PointbridgeError exchange_under_way, as long as its exchange needs attention
   */
  resolve(id: string, input: ResolutionInput, options?: CallOptions): Promise<Inconsistency> {
    const parts = { path: { inconsistency_id: id }, body: input };
    return this.#transport.call("post", "/v1/inconsistencies/{inconsistency_id}/resolve", parts, options);
  }
}
