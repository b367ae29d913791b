// Who a request speaks for.
import type { SessionKey } from "../api-keys/index.ts";
import type { HeldGrant, Right, Role } from "../grants/index.ts";

export type { Role } from "../grants/index.ts";

export interface Principal {
  /** For the log of what was done by whom. Two keys of one name are one person where two are needed. */
  readonly name: string;
  readonly role: Role;
  /** The systems that it is for; absent: all of the node. */
  readonly systems?: ReadonlySet<string>;
  /** What it may do beside what its role says. */
  readonly grants?: readonly HeldGrant[];
  /** What a session can be opened with; absent where the caller came with a session. */
  readonly sessionKey?: SessionKey;
  /** When the caller's session ends; absent where the caller came with a key. */
  readonly sessionExpiresAt?: Date;
}

/** A principal at one call, with the rights that it has for it. */
export interface Caller extends Principal {
  readonly rights: readonly Right[];
}
