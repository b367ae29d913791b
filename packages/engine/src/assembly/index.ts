// A node put together of its parts.
export { type AssembledNode, assembleNode } from "./assemble-node.ts";
export type { NodeParts } from "./node-parts.ts";
