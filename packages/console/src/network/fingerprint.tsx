// A key's fingerprint (RFC 7638), in groups that two people can read to each other.
import type { NodeKeySet } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CopyButton } from "../parts/index.ts";

export type PublicKey = NodeKeySet["keys"][number];

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

async function thumbprintOf({ crv, kty, x }: PublicKey): Promise<string> {
  const text = JSON.stringify({ crv, kty, x });
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

/** Undefined where the text holds no set of Ed25519 public keys; a private part is refused, and so never sent. */
export function readKeys(text: string): PublicKey[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const list = "keys" in value ? value.keys : [value];
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const isKey = (one: unknown): one is PublicKey =>
    typeof one === "object" &&
    one !== null &&
    !("d" in one) &&
    "kty" in one &&
    one.kty === "OKP" &&
    "crv" in one &&
    one.crv === "Ed25519" &&
    "x" in one &&
    typeof one.x === "string" &&
    /^[A-Za-z0-9_-]{43}$/.test(one.x);
  return list.every(isKey) ? list : undefined;
}

export function Fingerprint({ publicKey }: { readonly publicKey: PublicKey }): ReactNode {
  const { data } = useQuery({
    queryKey: ["thumbprint", publicKey.x],
    // Only where the page is served safely is there cryptography; else the node's own name of the key has to do.
    queryFn: () => (isSecureContext ? thumbprintOf(publicKey) : (publicKey.kid ?? publicKey.x)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return <span className="fingerprint">…</span>;
  return (
    <span className="identifier">
      <span className="fingerprint">{data.match(/.{1,4}/g)?.join(" ")}</span>
      <CopyButton value={data} />
    </span>
  );
}
