// Keys: what the node signs with, and its rotation.
import { v1 } from "@pointbridge/protocol";
import { defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Keys";

async function readKeys(services: Services): Promise<v1.NodeKeySet> {
  const book = await services.partners.registry.current();
  return { keys: book.nodeKeys.map(({ publicJwk }) => ({ ...publicJwk, use: "sig", alg: "EdDSA" })) };
}

export const keyRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/keys",
    name: "listKeys",
    tag,
    summary: "List the keys that this node signs with",
    description:
      "A JSON Web Key Set to hand to partners: the active key first, then those that it took the place of.",
    permission: "read",
    reach: "open",
    answers: { 200: { description: "The public halves.", schema: v1.nodeKeySet } },
    async handle(_call, services) {
      return { status: 200, body: await readKeys(services) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/keys/rotate",
    name: "rotateKeys",
    tag,
    summary: "Sign with a new key from now on",
    description:
      "The key before stays in use towards partners that do not know the new one yet, so nothing under way stops. Each call makes another key.",
    permission: "administer",
    answers: { 200: { description: "The public halves, the new key first.", schema: v1.nodeKeySet } },
    async handle({ by }, services) {
      await services.partners.rotateKeys(by);
      return { status: 200, body: await readKeys(services) };
    },
  }),
];
