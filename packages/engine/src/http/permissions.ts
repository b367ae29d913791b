// Who may do what: the one place where a role meets a call.
import type { Principal, Role } from "./principal.ts";
import { HttpError } from "./problem.ts";

/** What a call asks of its caller. */
export type Permission =
  | "read"
  /** Asking what an exchange would come to, and for a price that is kept. Moves nothing. */
  | "quote"
  | "exchange"
  | "move_points"
  | "map_users"
  | "open_accounts"
  /** Looking after what is stuck: asking again, undoing, resolving. */
  | "resolve"
  /** Agreeing, as a second person, to what another has proposed. */
  | "approve"
  | "administer";

const granted: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  administrator: new Set([
    "read",
    "quote",
    "exchange",
    "move_points",
    "map_users",
    "open_accounts",
    "resolve",
    "approve",
    "administer",
  ]),
};

/** @throws HttpError forbidden */
export function permit(principal: Principal, permission: Permission): void {
  if (granted[principal.role].has(permission)) return;
  throw new HttpError(
    "forbidden",
    `the role ${principal.role} does not include the permission ${permission}`,
  );
}
