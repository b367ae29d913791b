// Reconciliations: runs, what they found, what is done about it, and how pairs are reconciled by themselves.
import { type ExchangeOptions, preferenceOf } from "./exchange-calls.ts";
import { Listing } from "./listing.ts";
import { withOperationId } from "./operation-id.ts";
import type {
  Mismatch,
  MismatchFilter,
  Reconciliation,
  ReconciliationFilter,
  ReconciliationInput,
  ReconciliationPolicy,
  ReconciliationPolicyFilter,
  ReconciliationPolicyInput,
  ReconciliationReport,
  SignedRequest,
  StatementLinesInput,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

const verbs = {
  assign: "/v1/reconciliations/{reconciliation_id}/mismatches/assign",
  awaitPartner: "/v1/reconciliations/{reconciliation_id}/mismatches/await-partner",
  note: "/v1/reconciliations/{reconciliation_id}/mismatches/note",
  resolve: "/v1/reconciliations/{reconciliation_id}/mismatches/resolve",
  approve: "/v1/reconciliations/{reconciliation_id}/mismatches/approve-repairs",
  reject: "/v1/reconciliations/{reconciliation_id}/mismatches/reject-repairs",
} as const;

export class ReconciliationCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Compares a window. `running` where it takes longer than the node waits: read it again with `get`. */
  create(input: ReconciliationInput, options: ExchangeOptions = {}): Promise<Reconciliation> {
    const body = withOperationId(input);
    const parts = { body, operationIds: [body.operation_id], ...preferenceOf(options) };
    return this.#transport.call("post", "/v1/reconciliations", parts, options);
  }

  get(id: string, options?: CallOptions): Promise<Reconciliation> {
    const path = { reconciliation_id: id };
    return this.#transport.call("get", "/v1/reconciliations/{reconciliation_id}", { path }, options);
  }

  /** Newest first; read on page by page as they are looped over. */
  list(filter: ReconciliationFilter = {}, options?: CallOptions): Listing<Reconciliation> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/reconciliations", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** By operation id. */
  listMismatches(id: string, filter: MismatchFilter = {}, options?: CallOptions): Listing<Mismatch> {
    const path = { reconciliation_id: id };
    const read = (cursor: string | undefined) =>
      this.#transport.call(
        "get",
        "/v1/reconciliations/{reconciliation_id}/mismatches",
        { path, query: { ...filter, cursor } },
        options,
      );
    return new Listing(read, filter.cursor);
  }

  /** What the partner's node signed when it asked for the operation. @throws PointbridgeError mismatch_not_found */
  evidence(id: string, operationId: string, options?: CallOptions): Promise<SignedRequest> {
    const path = { reconciliation_id: id, operation_id: operationId };
    return this.#transport.call(
      "get",
      "/v1/reconciliations/{reconciliation_id}/mismatches/{operation_id}/evidence",
      { path },
      options,
    );
  }

  /**
   * Shows the credit request that this node signed for an exchange that it has lost, as `evidence` of the target's node
   * answers it, and proposes to make it again.
   * @throws PointbridgeError evidence_refused
   */
  async importEvidence(
    id: string,
    operationId: string,
    signed: SignedRequest,
    options?: CallOptions,
  ): Promise<readonly Mismatch[]> {
    const path = "/v1/reconciliations/{reconciliation_id}/mismatches/{operation_id}/evidence";
    const parts = { path: { reconciliation_id: id, operation_id: operationId }, body: signed };
    return (await this.#transport.call("post", path, parts, options)).items;
  }

  /** With every mismatch, up to ten thousand. As CSV or a page it is read from the same address. */
  report(id: string, options?: CallOptions): Promise<ReconciliationReport> {
    const path = { reconciliation_id: id };
    return this.#transport.call("get", "/v1/reconciliations/{reconciliation_id}/report", { path }, options);
  }

  /** Up to 1000 lines of a partner's file; with `is_last` the comparison begins. */
  addStatementLines(
    id: string,
    input: StatementLinesInput,
    options: ExchangeOptions = {},
  ): Promise<Reconciliation> {
    const parts = { path: { reconciliation_id: id }, body: input, ...preferenceOf(options) };
    const path = "/v1/reconciliations/{reconciliation_id}/statement-lines";
    return this.#transport.call("post", path, parts, options);
  }

  /** Gives mismatches to somebody. */
  async assign(
    id: string,
    operationIds: readonly string[],
    assignee: string,
    options?: CallOptions,
  ): Promise<readonly Mismatch[]> {
    const parts = { path: { reconciliation_id: id }, body: { operation_ids: operationIds, assignee } };
    return (await this.#transport.call("post", verbs.assign, parts, options)).items;
  }

  async awaitPartner(
    id: string,
    operationIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly Mismatch[]> {
    const parts = { path: { reconciliation_id: id }, body: { operation_ids: operationIds } };
    return (await this.#transport.call("post", verbs.awaitPartner, parts, options)).items;
  }

  async note(
    id: string,
    operationIds: readonly string[],
    note: string,
    options?: CallOptions,
  ): Promise<readonly Mismatch[]> {
    const parts = { path: { reconciliation_id: id }, body: { operation_ids: operationIds, note } };
    return (await this.#transport.call("post", verbs.note, parts, options)).items;
  }

  /** Says how they were settled; moves no points. */
  async resolve(
    id: string,
    operationIds: readonly string[],
    resolution: string,
    options?: CallOptions,
  ): Promise<readonly Mismatch[]> {
    const parts = { path: { reconciliation_id: id }, body: { operation_ids: operationIds, resolution } };
    return (await this.#transport.call("post", verbs.resolve, parts, options)).items;
  }

  /** Allows repairs that another person proposed, and makes them. @throws PointbridgeError four_eyes_required */
  async approveRepairs(
    id: string,
    operationIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly Mismatch[]> {
    const parts = { path: { reconciliation_id: id }, body: { operation_ids: operationIds } };
    return (await this.#transport.call("post", verbs.approve, parts, options)).items;
  }

  async rejectRepairs(
    id: string,
    operationIds: readonly string[],
    options?: CallOptions,
  ): Promise<readonly Mismatch[]> {
    const parts = { path: { reconciliation_id: id }, body: { operation_ids: operationIds } };
    return (await this.#transport.call("post", verbs.reject, parts, options)).items;
  }

  /** Says when a pair is reconciled by itself, and what holds for its runs. Replaces the whole. */
  putPolicy(input: ReconciliationPolicyInput, options?: CallOptions): Promise<ReconciliationPolicy> {
    return this.#transport.call("put", "/v1/reconciliation-policies", { body: input }, options);
  }

  /** By source and target. */
  listPolicies(
    filter: ReconciliationPolicyFilter = {},
    options?: CallOptions,
  ): Listing<ReconciliationPolicy> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/reconciliation-policies", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }
}
