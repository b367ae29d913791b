// The one spelling of a node's address, which both sides sign as the start of `@target-uri`.

const defaultPorts: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

function fail(text: string, why: string): never {
  throw new TypeError(`base_url ${JSON.stringify(text)} ${why}`);
}

/**
 * Lower-case scheme and host, no default port, no trailing slash. What would change the address's meaning for some
 * servers (dot segments, escapes that a URL parser rewrites) is refused, not rewritten: two sides that rewrite
 * differently would sign different texts.
 */
export function canonicalBaseUrl(text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text))
    fail(text, "must be printable ASCII without spaces (a host in its xn-- form)");
  if (!URL.canParse(text)) fail(text, "is no URL; write it like https://points.example.com or with a path");
  const match = /^([A-Za-z]+:)\/\/([^/?#\\]+)(\/[^?#\\]*)?$/.exec(text);
  if (match === null)
    fail(text, "must be scheme://host[:port][/path] without a query, a fragment or a backslash");
  const [, scheme = "", authority = "", path = ""] = match;
  const url = new URL(text);
  const defaultPort = defaultPorts[scheme.toLowerCase()];
  if (defaultPort === undefined) fail(text, "must begin with https:// (or http://)");
  if (authority.includes("@")) fail(text, "must not hold a user name or password");
  if (/\.(?:\.|:|$)/.test(authority)) fail(text, "has a host with an empty part or a dot at its end");
  const host = authority.toLowerCase().replace(/:0*(\d*)$/, (_, port: string) => {
    return port === "" || port === defaultPort ? "" : `:${port}`;
  });
  if (url.host !== host) fail(text, `has a host that means ${url.host}; write that`);
  const canonicalPath = path.replace(/\/+$/, "");
  if (path !== "" && url.pathname !== path) fail(text, `has a path that means ${url.pathname}; write that`);
  if (canonicalPath.includes("//")) fail(text, "has an empty part in its path (//)");
  if (`${canonicalPath}/`.includes("/pxp/v1/")) fail(text, "must end before /pxp/v1, which is added to it");
  return `${url.protocol}//${host}${canonicalPath}`;
}

/** `@target-uri`: a canonical base URL and the raw path (with its query, if any) from /pxp/v1/ on. */
export function targetUriOf(baseUrl: string, rawPathFromPxp: string): string {
  if (!rawPathFromPxp.startsWith("/pxp/v1/")) {
    throw new TypeError(`the path ${JSON.stringify(rawPathFromPxp)} must begin with /pxp/v1/`);
  }
  return `${baseUrl}${rawPathFromPxp}`;
}
