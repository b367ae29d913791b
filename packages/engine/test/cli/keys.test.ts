// `pointbridge keys` in real processes: a pair for a partner's tests, and the keys of a node through its API.
import { randomBytes } from "node:crypto";
import { thumbprintOf, toSigningKey } from "@pointbridge/protocol/pxp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { endAll, findFreePort, runCommand, ServedNode } from "./processes.ts";

interface PrivateKey {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  readonly d: string;
}

const masterKey = randomBytes(32).toString("base64");
let place: TestDatabase;
let node: ServedNode;

async function readKeys(words: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runCommand(["keys", ...words, "--json"], node.environment);
  if (code !== 0) throw new Error(stderr);
  const { keys } = JSON.parse(stdout) as { readonly keys: { readonly kid: string }[] };
  return keys.map((key) => key.kid);
}

beforeAll(async () => {
  place = await createTestDatabase();
  const settings = { DATABASE_URL: place.url, POINTBRIDGE_MASTER_KEY: masterKey };
  node = new ServedNode(await findFreePort(), settings);
  await node.start();
}, 120_000);

afterAll(async () => {
  await endAll();
  await place.drop();
});

describe("keys", () => {
  it("generate makes a pair that belongs together, without a node", async () => {
    const { code, stdout } = await runCommand(["keys", "generate", "--json"]);
    expect(code).toBe(0);
    const made = JSON.parse(stdout) as {
      readonly key_id: string;
      readonly private_key: PrivateKey;
      readonly keys: { readonly keys: readonly PrivateKey[] };
    };
    expect(toSigningKey(made.private_key).keyId).toBe(made.key_id);
    const [publicKey] = made.keys.keys;
    if (publicKey === undefined) throw new Error("no public key was made");
    expect(thumbprintOf(publicKey)).toBe(made.key_id);
    expect(publicKey).not.toHaveProperty("d");
  });

  it("list and rotate show the active key first, and a node refuses to start with another master key", async () => {
    const [first, ...others] = await readKeys(["list"]);
    expect(others).toEqual([]);
    const rotated = await readKeys(["rotate"]);
    expect(rotated).toEqual([expect.not.stringMatching(`^${first}$`), first]);
    await node.end("SIGTERM");
    const data = { DATABASE_URL: place.url };
    for (const environment of [
      data,
      { ...data, POINTBRIDGE_MASTER_KEY: randomBytes(32).toString("base64") },
    ]) {
      const { code, stderr } = await runCommand(["keys", "list"], environment);
      expect(code).toBe(2);
      expect(stderr).toContain("POINTBRIDGE_MASTER_KEY");
    }
    const again = await runCommand(["keys", "list"], { ...data, POINTBRIDGE_MASTER_KEY: masterKey });
    expect(again.stdout).toMatch(new RegExp(`^active +${rotated[0]}\nretiring +${first}\n`));
  }, 120_000);
});
