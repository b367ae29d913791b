// Mappings: one target user per source user and pair, one source user per target user, whatever races.
import { beforeAll, expect, it } from "vitest";
import { putSystem } from "../../src/catalog/index.ts";
import { type Database, statement } from "../../src/database/index.ts";
import { mappedUserKey, shardOf } from "../../src/domain/index.ts";
import {
  findMapping,
  loadMappings,
  type MappingPut,
  mappingHistory,
  putMapping,
  putMappings,
} from "../../src/mappings/index.ts";
import { findOperations } from "../../src/operations/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";

const shardCount = 3;

function put(sourceUserId: string, targetUserId: string, rest: Partial<MappingPut> = {}): MappingPut {
  return {
    sourceSystem: "shop",
    sourceUserId,
    targetSystem: "airline",
    targetUserId,
    principal: "operator",
    ...rest,
  };
}

/** Mappings without their twin, or the other way round; and twins that disagree. */
const findHalves = statement(
  "",
  `select m.source_user_id, m.target_user_id, t.source_user_id as owner, t.target_user_id as twin
     from user_mappings as m
     full join user_mapping_targets as t
       on t.source_system = m.source_system and t.target_system = m.target_system
      and t.source_user_id = m.source_user_id and t.target_user_id = m.target_user_id
    where m.source_user_id is null or t.source_user_id is null`,
);
const countRows = statement(
  "",
  `select (select count(*)::integer from user_mappings) as mappings,
          (select count(*)::integer from user_mapping_history) as changes,
          (select count(*)::integer from operations where kind = 'mapping_change') as operations`,
);

async function query<R extends object>(
  database: Database,
  asked: ReturnType<typeof statement>,
): Promise<R[]> {
  return database.transaction((tx) => tx.query<R>(asked));
}

describeOnBothEngines("mappings", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open(shardCount);
    for (const systemId of ["shop", "airline", "club"]) {
      await putSystem(database, { systemId, name: systemId, kind: "hosted" });
    }
  });

  const targetOf = async (sourceUserId: string) => {
    const user = { sourceSystem: "shop", sourceUserId, targetSystem: "airline" };
    return (await database.transaction((tx) => findMapping(tx, shardCount, user)))?.targetUserId;
  };

  it("creates, finds it so, replaces when told to, and keeps the history", async () => {
    const created = await putMapping(database, shardCount, put("客户 1", 'CW"1\\'));
    expect(created).toMatchObject({ outcome: "created", idempotent: false });
    const unchanged = await putMapping(database, shardCount, put("客户 1", 'CW"1\\'));
    expect(unchanged).toEqual({ ...created, outcome: "unchanged", operationId: null });
    await expect(putMapping(database, shardCount, put("客户 1", "CW2"))).rejects.toMatchObject({
      code: "mapping_exists",
    });
    const replaced = await putMapping(database, shardCount, put("客户 1", "CW2", { replace: true }));
    expect(replaced.outcome).toBe("replaced");
    expect(await targetOf("客户 1")).toBe("CW2");
    const user = { sourceSystem: "shop", sourceUserId: "客户 1", targetSystem: "airline" };
    const history = await database.transaction((tx) => mappingHistory(tx, shardCount, user, { limit: 10 }));
    expect(history.map((change) => [change.oldTargetUserId, change.newTargetUserId])).toEqual([
      [null, 'CW"1\\'],
      ['CW"1\\', "CW2"],
    ]);
    const [first] = history;
    const next = await database.transaction((tx) =>
      mappingHistory(tx, shardCount, user, { limit: 10, after: first }),
    );
    expect(next).toEqual(history.slice(1));
    const ids = history.map((change) => change.operationId);
    const operations = await database.transaction((tx) => findOperations(tx, shardCount, ids));
    expect(operations).toHaveLength(2);
    expect(operations[0]).toMatchObject({ kind: "mapping_change", userId: "客户 1", principal: "operator" });
    // What was given up is free for another.
    expect((await putMapping(database, shardCount, put("u2", 'CW"1\\'))).outcome).toBe("created");
  });

  it("refuses a target that belongs to another, in this direction and pair only", async () => {
    await putMapping(database, shardCount, put("taken-1", "T1"));
    await expect(
      putMapping(database, shardCount, put("taken-2", "T1", { replace: true })),
    ).rejects.toMatchObject({
      code: "mapping_taken",
    });
    expect(
      (await putMapping(database, shardCount, put("taken-2", "T1", { targetSystem: "club" }))).outcome,
    ).toBe("created");
    await expect(
      putMapping(database, shardCount, put("taken-3", "T3", { targetSystem: "none" })),
    ).rejects.toMatchObject({ code: "system_not_found" });
  });

  it("answers a repeat of an id with what it did, and another body with the field that differs (U3)", async () => {
    const asked = put("idem", "I1", { operationId: "mapping-1" });
    const done = await putMapping(database, shardCount, asked);
    await putMapping(database, shardCount, put("idem", "I2", { replace: true }));
    const repeated = await putMapping(database, shardCount, asked);
    expect(repeated).toEqual({ ...done, outcome: "unchanged", idempotent: true });
    expect(await targetOf("idem")).toBe("I2");
    for (const [field, rest] of [
      ["target_user_id", { targetUserId: "I9" }],
      ["replace", { replace: true }],
      ["source_user_id", { sourceUserId: "other" }],
    ] as const) {
      await expect(putMapping(database, shardCount, { ...asked, ...rest })).rejects.toMatchObject({
        code: "operation_conflict",
        extra: { conflicting_field: field },
      });
    }
    const refused = put("idem-2", "I3", { operationId: "mapping-2", sourceSystem: "soon" });
    await expect(putMapping(database, shardCount, refused)).rejects.toMatchObject({
      code: "system_not_found",
    });
    await putSystem(database, { systemId: "soon", name: "Soon", kind: "hosted" });
    await expect(putMapping(database, shardCount, refused)).rejects.toMatchObject({
      extra: { idempotent: true },
    });
  });

  it("puts a list as if one by one, chains and swaps among them", async () => {
    await putMappings(database, shardCount, [put("a", "A"), put("b", "B")]);
    const results = await putMappings(database, shardCount, [
      put("a", "C", { replace: true }),
      put("b", "A", { replace: true }),
      put("a", "B", { replace: true }),
      put("c", "A"),
      put("a", "B"),
    ]);
    expect(results.map((result) => result.outcome)).toEqual([
      "replaced",
      "replaced",
      "replaced",
      "refused",
      "unchanged",
    ]);
    expect([await targetOf("a"), await targetOf("b"), await targetOf("c")]).toEqual(["B", "A", undefined]);
    expect(await query(database, findHalves)).toEqual([]);
  });

  it("writes nothing in a dry run, nor of a list that must be whole and is not", async () => {
    const [before] = await query(database, countRows);
    const list = [put("d1", "D1"), put("d2", "D1")];
    const dry = await putMappings(database, shardCount, list, { dryRun: true });
    const whole = await putMappings(database, shardCount, list, { allOrNothing: true });
    for (const results of [dry, whole]) {
      expect(results.map((result) => result.outcome)).toEqual(["created", "refused"]);
    }
    expect(await query(database, countRows)).toEqual([before]);
  });

  it("loads the mapped users of one shard in one statement", async () => {
    const users = ["x1", "x2", "x3"];
    await putMappings(
      database,
      shardCount,
      users.map((user) => put(user, `to ${user}`)),
    );
    const [shardId = 0] = users.map((user) => shardOf(user, shardCount));
    const asked = users.map((sourceUserId) => ({
      sourceSystem: "shop",
      sourceUserId,
      targetSystem: "airline",
    }));
    const found = await database.transaction((tx) => loadMappings(tx, shardId, asked));
    const expected = asked.filter((user) => shardOf(user.sourceUserId, shardCount) === shardId);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(expected.map((user) => [mappedUserKey(user), `to ${user.sourceUserId}`])),
    );
  });

  it("gives a target to one of those who race for it, and never half a mapping (U1, U2, U5)", async () => {
    const targets = ["R0", "R1", "R2"];
    const races = Array.from({ length: 120 }, (_, index) => {
      const target = targets[index % targets.length] ?? "R0";
      return putMapping(
        database,
        shardCount,
        put(`racer-${index % 7}`, target, { replace: index % 2 === 0 }),
      );
    });
    const outcomes = await Promise.allSettled(races);
    const codes = outcomes.map((outcome) =>
      outcome.status === "rejected" ? (outcome.reason as { readonly code: string }).code : "done",
    );
    expect(new Set(codes)).toEqual(new Set(["done", "mapping_exists", "mapping_taken"]));
    const lists = Array.from({ length: 6 }, (_, list) =>
      putMappings(
        database,
        shardCount,
        Array.from({ length: 200 }, (_, index) =>
          put(`bulk-${(index * 7 + list) % 200}`, `B${(index * 3) % 200}`, { replace: true }),
        ),
      ),
    );
    await Promise.all(lists);
    expect(await query(database, findHalves)).toEqual([]);
    const [counts] = await query<{ changes: number; operations: number }>(database, countRows);
    // Every change has its operation, and so has the one refusal that was asked for under an id.
    expect(counts?.operations).toBe((counts?.changes ?? 0) + 1);
  });

  it("lets one id race itself once", async () => {
    const races = Array.from({ length: 16 }, () =>
      putMapping(database, shardCount, put("one-id", "ONE", { operationId: "mapping-race" })),
    );
    const results = await Promise.all(races);
    expect(results.filter((result) => !result.idempotent)).toHaveLength(1);
  });
});
