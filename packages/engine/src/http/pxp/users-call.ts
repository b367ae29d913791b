// /pxp/v1/users: the target's user of a source user, made once.
//
// I1  The user is found by the source user's identity alone, which is the directed mapping itself; never by an
//     e-mail address or anything else of the profile, which anybody may have typed in.
// I2  The mapping is what decides a race: whoever comes second finds the first one's user.
// I3  The profile is written once, after the mapping; a call that finds it missing writes it, so one that was
//     cut off between the two is completed by its repeat.
import type { UsersAnswer } from "@pointbridge/protocol/pxp";
import { findMapping, putMapping } from "../../mappings/index.ts";
import { AppError, newOperationId } from "../../system/index.ts";
import { getUser, type ProfileInput, putProfiles } from "../../users/index.ts";
import { HttpError } from "../problem.ts";
import type { Services } from "../services.ts";
import type { Bodies } from "./accept-call.ts";
import type { PartnerHandler } from "./handler.ts";

interface SourceUser {
  readonly sourceSystem: string;
  readonly sourceUserId: string;
  readonly targetSystem: string;
}

async function findTargetUser(services: Services, user: SourceUser): Promise<string | undefined> {
  const mapping = await services.database.transaction((transaction) =>
    findMapping(transaction, services.shardCount, user),
  );
  return mapping?.targetUserId;
}

/** Maps the source user to a new user id, unless somebody else has been faster (I2). */
async function createTargetUser(
  services: Services,
  user: SourceUser,
  principal: string,
): Promise<UsersAnswer> {
  const targetUserId = `user-${newOperationId()}`;
  try {
    await putMapping(services.database, services.shardCount, { ...user, targetUserId, principal });
    return { user_id: targetUserId, created: true };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "system_not_found") throw new HttpError("forbidden", error.message);
    if (error.code !== "mapping_exists") throw error;
    const standing = await findTargetUser(services, user);
    if (standing === undefined) throw error;
    return { user_id: standing, created: false };
  }
}

async function keepProfile(
  services: Services,
  user: SourceUser,
  userId: string,
  profile: Omit<ProfileInput, "systemId" | "userId">,
): Promise<void> {
  const key = { systemId: user.targetSystem, userId };
  const standing = await services.database.transaction((transaction) =>
    getUser(transaction, services.shardCount, key),
  );
  if (standing !== undefined) return;
  await putProfiles(services.database, services.shardCount, [{ ...key, ...profile }]);
}

export const provision: PartnerHandler<Bodies["users"]> = async ({ caller, body }, services) => {
  const { source_system: sourceSystem, source_user_id: sourceUserId, target_system: targetSystem } = body;
  const user = { sourceSystem, sourceUserId, targetSystem };
  const standing = await findTargetUser(services, user);
  const answer: UsersAnswer =
    standing === undefined
      ? await createTargetUser(services, user, `partner ${caller.nodeId}`)
      : { user_id: standing, created: false };
  // Of the profile only what is known by name is taken: unknown fields are ignored.
  const { username, email, phone, attributes } = body.profile;
  await keepProfile(services, user, answer.user_id, { username, email, phone, attributes });
  return { status: 200, body: answer };
};
