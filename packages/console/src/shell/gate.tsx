// Lets in who is signed in; shows the sign-in page to everybody else, also when a session ends in between.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { CallerProvider, client, isSignedOut } from "../api/index.ts";
import { Failed } from "../parts/index.ts";
import { SignIn } from "./sign-in.tsx";

export const sessionKey = ["session"] as const;

export function Gate({ children }: { readonly children: ReactNode }): ReactNode {
  const queries = useQueryClient();
  const hadSession = useRef(false);
  const query = useQuery({
    queryKey: sessionKey,
    queryFn: async () => {
      try {
        return await client.session.get();
      } catch (error) {
        if (isSignedOut(error)) return null;
        throw error;
      }
    },
    refetchInterval: 60_000,
  });
  const session = query.data;
  useEffect(() => {
    if (session) hadSession.current = true;
  }, [session]);
  if (session === undefined) {
    return query.error === null ? null : <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  if (session === null) {
    const begin = () => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
      void query.refetch();
    };
    return <SignIn hadSession={hadSession.current} onSignedIn={begin} />;
  }
  const signOut = async () => {
    await client.session.end();
    hadSession.current = false;
    queries.clear();
    queries.setQueryData(sessionKey, null);
  };
  return (
    <CallerProvider session={session} signOut={signOut}>
      {children}
    </CallerProvider>
  );
}
