// Who may do what: the one place where a role meets a call.
import type { Principal, Role } from "./principal.ts";
import { HttpError } from "./problem.ts";

/** What a call asks of its caller. */
export type Permission =
  | "read"
  /** Asking what an exchange would come to, and for a price that is kept. Moves nothing. */
  | "quote"
  /** Having a session in the place of a key, which allows no more than the key. */
  | "sign_in"
  | "exchange"
  | "move_points"
  | "map_users"
  | "open_accounts"
  /** Looking after what is stuck: asking again, undoing, resolving. */
  | "resolve"
  /** Agreeing, as a second person, to what another has proposed. */
  | "approve"
  | "administer";

const viewer: readonly Permission[] = ["read", "quote", "sign_in"];
const operator: readonly Permission[] = [...viewer, "exchange", "map_users", "open_accounts", "resolve"];
const approver: readonly Permission[] = [...operator, "approve"];

const granted: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(viewer),
  operator: new Set(operator),
  approver: new Set(approver),
  administrator: new Set([...approver, "move_points", "administer"]),
  // These two within the systems that they are for: `reach.ts`.
  service: new Set(["read", "quote", "exchange", "move_points", "map_users"]),
  partner: new Set(["read"]),
};

/**
 * @param route what it asks of its caller, and how far it reaches if that was thought of (`reach.ts` G1)
 * @throws HttpError forbidden
 */
export function permit(
  principal: Principal,
  route: { readonly permission: Permission; readonly reach?: unknown },
): void {
  const { role, systems } = principal;
  const { permission, reach } = route;
  if (!granted[role].has(permission)) {
    throw new HttpError("forbidden", `the role ${role} does not include the permission ${permission}`);
  }
  if (systems !== undefined && reach === undefined) {
    throw new HttpError(
      "forbidden",
      `the role ${role} is for some systems only, and this call is about all of them`,
    );
  }
}
