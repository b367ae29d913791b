// Who is signed in, and what they may do. What they may not is not shown; the node decides all the same.
import type { Session } from "@pointbridge/sdk";
import { createContext, type ReactNode, useContext } from "react";

/** As the node's permissions, as far as pages differ by them. */
export type Ability = "operate" | "approve" | "administer";

const abilities: Readonly<Record<string, readonly Ability[]>> = {
  operator: ["operate"],
  approver: ["operate", "approve"],
  administrator: ["operate", "approve", "administer"],
};

export interface Caller {
  readonly session: Session;
  readonly may: (ability: Ability) => boolean;
  readonly signOut: () => Promise<void>;
}

const CallerContext = createContext<Caller | undefined>(undefined);

interface CallerProviderProps {
  readonly session: Session;
  readonly signOut: () => Promise<void>;
  readonly children: ReactNode;
}

export function CallerProvider({ session, signOut, children }: CallerProviderProps): ReactNode {
  const may = (ability: Ability) => abilities[session.role]?.includes(ability) ?? false;
  return <CallerContext value={{ session, may, signOut }}>{children}</CallerContext>;
}

export function useCaller(): Caller {
  const caller = useContext(CallerContext);
  if (caller === undefined) throw new Error("a page is shown to somebody who is signed in");
  return caller;
}

/** Shows what is in it only to those who may do it. */
export function IfMay({
  ability,
  children,
}: {
  readonly ability: Ability;
  readonly children: ReactNode;
}): ReactNode {
  return useCaller().may(ability) ? children : null;
}
