// Who a request speaks for.

export type Role = "administrator";

export interface Principal {
  /** For the log of what was done by whom. */
  readonly name: string;
  readonly role: Role;
}
