// A node that is closed: one that was restored from a backup takes nothing new until it was compared with its partners.
//
// Y1  Nothing begins but by an administrator: no exchange, no movement, no account, no mapping; a partner's credits,
//     holds and users are turned away without an outcome, so they stay unknown and are asked for again.
// Y2  What is under way ends, what is read is answered, and people can reconcile, repair, and switch off.
import type { Permission } from "./permissions.ts";
import type { Principal } from "./principal.ts";
import { HttpError } from "./problem.ts";

const beginnings: ReadonlySet<Permission> = new Set<Permission>([
  "exchange",
  "move_points",
  "map_users",
  "open_accounts",
]);
const partnerBeginnings: ReadonlySet<string> = new Set(["credits", "holds", "users", "batch"]);

function refuse(): never {
  throw new HttpError(
    "node_closed",
    "this node was restored from a backup and is compared with its partners first; send the same again later",
  );
}

/** Whether a call begins something. */
export function isBeginning(route: { readonly path: string; readonly permission: Permission }): boolean {
  return beginnings.has(route.permission) && !route.path.includes("{operation_id}");
}

/** @throws HttpError node_closed (Y1) */
export function judgeOpen(
  isClosed: boolean,
  principal: Principal,
  route: { readonly path: string; readonly permission: Permission },
): void {
  if (isClosed && principal.role !== "administrator" && isBeginning(route)) refuse();
}

/** @throws HttpError node_closed (Y1) */
export function judgeOpenToPartners(isClosed: boolean, callName: string): void {
  if (isClosed && partnerBeginnings.has(callName)) refuse();
}
