// The keys that partners' nodes sign with, and what each node speaks for.
import { type PublicJwk, thumbprintOf } from "@pointbridge/protocol/pxp";
import type { Awaitable } from "./store.ts";

/** What is registered of a key. */
export interface PartnerKey {
  readonly publicJwk: PublicJwk;
  /** A name of yours for the node, for ever: ids are scoped by it, whatever key they come with. */
  readonly nodeId: string;
  /** The systems that the node speaks for. */
  readonly speaksFor: readonly string[];
  readonly isRevoked?: boolean;
}

/** Finds a registered key by its RFC 7638 thumbprint. A key is registered to one node only, and never fetched. */
export type FindPartnerKey = (keyId: string) => Awaitable<PartnerKey | undefined>;

export interface RegisteredNode {
  readonly nodeId: string;
  readonly speaksFor: readonly string[];
  readonly keys: readonly PublicJwk[];
  readonly revokedKeys?: readonly PublicJwk[];
}

/** A fixed register, for a few partners that a settings file names. Throws a TypeError for a key of two nodes. */
export function registerNodes(nodes: readonly RegisteredNode[]): FindPartnerKey {
  const byId = new Map<string, PartnerKey>();
  const add = ({ nodeId, speaksFor }: RegisteredNode, publicJwk: PublicJwk, isRevoked: boolean): void => {
    const keyId = thumbprintOf(publicJwk);
    const known = byId.get(keyId);
    if (known !== undefined)
      throw new TypeError(`the key ${keyId} is registered twice: ${known.nodeId}, ${nodeId}`);
    byId.set(keyId, { publicJwk, nodeId, speaksFor, isRevoked });
  };
  for (const node of nodes) {
    for (const key of node.keys) add(node, key, false);
    for (const key of node.revokedKeys ?? []) add(node, key, true);
  }
  return (keyId) => byId.get(keyId);
}
