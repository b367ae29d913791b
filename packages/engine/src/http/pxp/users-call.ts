// /pxp/v1/users: the target's user of a source user, made once.
import { provisionUser } from "../../exchange/index.ts";
import { AppError } from "../../system/index.ts";
import { HttpError } from "../problem.ts";
import type { Bodies } from "./accept-call.ts";
import type { PartnerHandler } from "./handler.ts";

export const provision: PartnerHandler<Bodies["users"]> = async ({ caller, body }, services) => {
  const { source_system: sourceSystem, source_user_id: sourceUserId, target_system: targetSystem } = body;
  const pair = { sourceSystem, sourceUserId, targetSystem };
  // Of the profile only what is known by name is taken: unknown fields are ignored.
  const { username, email, phone, attributes } = body.profile;
  const profile = { username, email, phone, attributes };
  const { database, shardCount } = services;
  try {
    const user = await provisionUser(database, shardCount, pair, profile, `partner ${caller.nodeId}`);
    return { status: 200, body: { user_id: user.userId, created: user.created } };
  } catch (error) {
    if (error instanceof AppError && error.code === "system_not_found") {
      throw new HttpError("forbidden", error.message);
    }
    throw error;
  }
};
