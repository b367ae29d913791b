// Users' profiles: PUT.
import { v1 } from "@pointbridge/protocol";
import { eraseUser, type Profile } from "../users/index.ts";
import { defineRoute, type Route } from "./route.ts";

function viewUser(profile: Profile): v1.User {
  return {
    system_id: profile.systemId,
    user_id: profile.userId,
    username: profile.username,
    email: profile.email,
    phone: profile.phone,
    attributes: profile.attributes === null ? null : { ...profile.attributes },
    created_at: profile.createdAt.toISOString(),
    updated_at: profile.updatedAt.toISOString(),
  };
}

export const userRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/users",
    name: "putUser",
    tag: "Users",
    summary: "Keep a user's profile",
    description:
      "What the user is created from at a target whose link provisions. Replaces the whole: what is left out is gone.",
    permission: "map_users",
    reach: ({ body }) => [[body.system_id]],
    body: v1.userInput,
    answers: {
      200: { description: "It stood, and is as given now.", schema: v1.user },
      201: { description: "Made.", schema: v1.user },
    },
    errors: ["system_not_found"],
    async handle({ body, form, by }, services) {
      const { system_id: systemId, user_id: userId, username, email, phone } = body;
      const attributes = form.metadata(body.attributes, "/attributes") ?? undefined;
      form.finish();
      const input = { systemId, userId, username, email, phone, attributes };
      const { profile, outcome } = await services.profiles.putOne(input, by);
      return { status: outcome === "created" ? 201 : 200, body: viewUser(profile) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/users/erase",
    name: "eraseUser",
    tag: "Users",
    summary: "Erase a person's profile",
    description:
      "For good: the profile and every copy that provisioning made of it on this node. The ledger, the log and the audit keep the user's id. Each call is an operation in the log. A POST, since what names a person does not belong into an address.",
    permission: "administer",
    body: v1.userErasureInput,
    answers: { 200: { description: "What was erased; nothing of it is left here.", schema: v1.userErasure } },
    errors: ["system_not_found"],
    async handle({ body: { system_id, user_id }, by }, { database, shardCount }) {
      const key = { systemId: system_id, userId: user_id };
      const { operationId, profiles, partners } = await eraseUser(database, shardCount, key, by);
      const erased = profiles.map((profile) => ({ system_id: profile.systemId, user_id: profile.userId }));
      const answer: v1.UserErasure = {
        operation_id: operationId,
        system_id,
        user_id,
        erased,
        partners: [...partners],
      };
      return { status: 200, body: answer };
    },
  }),
];
