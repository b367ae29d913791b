// Sessions: who is calling, signing in from the console's page, signing out.
import { v1 } from "@pointbridge/protocol";
import type { Principal } from "./principal.ts";
import { HttpError } from "./problem.ts";
import { type Answer, defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";
import { judgeSender, readTokens, writeCookie } from "./session-cookie.ts";

const tag = "Session";

function viewSession(principal: Principal, services: Services): v1.Session {
  const { name, role, systems, sessionExpiresAt } = principal;
  return {
    principal: name,
    role,
    systems: systems === undefined ? null : [...systems],
    kind: sessionExpiresAt === undefined ? "api_key" : "session",
    expires_at: sessionExpiresAt?.toISOString() ?? null,
    version: services.version,
  };
}

async function signIn(
  headers: Parameters<typeof writeCookie>[0],
  principal: Principal,
  services: Services,
): Promise<Answer> {
  const { sessions, partners } = services;
  judgeSender({ method: "POST", headers }, partners.publicUrl);
  const { sessionKey } = principal;
  if (sessionKey === undefined) {
    throw new HttpError("unauthenticated", "a session is opened with an API key, not with another session");
  }
  // Whoever was signed in on this browser is not any more.
  await sessions.end(readTokens(headers));
  const { token, expiresAt } = await sessions.open(sessionKey, principal.name);
  const lifetimeMs = expiresAt.getTime() - Date.now();
  const body = viewSession({ ...principal, sessionExpiresAt: expiresAt }, services);
  return { status: 201, body, headers: { "set-cookie": writeCookie(headers, token, lifetimeMs) } };
}

export const sessionRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/session",
    name: "getSession",
    tag,
    summary: "Say who the caller is",
    permission: "read",
    reach: "open",
    answers: { 200: { description: "The caller.", schema: v1.session } },
    handle: ({ principal }, services) => ({ status: 200, body: viewSession(principal, services) }),
  }),
  defineRoute({
    method: "POST",
    path: "/v1/session",
    name: "openSession",
    tag,
    summary: "Sign in from the console's page",
    description:
      "Exchanges the API key for a cookie that the page itself can't read. The session acts as the key, for twelve hours at most, and ends with it. Only a browser on the console's own page gets one, and requests with the cookie need the header `x-pointbridge-console`.",
    permission: "sign_in",
    answers: { 201: { description: "Signed in; the cookie is set.", schema: v1.session } },
    handle: ({ headers, principal }, services) => signIn(headers, principal, services),
  }),
  defineRoute({
    method: "DELETE",
    path: "/v1/session",
    name: "endSession",
    tag,
    summary: "Sign out",
    description: "Ends the browser's session on every node of the database.",
    permission: "sign_in",
    answers: { 200: { description: "Signed out; the cookie is gone.", schema: v1.session } },
    async handle({ headers, principal }, services) {
      await services.sessions.end(readTokens(headers));
      const cookie = writeCookie(headers, "", 0);
      return { status: 200, body: viewSession(principal, services), headers: { "set-cookie": cookie } };
    },
  }),
];
