// Proves that the verifiers of the example partners, each in its own language, judge the protocol's request vectors as
// they must: what is good is taken, each bad one is refused with its code and bound to the request's nonce.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { ExampleName } from "./example-partner.ts";
import { listExamples } from "./example-world.ts";

const root = join(import.meta.dirname, "../../../..");
const vectorsFolder = join(root, "packages/protocol/vectors");

interface RequestVector {
  readonly name: string;
  readonly verdict: {
    readonly ok: boolean;
    readonly key_id?: string;
    readonly code?: string;
    readonly nonce: string | null;
  };
}

interface KeyVector {
  readonly state: string;
  readonly private_jwk: Readonly<Record<"kty" | "crv" | "x", string>>;
}

/** PHP gives a header that came twice as one, so there it is the digest that can't be right. */
const otherCodes: Readonly<Record<string, string>> = {
  "php: the header content-digest comes twice": "bad_digest",
};

function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(join(vectorsFolder, name), "utf8")) as T;
}

/** The settings by which the vectors' keys are registered, and how to remove them again. */
function registerKeys() {
  const folder = mkdtempSync(join(tmpdir(), "pointbridge-vectors-"));
  const { keys } = readVectors<{ keys: readonly KeyVector[] }>("keys.json");
  const writeKeys = (state: string) => {
    const path = join(folder, `${state}.json`);
    const chosen = keys.filter((key) => key.state === state).map(({ private_jwk: jwk }) => jwk);
    writeFileSync(path, JSON.stringify({ keys: chosen.map(({ kty, crv, x }) => ({ kty, crv, x })) }));
    return path;
  };
  const caller = { systems: ["shop"], keys: writeKeys("active"), revoked: writeKeys("revoked") };
  return {
    env: { PARTNER_CALLERS: JSON.stringify({ caller }) },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function judgeVectors(name: ExampleName, command: string): Promise<unknown[]> {
  const script = join(import.meta.dirname, "verdicts", name === "python" ? "verify.py" : "verify.php");
  const words = [script, join(root, `examples/partner-${name}`), join(vectorsFolder, "requests.json")];
  const { env, remove } = registerKeys();
  try {
    const { stdout } = await promisify(execFile)(command, words, { env: { ...process.env, ...env } });
    return stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
  } finally {
    remove();
  }
}

describe.each(listExamples())("the verifier in %s", (name, command) => {
  it.skipIf(command === undefined)("judges every request vector as it must", async () => {
    const { vectors } = readVectors<{ vectors: readonly RequestVector[] }>("requests.json");
    const found = await judgeVectors(name, command ?? "");
    const verdicts = vectors.map(({ name: vector }, index) => ({ vector, verdict: found[index] }));
    const expected = vectors.map(({ name: vector, verdict: { ok, code, key_id: keyId, nonce } }) => ({
      vector,
      verdict: ok
        ? { ok, key_id: keyId, nonce }
        : { ok, code: otherCodes[`${name}: ${vector}`] ?? code, nonce },
    }));
    expect(verdicts).toEqual(expected);
  });
});
