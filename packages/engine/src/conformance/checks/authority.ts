// Checks of who may speak for whom, and of the scope of ids.
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import { expectIdFree, openAgain, openNew, type Side, undo } from "../side.ts";
import type { Trial } from "../trial.ts";

const forbidden = { status: 403, outcome: null } as const;

async function runForbidden(
  trial: Trial,
  side: Side,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const id = trial.world.makeId("forbidden");
  const answer = await trial.call(side.kind, side.openBody(trial.world, id, { ...changes, amount: "1" }));
  trial.expect(answer, forbidden);
  await expectIdFree(trial, side, id);
}

/** The foreign node, properly signed, speaks in the kit's name. */
async function runForeignKey(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  const id = world.makeId("foreign");
  const body = side.openBody(world, id, { amount: "1" });
  trial.expect(
    await trial.call(side.kind, body, { key: world.keys.foreign }),
    forbidden,
    "signed by another node",
  );
  await expectIdFree(trial, side, id);
}

async function runForeignUndo(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  const id = await openNew(trial, side, "foreign-undo");
  const answer = await trial.call(side.undo, side.undoBody(world, id), { key: world.keys.foreign });
  trial.expect(answer, forbidden, "another node may not undo it");
  trial.expect(await openAgain(trial, side, id), side.opened, "it stands as before");
}

/** The foreign node uses the kit's id for its own system: another row. */
async function runScope(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  const foreign = { key: world.keys.foreign };
  const own = { [side.speaker]: world.config.foreign.system_id };
  const id = await openNew(trial, side, "scope", { amount: "1" });
  const undone = await trial.settle(side.undo, side.undoBody(world, id, own), foreign);
  trial.expect(undone, side.undone, "the other node fences its own id of the same name");
  const again = await openAgain(trial, side, id, { amount: "1" });
  trial.expect(again, side.opened, "the first node's row is not touched by it");
  const late = await trial.settle(side.kind, side.openBody(world, id, { ...own, amount: "3" }), foreign);
  trial.expect(late, side.refusedAfter, "the other node finds its own fence, not the first node's row");
}

async function runByteForByte(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  const id = world.makeId("case");
  const [lower, upper] = [`${id}.a`, `${id}.A`];
  trial.expect(await trial.settle(side.kind, side.openBody(world, lower, { amount: "1" })), side.opened);
  trial.expect(
    await undo(trial, side, upper),
    side.undone,
    "an id in another case is another id: this fences it",
  );
  const again = await openAgain(trial, side, lower, { amount: "1" });
  trial.expect(again, side.opened, "the id in lower case stands");
}

async function runLongId(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  const id = world.makeId("long").padEnd(128, "x");
  trial.expect(await trial.settle(side.kind, side.openBody(world, id, { amount: "1" })), side.opened);
  const other = `${id.slice(0, 127)}y`;
  const answer = await trial.settle(side.kind, side.openBody(world, other, { amount: "3" }));
  trial.expect(answer, side.opened, "ids that differ in their 128th character are two ids");
}

/** Ids of credits and holds are two scopes. */
async function runKinds(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  if (!world.plays("source")) trial.skip("the partner is no source");
  const id = await openNew(trial, side, "kinds", { amount: "1" });
  const release = {
    operation_id: id,
    source_system: world.config.partner_system,
    target_system: world.config.own.system_id,
    initiated_at: world.now().toISOString(),
  };
  const answer = await trial.call("holds/release", release);
  trial.expect(answer, { status: 200, outcome: "released" }, "a hold of that id was never seen");
  const again = await openAgain(trial, side, id, { amount: "1" });
  expectThat(again.status === 200, "the credit of that id stands", String(again.status));
}

export function authorityChecks(side: Side): Check[] {
  const must = { rule: "speaks-for", level: "must" } as const;
  const what = side.kind === "credits" ? "credit" : "hold";
  return [
    {
      id: "authority/another-system",
      title: `A ${what} in the name of another node's system is a 403 and uses no id up`,
      ...must,
      run: (trial) => runForbidden(trial, side, { [side.speaker]: trial.world.config.foreign.system_id }),
    },
    {
      id: "authority/unknown-system",
      title: `A ${what} in the name of a system that nobody registered is a 403 and uses no id up`,
      ...must,
      run: (trial) => runForbidden(trial, side, { [side.speaker]: "conformance-nobody" }),
    },
    {
      id: "authority/not-hosted",
      title: `A ${what} at a system that the partner doesn't host is a 403 and uses no id up`,
      ...must,
      run: (trial) => runForbidden(trial, side, { [side.hosted]: trial.world.config.foreign.system_id }),
    },
    {
      id: "authority/foreign-key",
      title: `A ${what} signed by another registered node is a 403 and uses no id up`,
      ...must,
      run: (trial) => runForeignKey(trial, side),
    },
    {
      id: "authority/foreign-undo",
      title: `Another node can't undo a ${what}`,
      ...must,
      run: (trial) => runForeignUndo(trial, side),
    },
    {
      id: "authority/scope-of-ids",
      title: "The same id of two nodes is two rows",
      rule: "id-scope",
      level: "must",
      run: (trial) => runScope(trial, side),
    },
    {
      id: "authority/ids-by-bytes",
      title: "Ids in upper and lower case are two ids",
      rule: "id-scope",
      level: "must",
      run: (trial) => runByteForByte(trial, side),
    },
    {
      id: "authority/long-ids",
      title: "Ids of 128 characters are told apart to the last",
      rule: "id-scope",
      level: "must",
      run: (trial) => runLongId(trial, side),
    },
    ...(side.profile === "target"
      ? [
          {
            id: "authority/kinds-of-ids",
            title: "A credit and a hold of the same id are two rows",
            rule: "id-scope" as const,
            level: "must" as const,
            run: (trial: Trial) => runKinds(trial, side),
          },
        ]
      : []),
  ];
}
