// The console's cookie, and how a request that comes with it is told from one that another site has a browser make.
//
// A13  The cookie is httpOnly and SameSite=Strict; behind https it is Secure and bound to the host (`__Host-`).
// A14  What a cookie authenticates must also carry the header `x-pointbridge-console`, which no form, link or
//     picture can send, and which another site's script may not without being allowed, which we never do.
// A15  It must come from the console's own pages: Sec-Fetch-Site says same-origin where a browser says it, and
//     Origin, which a browser sends with everything that changes something, must be this node's own address.
import type { IncomingHttpHeaders } from "node:http";
import { HttpError } from "./problem.ts";

export const consoleHeader = "x-pointbridge-console";

/** Of all nodes that a browser knows under this host name: cookies heed no ports. */
const NAME = /^(?:__Host-)?pointbridge_session_[0-9]{1,5}$/;
const TOKENS_MAX = 8;

/** The tokens of whatever sessions the browser has; those of other nodes are not known here. */
export function readTokens(headers: IncomingHttpHeaders): string[] {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim().split("=", 2));
  return pairs
    .filter(([name]) => NAME.test(name ?? ""))
    .map(([, value]) => value ?? "")
    .slice(0, TOKENS_MAX);
}

function originOf(headers: IncomingHttpHeaders): URL | null {
  return headers.origin === undefined ? null : URL.parse(headers.origin);
}

/** Whether a page of this node sent it: as the browser sees the node, or at the address that partners know. */
function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const origin = originOf(headers);
  if (origin === null) return false;
  const publicOrigin = publicUrl === undefined ? undefined : URL.parse(publicUrl)?.origin;
  return origin.host === headers.host || origin.origin === publicOrigin;
}

/**
 * A14, A15
 * @throws HttpError forbidden
 */
export function judgeSender(
  request: { readonly method: string; readonly headers: IncomingHttpHeaders },
  publicUrl: string | undefined,
): void {
  const { method, headers } = request;
  if (headers[consoleHeader] === undefined) {
    throw new HttpError("forbidden", `a request with the console's cookie needs the header ${consoleHeader}`);
  }
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") {
    throw new HttpError(
      "forbidden",
      "a request with the console's cookie must come from the console's pages",
    );
  }
  const mustSayOrigin = method !== "GET" && method !== "HEAD";
  if ((mustSayOrigin || headers.origin !== undefined) && !isOwnOrigin(headers, publicUrl)) {
    throw new HttpError(
      "forbidden",
      "the Origin of the request is not this node; behind a proxy keep the Host header, or set POINTBRIDGE_PUBLIC_URL",
    );
  }
}

/** A13. The name holds the port as the browser sees it, so that nodes of one host leave each other's alone. */
export function writeCookie(headers: IncomingHttpHeaders, token: string, lifetimeMs: number): string {
  const origin = originOf(headers);
  const isSecure = origin?.protocol === "https:";
  const port = origin?.port || (isSecure ? "443" : "80");
  const name = `${isSecure ? "__Host-" : ""}pointbridge_session_${port}`;
  const seconds = Math.floor(lifetimeMs / 1_000);
  return `${name}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isSecure ? "; Secure" : ""}`;
}
