// Checks of provisioning: a source user becomes one user of the target, however often and how many at a time ask.
import type { Answer } from "../answer.ts";
import { creditBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import type { Trial } from "../trial.ts";

const COPIES = 6;
const ROUNDS = 3;

function userBody(trial: Trial, sourceUserId: string, profile: Readonly<Record<string, unknown>>): object {
  const { own, partner_system } = trial.world.config;
  return {
    source_system: own.system_id,
    source_user_id: sourceUserId,
    target_system: partner_system,
    profile,
  };
}

function makeProfile(sourceUserId: string): Readonly<Record<string, unknown>> {
  return { username: sourceUserId, email: `${sourceUserId}@example.com` };
}

async function provision(
  trial: Trial,
  sourceUserId: string,
  profile = makeProfile(sourceUserId),
): Promise<Answer> {
  if (trial.world.node?.provisioning !== true) trial.skip("the node's provisioning is false");
  const answer = await trial.call("users", userBody(trial, sourceUserId, profile));
  trial.expect(answer, { status: 200 });
  const { user_id: userId } = answer.body;
  expectThat(typeof userId === "string" && userId !== "", "a user_id", JSON.stringify(userId));
  return answer;
}

function expectSameUser(first: Answer, again: Answer): void {
  const [user, other] = [first.body["user_id"], again.body["user_id"]];
  expectThat(user === other, `the same user_id ${JSON.stringify(user)}`, JSON.stringify(other));
}

async function runTwice(trial: Trial): Promise<void> {
  const id = trial.world.makeId("user");
  const first = await provision(trial, id);
  expectThat(
    first.body["created"] === true,
    "created true for a new user",
    JSON.stringify(first.body["created"]),
  );
  const again = await provision(trial, id);
  expectSameUser(first, again);
  expectThat(
    again.body["created"] === false,
    "created false the second time",
    JSON.stringify(again.body["created"]),
  );
}

async function runOtherProfile(trial: Trial): Promise<void> {
  const id = trial.world.makeId("user");
  const first = await provision(trial, id);
  const again = await provision(trial, id, { username: "another", email: `another.${id}@example.com` });
  expectSameUser(first, again);
}

/** Two people may share an address, or one may claim another's. */
async function runSameEmail(trial: Trial): Promise<void> {
  const [id, other] = [trial.world.makeId("user"), trial.world.makeId("user")];
  const first = await provision(trial, id);
  const second = await provision(trial, other, { ...makeProfile(other), email: `${id}@example.com` });
  const [user, otherUser] = [first.body["user_id"], second.body["user_id"]];
  expectThat(user !== otherUser, "another user for another source user", `${JSON.stringify(user)} for both`);
}

async function runCopies(trial: Trial): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await provisionAtOnce(trial);
}

async function provisionAtOnce(trial: Trial): Promise<void> {
  const id = trial.world.makeId("user");
  const answers = await Promise.all(Array.from({ length: COPIES }, () => provision(trial, id)));
  const users = new Set(answers.map(({ body: { user_id } }) => user_id));
  expectThat(users.size === 1, `one user for ${COPIES} calls at the same time`, [...users].join(", "));
  const makers = answers.filter(({ body: { created } }) => created === true);
  expectThat(makers.length === 1, "created true in exactly one of them", `in ${makers.length}`, "should");
}

async function runCredit(trial: Trial): Promise<void> {
  const { world } = trial;
  const { body } = await provision(trial, world.makeId("user"));
  const answer = await trial.settle(
    "credits",
    creditBody(world, world.makeId("provisioned"), { user_id: body["user_id"] }),
  );
  trial.expect(answer, { status: 200, outcome: "completed" }, "a credit to a user just provisioned");
}

async function runForeign(trial: Trial): Promise<void> {
  if (trial.world.node?.provisioning !== true) trial.skip("the node's provisioning is false");
  const id = trial.world.makeId("user");
  const body = userBody(trial, id, makeProfile(id));
  const answer = await trial.call("users", body, { key: trial.world.keys.foreign });
  trial.expect(answer, { status: 403, outcome: null }, "asked by another node");
}

function check(name: string, title: string, run: Check["run"]): Check {
  return { id: `users/${name}`, title, rule: "provisioning", level: "must", run };
}

export const userChecks: readonly Check[] = [
  check("twice", "Provisioning twice gives the same user", runTwice),
  check("other-profile", "Another profile of the same source user gives the same user", runOtherProfile),
  check("same-email", "Another source user with the same e-mail gets another user", runSameEmail),
  check("copies", `${COPIES} calls at the same time create one user`, runCopies),
  check("credit", "A user just provisioned can be credited", runCredit),
  { ...check("foreign", "Another node can't provision in the kit's name", runForeign), rule: "speaks-for" },
];
