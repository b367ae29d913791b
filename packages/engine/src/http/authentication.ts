// Who is calling: an API key in the Authorization header stands for a principal with a role. A browser that has
// signed in sends a session's cookie in its place; `session-cookie.ts` says what else it must send.
//
// A1  A key is never kept or compared as text: only its SHA-256, in constant time. It is in no log.
// A2  Every configured key is compared, so that the time taken says nothing about which one came close. A
//     stored key is found by its digest, of which a caller can choose nothing.
// A3  A configured key asks no database. A stored one is looked up at every request: `ApiKeyDirectory` A5.
import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ApiKey, ApiKeyDirectory, ConsoleSessions, FoundSession } from "../api-keys/index.ts";
import type { Principal } from "./principal.ts";
import { HttpError } from "./problem.ts";
import { judgeSender, readTokens } from "./session-cookie.ts";

export interface AcceptedKey {
  readonly principal: Principal;
  /** SHA-256 of the key. */
  readonly digest: Uint8Array;
}

export interface KeyRing {
  /** The keys that the node was started with, each with whom it stands for. */
  readonly acceptedKeys: readonly AcceptedKey[];
  /** The keys that were made through the API. */
  readonly apiKeys: Pick<ApiKeyDirectory, "find">;
  readonly sessions: Pick<ConsoleSessions, "find">;
  readonly partners: { readonly publicUrl: string | undefined };
}

/** What a request says of its caller. */
export interface Credentials {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

function digestOf(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

export function acceptKey(key: string, principal: Principal): AcceptedKey {
  const digest = digestOf(key);
  return { principal: { ...principal, sessionKey: { kind: "configured", digest } }, digest };
}

const BEARER = /^Bearer +([\x21-\x7e]{1,512}) *$/i;

/** @throws HttpError unauthenticated */
function readKey(header: string | undefined): string {
  if (header === undefined) {
    throw new HttpError("unauthenticated", "send the header Authorization: Bearer API_KEY");
  }
  const key = BEARER.exec(header)?.[1];
  if (key === undefined) {
    throw new HttpError("unauthenticated", "the Authorization header must read Bearer API_KEY");
  }
  return key;
}

function findAccepted(key: string, acceptedKeys: readonly AcceptedKey[]): Principal | undefined {
  const digest = digestOf(key);
  let principal: Principal | undefined;
  for (const accepted of acceptedKeys) {
    if (timingSafeEqual(accepted.digest, digest)) principal = accepted.principal;
  }
  return principal;
}

function toPrincipal({ principal: name, role, systems, grants }: ApiKey): Principal {
  const held = { name, role, grants };
  return systems === null ? held : { ...held, systems: new Set(systems) };
}

/** Whom a session stands for, as long as its key does (A10, A11). */
function ownerOf(session: FoundSession, keys: KeyRing): Principal | undefined {
  if (session.kind === "stored") return toPrincipal(session.apiKey);
  const accepted = keys.acceptedKeys.find(({ digest }) => session.proves(digest));
  if (accepted === undefined) return undefined;
  const { sessionKey: _sessionKey, ...principal } = accepted.principal;
  return principal;
}

async function authenticateSession(
  request: Credentials,
  tokens: readonly string[],
  keys: KeyRing,
): Promise<Principal> {
  judgeSender(request, keys.partners.publicUrl);
  for (const session of await Promise.all(tokens.map((token) => keys.sessions.find(token)))) {
    const owner = session === undefined ? undefined : ownerOf(session, keys);
    if (session !== undefined && owner !== undefined) {
      return { ...owner, sessionExpiresAt: session.expiresAt };
    }
  }
  throw new HttpError("unauthenticated", "this session has ended; sign in again");
}

/** @throws HttpError unauthenticated, forbidden; DatabaseError where a stored key can't be looked up */
export async function authenticate(request: Credentials, keys: KeyRing): Promise<Principal> {
  const { authorization } = request.headers;
  const tokens = authorization === undefined ? readTokens(request.headers) : [];
  if (tokens.length > 0) return authenticateSession(request, tokens, keys);
  const key = readKey(authorization);
  const configured = findAccepted(key, keys.acceptedKeys);
  if (configured !== undefined) return configured;
  const stored = await keys.apiKeys.find(key);
  if (stored === undefined) {
    throw new HttpError("unauthenticated", "this API key is not known here, was revoked, or has expired");
  }
  return { ...toPrincipal(stored), sessionKey: { kind: "stored", apiKeyId: stored.apiKeyId } };
}
