// Who a request speaks for.
import type { Role, SessionKey } from "../api-keys/index.ts";

export type { Role } from "../api-keys/index.ts";

export interface Principal {
  /** For the log of what was done by whom. Two keys of one name are one person where two are needed. */
  readonly name: string;
  readonly role: Role;
  /** The systems that it is for; absent: all of the node. */
  readonly systems?: ReadonlySet<string>;
  /** What a session can be opened with; absent where the caller came with a session. */
  readonly sessionKey?: SessionKey;
  /** When the caller's session ends; absent where the caller came with a key. */
  readonly sessionExpiresAt?: Date;
}
