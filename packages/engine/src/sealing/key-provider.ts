// Who wraps data keys. The node's master key does; a key management service would be another of these: it is asked
// once for each data key and start, never on the way of a request, and never within a transaction.
import { type KeptSecret, type MasterKey, rewrap, unwrap, wrap } from "../system/index.ts";

export interface KeyProvider {
  /** Whether keys are wrapped at all. */
  readonly isWrapping: boolean;
  /** @param label what the key is; it can't be unwrapped as another */
  wrapKey(label: string, key: Uint8Array): Promise<KeptSecret>;
  /** @throws AppError invalid_setting where it can't be unwrapped */
  unwrapKey(label: string, kept: KeptSecret): Promise<Uint8Array>;
  /** What has to be kept instead, after the provider's own key was changed; undefined where nothing has. */
  rewrapKey(label: string, kept: KeptSecret): Promise<KeptSecret | undefined>;
}

/** The master key that the node was given; without one data keys are kept as they are. */
export class LocalKeyProvider implements KeyProvider {
  readonly #masterKey: MasterKey | undefined;

  constructor(masterKey: MasterKey | undefined) {
    this.#masterKey = masterKey;
  }

  get isWrapping(): boolean {
    return this.#masterKey !== undefined;
  }

  async wrapKey(label: string, key: Uint8Array): Promise<KeptSecret> {
    const text = Buffer.from(key).toString("base64");
    if (this.#masterKey === undefined) return { text, isWrapped: false };
    return { text: wrap(this.#masterKey, label, text), isWrapped: true };
  }

  async unwrapKey(label: string, { text, isWrapped }: KeptSecret): Promise<Uint8Array> {
    return Buffer.from(isWrapped ? unwrap(this.#masterKey, label, text) : text, "base64");
  }

  async rewrapKey(label: string, kept: KeptSecret): Promise<KeptSecret | undefined> {
    const text = rewrap(this.#masterKey, label, kept);
    return text === undefined ? undefined : { text, isWrapped: true };
  }
}
