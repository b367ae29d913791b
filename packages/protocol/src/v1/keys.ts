// Keys: what the node signs with.
import { type Static, Type } from "typebox";
import { closed, nullable, oneOf, systemId, time } from "./shapes.ts";
import { jsonWebKey } from "./systems.ts";

export const nodeKeySet = closed(
  "NodeKeySet",
  "The public halves of what this node signs with, the active key first.",
  { keys: Type.Array(jsonWebKey) },
);

export const dataKeyStates = ["active", "retiring", "retired"] as const;

const dataKey = closed("DataKey", "A version of the key that seals a system's profiles; never the key.", {
  system_id: systemId,
  version: Type.Integer({ minimum: 1, description: "Grows with each rotation." }),
  state: oneOf(
    dataKeyStates,
    "`active`: seals. `retiring`: opens what it sealed, which is being sealed anew. `retired`: destroyed.",
  ),
  created_at: time,
  retired_at: nullable(time, "When another took its place; null for the active one."),
});

export const dataKeyList = closed(
  "DataKeyList",
  "The versions of the data keys, the newest of a system first.",
  {
    items: Type.Array(dataKey),
  },
);

export const dataKeyRotation = closed("DataKeyRotation", "Of which system to rotate the data key.", {
  system_id: systemId,
});

export type DataKeyList = Static<typeof dataKeyList>;
export type NodeKeySet = Static<typeof nodeKeySet>;
