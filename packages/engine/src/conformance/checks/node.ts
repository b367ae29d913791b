// Checks of the node call: what the partner says it is.
import { type PublicJwk, thumbprintOf } from "@pointbridge/protocol/pxp";
import { findFormFault } from "../answer.ts";
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import { CheckFailure } from "../result.ts";
import type { Side } from "../side.ts";
import type { Trial } from "../trial.ts";

/** The clocks may differ by 60 s before calls fail; by then it is too late to notice. */
const CLOCK_DIFFERENCE_MAX_MS = 10_000;

async function runForm(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  const answer = await trial.call("node", {});
  trial.expect(answer, { status: 200 });
  const fault = findFormFault("node", answer.status, answer.body);
  expectThat(fault === undefined, "a node answer by its form", fault ?? "");
  const roles = JSON.stringify(answer.body["roles"]);
  expectThat(roles.includes(`"${side.profile}"`), `roles that hold "${side.profile}"`, roles);
  const systems = answer.body["systems"];
  const hosts = Array.isArray(systems) && systems.includes(world.config.partner_system);
  expectThat(hosts, `systems that hold "${world.config.partner_system}"`, JSON.stringify(systems));
}

function nameOf(jwk: PublicJwk): string {
  try {
    return thumbprintOf(jwk);
  } catch (error) {
    if (error instanceof TypeError) throw new CheckFailure("Ed25519 public keys", error.message);
    throw error;
  }
}

async function runKeys(trial: Trial): Promise<void> {
  const { world } = trial;
  await trial.call("node", {});
  const keys = world.node?.keys.keys ?? [];
  const [first] = keys;
  expectThat(first !== undefined, "at least one key in keys", "none");
  for (const jwk of keys) {
    const thumbprint = nameOf(jwk);
    const isNamed = jwk.kid === undefined || jwk.kid === thumbprint;
    expectThat(isNamed, `the kid ${thumbprint} (RFC 7638)`, String(jwk.kid));
  }
  if (world.trustsNodeKeys) return;
  const isKnown = world.partnerKeys.has(nameOf(first));
  expectThat(isKnown, "the active key among those that were given to the kit", nameOf(first));
}

async function runClock(trial: Trial): Promise<void> {
  const before = trial.world.now().getTime();
  const answer = await trial.call("node", {});
  const after = trial.world.now().getTime();
  const time = Date.parse(String(answer.body["time"]));
  const difference = time < before ? before - time : Math.max(0, time - after);
  const holds = difference <= CLOCK_DIFFERENCE_MAX_MS;
  expectThat(holds, `a time within ${CLOCK_DIFFERENCE_MAX_MS} ms of the kit's`, `${difference} ms apart`);
}

async function runUnknownFields(trial: Trial): Promise<void> {
  const answer = await trial.call("node", { a_field_of_the_future: true });
  trial.expect(answer, { status: 200 });
}

async function runEncoding(trial: Trial): Promise<void> {
  const answer = await trial.call("node", {}, { headers: { "accept-encoding": "gzip, br, deflate" } });
  const encoding = answer.headers["content-encoding"] ?? "identity";
  expectThat(encoding === "identity", "no content encoding, though gzip was offered", String(encoding));
}

export function nodeChecks(side: Side): Check[] {
  return [
    {
      id: "node/form",
      title: `The node tells its protocol, its role ${side.profile} and the system under test`,
      rule: "node",
      level: "must",
      run: (trial) => runForm(trial, side),
    },
    {
      id: "node/keys",
      title: "The node tells its keys, the active one first, named by their thumbprints",
      rule: "node",
      level: "must",
      run: runKeys,
    },
    {
      id: "node/clock",
      title: "The partner's clock agrees with the kit's",
      rule: "signature-window",
      level: "should",
      run: runClock,
    },
    {
      id: "node/unknown-fields",
      title: "Unknown fields of the node call are ignored",
      rule: "unknown-fields",
      level: "must",
      run: runUnknownFields,
    },
    {
      id: "node/no-encoding",
      title: "Answers are not encoded, whatever the caller offers to take",
      rule: "answer-plain",
      level: "must",
      run: runEncoding,
    },
  ];
}
