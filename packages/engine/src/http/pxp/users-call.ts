// /pxp/v1/users: the target's user of a source user, made once.
import { getLink, getSystem } from "../../catalog/index.ts";
import { findProvisioned, provisionUser } from "../../exchange/index.ts";
import { AppError } from "../../system/index.ts";
import { HttpError } from "../problem.ts";
import type { Services } from "../services.ts";
import type { Bodies } from "./accept-call.ts";
import type { PartnerHandler } from "./handler.ts";

/** Nobody is created where nothing was agreed; what was created before stays known all the same. */
async function findRefusal(services: Services, sourceSystem: string, targetSystem: string) {
  return services.database.transaction(async (transaction) => {
    const [source, target, link] = await Promise.all([
      getSystem(transaction, sourceSystem),
      getSystem(transaction, targetSystem),
      getLink(transaction, { sourceSystem, targetSystem }),
    ]);
    // Of a system that nobody has put here there are no users to map; that is said where it shows.
    if (source === undefined || target === undefined) return undefined;
    if (source.status === "suspended" || target.status === "suspended") return "system_suspended";
    if (link === undefined) return "link_not_found";
    return link.enabled ? undefined : "link_disabled";
  });
}

export const provision: PartnerHandler<Bodies["users"]> = async ({ caller, body }, services) => {
  const { source_system: sourceSystem, source_user_id: sourceUserId, target_system: targetSystem } = body;
  const pair = { sourceSystem, sourceUserId, targetSystem };
  // Of the profile only what is known by name is taken: unknown fields are ignored.
  const { username, email, phone, attributes } = body.profile;
  const profile = { username, email, phone, attributes };
  const { database, shardCount } = services;
  const known = await findProvisioned(database, shardCount, pair);
  const refusal = known === undefined ? await findRefusal(services, sourceSystem, targetSystem) : undefined;
  if (refusal !== undefined) return { status: 422, body: { outcome: "refused", code: refusal } };
  try {
    const user = await provisionUser(services, pair, profile, `partner ${caller.nodeId}`);
    return { status: 200, body: { user_id: user.userId, created: user.created } };
  } catch (error) {
    if (error instanceof AppError && error.code === "system_not_found") {
      throw new HttpError("forbidden", error.message);
    }
    throw error;
  }
};
