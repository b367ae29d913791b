// `npm run test:mutations`: switches every defence of the list off, one at a time in a copy of the tree, and sees whether
// the test that is named for it fails. Ends with `K of N caught`, and with 1 unless K is N.
//
// `-- --threat N` for those of one threat, or of several. The tree itself is never touched.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mutations } from "./list.ts";
import type { Mutation } from "./mutation.ts";
import { patternOf, runTestsOf } from "./run-tests-of.ts";
import { ScratchTree } from "./scratch-tree.ts";

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Why the mutation counts as not caught; undefined where its test failed as it should. */
async function findMiss(tree: ScratchTree, mutation: Mutation): Promise<string | undefined> {
  const run = await tree.withReplaced([mutation, mutation.also], () =>
    runTestsOf(tree.root, [mutation.test]),
  );
  if (run.fault !== undefined) return `nothing ran: ${run.fault}`;
  if (run.failed === 0) return `${run.passed} passed`;
  const named = new RegExp(patternOf(mutation.test.title));
  if (!run.failedTitles.some((title) => named.test(title)))
    return `others failed: ${run.failedTitles.join(", ")}`;
  // A file that can't be loaded, or a time that is up, shows nothing about the defence.
  const unproven = run.messages.every((message) => /SyntaxError|PARSE_ERROR|timed out in/.test(message));
  return unproven ? `failed for another reason: ${run.messages[0] ?? ""}` : undefined;
}

/** A test that fails as it stands would catch anything. */
async function requireSoundTests(tree: ScratchTree, chosen: readonly Mutation[]): Promise<void> {
  const tests = chosen.map(({ test }) => test);
  const run = await runTestsOf(tree.root, tests);
  const count = new Set(tests.map(({ file, title }) => `${file} ${title}`)).size;
  if (run.fault !== undefined || run.failed > 0 || run.passed < count) {
    const why = run.fault ?? run.messages.join("\n");
    throw new Error(`without any mutation ${run.passed} pass and ${run.failed} fail of ${count}:\n${why}`);
  }
  say(`${count} tests pass as things stand (${run.passed} with their cases)`);
}

const { values } = parseArgs({ options: { threat: { type: "string", multiple: true } } });
const chosen = mutations.filter(({ threat }) => values.threat?.includes(String(threat)) ?? true);
const tree = new ScratchTree(join(import.meta.dirname, "../.."));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    tree.remove();
    process.exit(1);
  });
}
try {
  await requireSoundTests(tree, chosen);
  let caught = 0;
  for (const mutation of chosen) {
    const miss = await findMiss(tree, mutation);
    if (miss === undefined) caught += 1;
    const what = mutation.found.trim().split("\n", 1)[0];
    say(`${miss === undefined ? "caught" : "MISSED"}  ${mutation.threat}  ${mutation.file}: ${what}`);
    if (miss !== undefined) say(`        ${mutation.test.title}: ${miss}`);
  }
  say(`${caught} of ${chosen.length} caught`);
  process.exitCode = caught === chosen.length && caught > 0 ? 0 : 1;
} finally {
  tree.remove();
}
