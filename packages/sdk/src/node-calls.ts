// Calls that look at, or fill, the node as a whole. Those that may take long have more time.
import type {
  DataKeyList,
  ImportInput,
  ImportKind,
  ImportResult,
  LedgerVerification,
  NodeKeySet,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

const importTimeoutMs = 120_000;
const verificationTimeoutMs = 3_600_000;

export class ImportCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Up to 1000 lines of a file. Lines that are refused are in `errors`; then nothing is applied. */
  apply(kind: ImportKind, input: ImportInput, options: CallOptions = {}): Promise<ImportResult> {
    const parts = { path: { kind }, body: input };
    const timeoutMs = options.timeoutMs ?? importTimeoutMs;
    return this.#transport.call("post", "/v1/imports/{kind}", parts, { ...options, timeoutMs });
  }
}

export class LedgerCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Recomputes every balance. Differences are an answer and no error: look at `ok`. */
  verify(options: CallOptions = {}): Promise<LedgerVerification> {
    const timeoutMs = options.timeoutMs ?? verificationTimeoutMs;
    return this.#transport.call("get", "/v1/ledger/verification", {}, { ...options, timeoutMs });
  }
}

export class KeyCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The public halves of what the node signs with, the active key first. */
  list(options?: CallOptions): Promise<NodeKeySet> {
    return this.#transport.call("get", "/v1/keys", {}, options);
  }

  /** Makes a new key active. Sent once: a repeat would make another one. */
  rotate(options?: CallOptions): Promise<NodeKeySet> {
    return this.#transport.call("post", "/v1/keys/rotate", {}, { ...options, retries: 0 });
  }

  /** The versions of the keys that seal profiles, the newest of a system first. */
  dataKeys(options?: CallOptions): Promise<DataKeyList> {
    return this.#transport.call("get", "/v1/data-keys", {}, options);
  }

  /** Seals a system's profiles with a new key. Sent once: a repeat would make another one. */
  rotateDataKey(systemId: string, options?: CallOptions): Promise<DataKeyList> {
    const body = { system_id: systemId };
    return this.#transport.call("post", "/v1/data-keys/rotate", { body }, { ...options, retries: 0 });
  }
}
