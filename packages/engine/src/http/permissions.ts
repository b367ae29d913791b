// What a call asks of its caller, held against what the caller has: `grants/` says who has what.
import { isForWholeNode, type PrincipalAction, type Right, rightsTo, roleActions } from "../grants/index.ts";
import type { Caller, Principal } from "./principal.ts";
import { HttpError } from "./problem.ts";

export type Permission = PrincipalAction;

function rightsOf({ role, systems, grants = [] }: Principal, permission: Permission): readonly Right[] {
  return rightsTo(permission, { actions: roleActions[role], systems, grants });
}

/**
 * @param route what it asks of its caller, and how far it reaches if that was thought of (`reach.ts` G1)
 * @returns the caller with the rights that it has for this call
 * @throws HttpError forbidden
 */
export function permit(
  principal: Principal,
  route: { readonly permission: Permission; readonly reach?: unknown },
): Caller {
  const { role } = principal;
  const { permission, reach } = route;
  const rights = rightsOf(principal, permission);
  if (rights.length === 0) {
    throw new HttpError(
      "forbidden",
      `the role ${role} does not include the permission ${permission}, and it is not granted`,
    );
  }
  if (reach === undefined && !rights.some(isForWholeNode)) {
    throw new HttpError(
      "forbidden",
      `${permission} is for some systems only here, and this call is about all of them`,
    );
  }
  return { ...principal, rights };
}
