// Data keys: which versions there are, and their rotation. Never a key.
import { v1 } from "@pointbridge/protocol";
import { logAdminChanges } from "../admin-log/index.ts";
import { getSystem } from "../catalog/index.ts";
import { AppError } from "../system/index.ts";
import { defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Keys";

async function listVersions({ dataKeys }: Services, systemId?: string): Promise<v1.DataKeyList> {
  const versions = await dataKeys.list(systemId);
  return {
    items: versions.map((key) => ({
      system_id: key.systemId,
      version: key.version,
      state: key.state,
      created_at: key.createdAt.toISOString(),
      retired_at: key.retiredAt?.toISOString() ?? null,
    })),
  };
}

export const dataKeyRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/data-keys",
    name: "listDataKeys",
    tag,
    summary: "List the versions of the keys that seal profiles",
    permission: "read",
    answers: { 200: { description: "The newest of a system first.", schema: v1.dataKeyList } },
    async handle(_call, services) {
      return { status: 200, body: await listVersions(services) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/data-keys/rotate",
    name: "rotateDataKey",
    tag,
    summary: "Seal a system's profiles with a new key",
    description:
      "From now on; what the version before has sealed is sealed anew in the background, and then that version is destroyed. Nothing stops meanwhile. Each call makes another version.",
    permission: "administer",
    body: v1.dataKeyRotation,
    answers: { 200: { description: "The system's versions.", schema: v1.dataKeyList } },
    errors: ["system_not_found"],
    async handle({ body: { system_id: systemId }, by }, services) {
      const { database, dataKeys, profileSealer } = services;
      const system = await database.transaction((transaction) => getSystem(transaction, systemId));
      if (system === undefined) throw new AppError("system_not_found", `no system has the id ${systemId}`);
      const version = await dataKeys.rotate(systemId);
      await database.transaction((transaction) =>
        logAdminChanges(transaction, by, [
          {
            kind: "node_key_change",
            action: "rotated",
            subject: { data_key_of: systemId },
            old: { version: version - 1 },
            new: { version },
            sourceSystem: systemId,
          },
        ]),
      );
      profileSealer.wake();
      return { status: 200, body: await listVersions(services, systemId) };
    },
  }),
];
