// Keys: what the node signs with.
import { type Static, Type } from "typebox";
import { closed } from "./shapes.ts";
import { jsonWebKey } from "./systems.ts";

export const nodeKeySet = closed(
  "NodeKeySet",
  "The public halves of what this node signs with, the active key first.",
  { keys: Type.Array(jsonWebKey) },
);

export type NodeKeySet = Static<typeof nodeKeySet>;
