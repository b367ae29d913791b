// Where a call may go. Whoever may name an address that the node calls (a partner's, a webhook's, an alert
// channel's) must not be able to make it speak to its own host or network.
//
// E1  An address is https on the standard port and public; with POINTBRIDGE_ALLOW_LOOPBACK it may be loopback
//     too, and there http and any port.
// E2  Literals are judged as the URL parser reads them, in whatever notation they are written, since no look-up
//     is made for them; names by every address that they resolve to.
// E3  The connection goes to the addresses that were judged: a name is not resolved again.
import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

export class EgressRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = "EgressRefusal";
  }
}

type Reach = "public" | "loopback" | "refused";

// The only block of IPv6 that is given out; what lies outside has a special use, named or to come.
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/** @param text an IP address in its usual notation */
export function reachOf(text: string): Reach {
  // An IPv4 address in IPv6's clothes is judged as what it is.
  const address = ipaddr.process(text);
  const range = address.range();
  if (range === "loopback") return "loopback";
  if (range !== "unicast") return "refused";
  return address instanceof ipaddr.IPv6 && !address.match(globalUnicast) ? "refused" : "public";
}

/** The literal address that a URL names, or undefined where it names a host. */
function literalOf(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return ipaddr.isValid(host) ? host : undefined;
}

function isLocalName(host: string): boolean {
  const name = host.replace(/\.$/, "");
  return name === "localhost" || name.endsWith(".localhost");
}

/**
 * What is wrong with an address as it is written, undefined if nothing is (E1, E2). A name is judged again when
 * it is resolved.
 */
export function findAddressFault(address: string, allowLoopback: boolean): string | undefined {
  const url = URL.parse(address);
  if (url === null) return "is not an address";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must be an https address";
  if (url.username !== "" || url.password !== "") return "holds a user name or password, which are not sent";
  const literal = literalOf(url);
  const reach = literal === undefined ? "public" : reachOf(literal);
  if (reach === "refused") return `names ${literal}, which is not a public address`;
  const isLoopback = reach === "loopback" || isLocalName(url.hostname);
  if (isLoopback && !allowLoopback) {
    return `names ${url.hostname}, an address of this machine; POINTBRIDGE_ALLOW_LOOPBACK=true would permit it`;
  }
  if (isLoopback) return undefined;
  // A name may turn out to be loopback, where http is permitted; what it resolves to is judged then.
  if (url.protocol !== "https:" && (literal !== undefined || !allowLoopback))
    return "must be an https address";
  if (url.port !== "" && (literal !== undefined || !allowLoopback)) {
    return `has the port ${url.port}; only the standard port of https is called`;
  }
  return undefined;
}

/** @throws EgressRefusal */
function judgeResolved(
  host: string,
  addresses: readonly string[],
  mayBePublic: boolean,
  allowLoopback: boolean,
) {
  for (const address of addresses) {
    const reach = reachOf(address);
    if (reach === "public" && mayBePublic) continue;
    if (reach === "loopback" && allowLoopback) continue;
    const detail =
      reach === "public" ? "is public, so that it must be https on the standard port" : "is not public";
    throw new EgressRefusal(`${host} resolves to ${address}, which ${detail}`);
  }
}

export type Resolve = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export function resolveHost(host: string): ReturnType<Resolve> {
  return new Promise((resolve, reject) => {
    lookup(host, { all: true, verbatim: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}

type Addresses = Awaited<ReturnType<Resolve>>;

/** The addresses that were judged (E3), or what is wrong. Never rejects. */
async function findAddresses(
  host: string,
  mayBePublic: boolean,
  allowLoopback: boolean,
  resolve: Resolve,
): Promise<readonly [Addresses[number], ...Addresses] | Error> {
  try {
    const [first, ...others] = await resolve(host);
    if (first === undefined) return new EgressRefusal(`${host} resolves to no address`);
    const texts = [first, ...others].map(({ address }) => address);
    judgeResolved(host, texts, mayBePublic, allowLoopback);
    return [first, ...others];
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function lookupJudged(mayBePublic: boolean, allowLoopback: boolean, resolve: Resolve): LookupFunction {
  return (host, options, answer) => {
    void findAddresses(host, mayBePublic, allowLoopback, resolve).then((found) => {
      if (found instanceof Error) answer(found, "", 4);
      else if (options.all === true) answer(null, [...found]);
      else answer(null, found[0].address, found[0].family);
    });
  };
}

/**
 * The look-up that a connection to this origin is made with: judges every address and hands over only what it
 * judged (E3).
 */
export function guardedLookup(origin: URL, allowLoopback: boolean, resolve: Resolve): LookupFunction {
  return lookupJudged(origin.protocol === "https:" && origin.port === "", allowLoopback, resolve);
}

/**
 * The same guard for a plain socket, such as SMTP's: judges a host that is written as an address too, for which
 * a socket asks nobody. Public hosts, and this machine's where that is permitted.
 * @throws EgressRefusal for a literal that is not permitted
 */
export function guardedSocketLookup(
  host: string,
  allowLoopback: boolean,
  resolve: Resolve = resolveHost,
): LookupFunction {
  if (ipaddr.isValid(host)) judgeResolved(host, [host], true, allowLoopback);
  return lookupJudged(true, allowLoopback, resolve);
}
