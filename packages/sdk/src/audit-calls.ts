// The audit log: what was done by whom, in a signed tree.
import { Listing } from "./listing.ts";
import type {
  AuditCheckpoint,
  AuditEntry,
  AuditEntryFilter,
  AuditedOperation,
  AuditVerification,
  ConsistencyProof,
  InclusionProof,
  PageFilter,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

const verificationTimeoutMs = 3_600_000;

export class AuditCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The newest signed checkpoint. Keep it where the node does not reach. */
  checkpoint(options?: CallOptions): Promise<AuditCheckpoint> {
    return this.#transport.call("get", "/v1/audit/checkpoint", {}, options);
  }

  /** The oldest first. */
  checkpoints(filter: PageFilter = {}, options?: CallOptions): Listing<AuditCheckpoint> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/audit/checkpoints", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** In order. */
  entries(filter: AuditEntryFilter = {}, options?: CallOptions): Listing<AuditEntry> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/audit/entries", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** The entries that name an operation, with proofs for the newest checkpoint. */
  operation(operationId: string, options?: CallOptions): Promise<AuditedOperation> {
    const path = { operation_id: operationId };
    return this.#transport.call("get", "/v1/audit/operations/{operation_id}", { path }, options);
  }

  /** Holds every entry against the operations that it names. Faults are an answer and no error: look at `ok`. */
  verify(options: CallOptions = {}): Promise<AuditVerification> {
    const timeoutMs = options.timeoutMs ?? verificationTimeoutMs;
    return this.#transport.call("get", "/v1/audit/verification", {}, { ...options, timeoutMs });
  }

  proveInclusion(entryIndex: number, treeSize: number, options?: CallOptions): Promise<InclusionProof> {
    const query = { entry_index: entryIndex, tree_size: treeSize };
    return this.#transport.call("get", "/v1/audit/proofs/inclusion", { query }, options);
  }

  proveConsistency(fromSize: number, toSize: number, options?: CallOptions): Promise<ConsistencyProof> {
    const query = { from_size: fromSize, to_size: toSize };
    return this.#transport.call("get", "/v1/audit/proofs/consistency", { query }, options);
  }
}
