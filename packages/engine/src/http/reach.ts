// How far a caller reaches whose rights are for some systems or links only.
//
// G1  A call that does not say which systems it is about is closed to them. So a new route is closed until
//     somebody has thought about it.
// G2  What is asked to be done is judged by what the request names; what is found under an id, by what is
//     stored there. A thing of others is not there for them.
import type { Operation } from "../domain/index.ts";
import { type Asked, areFor, isUnbounded, systemsOf } from "../grants/index.ts";
import type { Caller } from "./principal.ts";
import { HttpError } from "./problem.ts";

/**
 * What a call is about: the caller must have a right for each. Names that are left out count for nothing, so a list
 * without a filter by system is about none and refused.
 */
export type Concern = readonly Asked[];

/**
 * What a call is about: the same for everybody (`open`), known when what it names has been read (`found`, the
 * handler judges), or what it says.
 */
export type Reach<C> = "open" | "found" | ((call: C) => Concern);

/** @throws HttpError forbidden (G1) */
export function judgeConcern({ rights }: Caller, concern: () => Concern): void {
  if (rights.some(isUnbounded)) return;
  if (concern().every((asked) => areFor(rights, asked))) return;
  const names = [...(systemsOf(rights) ?? [])].join(", ");
  const detail =
    names === ""
      ? "what this principal was granted does not cover what the request names"
      : `this API key is for ${names} only; name one of them in the request`;
  throw new HttpError("forbidden", detail);
}

/** Whether what is stored of an operation concerns the caller (G2). */
export function mayRead(
  { rights }: Caller,
  operation: Pick<Operation, "sourceSystem" | "targetSystem">,
): boolean {
  return areFor(rights, [operation.sourceSystem, operation.targetSystem]);
}

/** Whether what belongs to one system concerns the caller (G2). */
export function mayReadOf({ rights }: Caller, systemId: string): boolean {
  return areFor(rights, [systemId]);
}
