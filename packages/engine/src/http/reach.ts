// How far a caller reaches that is for some systems only: a service or a partner.
//
// G1  A call that does not say which systems it is about is closed to them. So a new route is closed until
//     somebody has thought about it.
// G2  What is asked to be done is judged by what the request names; what is found under an id, by what is
//     stored there. A thing of others is not there for them.
import type { Operation } from "../domain/index.ts";
import type { Principal } from "./principal.ts";
import { HttpError } from "./problem.ts";

/**
 * The systems that a call is about: of each group the caller must be for one. Names that are left out count
 * for nothing, so a list without a filter by system is about none and refused.
 */
export type Concern = readonly (readonly (string | undefined)[])[];

/**
 * What a call is about: the same for everybody (`open`), known when what it names has been read (`found`, the
 * handler judges), or what it says.
 */
export type Reach<C> = "open" | "found" | ((call: C) => Concern);

function isFor(principal: Principal, systems: readonly (string | null | undefined)[]): boolean {
  const own = principal.systems;
  return own === undefined || systems.some((system) => typeof system === "string" && own.has(system));
}

/** @throws HttpError forbidden (G1) */
export function judgeConcern(principal: Principal, concern: () => Concern): void {
  if (principal.systems === undefined) return;
  if (concern().every((group) => isFor(principal, group))) return;
  const names = [...principal.systems].join(", ");
  throw new HttpError("forbidden", `this API key is for ${names} only; name one of them in the request`);
}

/** Whether what is stored of an operation concerns the caller (G2). */
export function mayRead(
  principal: Principal,
  operation: Pick<Operation, "sourceSystem" | "targetSystem">,
): boolean {
  return isFor(principal, [operation.sourceSystem, operation.targetSystem]);
}

/** Whether what belongs to one system concerns the caller (G2). */
export function mayReadOf(principal: Principal, systemId: string): boolean {
  return isFor(principal, [systemId]);
}
