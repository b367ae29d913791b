// Proves that each kind of offence is found, and that what is allowed is not.
import { describe, expect, it } from "vitest";
import { checkFixture, withMore } from "./fixture-tree.ts";

const ledger = "packages/engine/src/ledger/index.ts";
const domain = "packages/engine/src/domain/index.ts";
const protocol = "packages/protocol/src/index.ts";
const cli = "packages/engine/src/cli/index.ts";

/** The sound tree with one more file that is used (by a line in the ledger). */
function withUsed(path: string, text: string): Record<string, string> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { [`packages/engine/src/ledger/${name}`]: text, ...withMore(ledger, `import "./${name}";\n`) };
}

describe("a sound tree", () => {
  it("has no offence", () => {
    expect(checkFixture({})).toEqual([]);
  });

  it("may hold anything under generated/", () => {
    const text = `export const text = "select a from b";\n${"\n".repeat(500)}`;
    expect(
      checkFixture({
        "packages/engine/src/ledger/generated/Common_Utils.ts": text,
        ...withMore(ledger, 'import "./generated/Common_Utils.ts";\n'),
      }),
    ).toEqual([]);
  });

  it("may name SQL and drivers in tests", () => {
    const text =
      '// Test.\nimport "pg";\nimport "../src/ledger/queries.ts";\nexport const text = "delete from b";\n';
    expect(checkFixture({ "packages/engine/test/ledger.test.ts": text })).toEqual([]);
  });
});

describe("import offences", () => {
  const cases: ReadonlyArray<readonly [string, Record<string, string>, string]> = [
    [
      "a package against the direction",
      withMore(protocol, 'import "@pointbridge/sdk";\n'),
      `${protocol}:3  package-direction: protocol must not import sdk`,
    ],
    [
      "the SDK in the engine outside cli, http and tests",
      withMore(ledger, 'import "@pointbridge/sdk";\n'),
      `${ledger}:6  package-direction: engine must not import sdk`,
    ],
    [
      "a type import against the direction",
      withMore(protocol, 'export type X = import("@pointbridge/sdk").Client;\n'),
      `${protocol}:3  package-direction: protocol must not import sdk`,
    ],
    [
      "another package by its path",
      withMore(cli, 'export * from "../../../protocol/src/index.ts";\n'),
      `${cli}:4  package-entry: import another package by its name`,
    ],
    [
      "a higher tier",
      withMore(domain, 'import "../ledger/index.ts";\n'),
      `${domain}:3  tier: domain must not import ledger`,
    ],
    [
      "a higher tier by a dynamic import",
      withMore(domain, 'export const late = () => import("../ledger/index.ts");\n'),
      `${domain}:3  tier: domain must not import ledger`,
    ],
    [
      "a folder of the same tier",
      {
        "packages/engine/src/rates/index.ts": "// Rates.\nexport const rate = 1;\n",
        ...withMore(ledger, 'import "../rates/index.ts";\n'),
      },
      `${ledger}:6  tier: ledger must not import rates, which stands beside it`,
    ],
    [
      "a folder without a tier",
      {
        "packages/engine/src/shop/index.ts": "// Shop.\nexport {};\n",
        ...withMore(ledger, 'import "../shop/index.ts";\n'),
      },
      "packages/engine/src/shop/index.ts:1  tier: shop has no tier",
    ],
    [
      "a folder entered past its index",
      withMore(cli, 'import "../ledger/queries.ts";\n'),
      `${cli}:4  folder-entry: enter packages/engine/src/ledger through its index.ts`,
    ],
    [
      "a driver outside database/",
      withMore(ledger, 'import "pg";\n'),
      `${ledger}:6  driver: only packages/engine/src/database`,
    ],
    [
      "a driver's subpath outside database/",
      withMore(ledger, 'import "@electric-sql/pglite/live";\n'),
      `${ledger}:6  driver: only packages/engine/src/database`,
    ],
    [
      "a package that the manifest does not name",
      withMore(domain, 'import "left-pad";\n'),
      `${domain}:3  undeclared-package: left-pad is missing`,
    ],
    [
      "a test's file",
      {
        "packages/engine/src/ledger/ledger.test.ts": "// Test.\nexport {};\n",
        ...withMore(ledger, 'import "./ledger.test.ts";\n'),
      },
      `${ledger}:6  test-import: a source file must not import a test's file`,
    ],
    [
      "code that no package ships",
      {
        "tools/index.ts": "// Tool.\nexport {};\n",
        ...withMore(ledger, 'import "../../../../tools/index.ts";\n'),
      },
      `${ledger}:6  package-direction: code of a package must not import tools/index.ts`,
    ],
  ];
  it.each(cases)("%s", (_name, changes, expected) => {
    expect(checkFixture(changes)).toContainEqual(expect.stringContaining(expected));
  });

  it("a cycle of type imports, with its way", () => {
    const left =
      '// Left.\nimport type { Right } from "./right.ts";\nexport interface Left { right: Right }\n';
    const right =
      '// Right.\nimport type { Left } from "./left.ts";\nexport interface Right { left: Left }\n';
    const offences = checkFixture({
      "packages/engine/src/ledger/right.ts": right,
      ...withUsed("left.ts", left),
    });
    const folder = "packages/engine/src/ledger";
    expect(offences).toEqual([
      `${folder}/left.ts:1  import-cycle: ${folder}/left.ts -> ${folder}/right.ts -> ${folder}/left.ts; cut one of these imports`,
    ]);
  });

  it("a cycle over two packages", () => {
    const offences = checkFixture(withMore(protocol, 'export type * from "@pointbridge/sdk";\n'));
    expect(offences).toContainEqual(
      expect.stringContaining("import-cycle: packages/protocol/src/index.ts -> packages/sdk"),
    );
  });
});

describe("file offences", () => {
  it("a file over 400 lines, and none at 400", () => {
    const lines = (count: number) => `// Long.\n${"export {};\n".repeat(count - 1)}`;
    expect(checkFixture(withUsed("long.ts", lines(400)))).toEqual([]);
    expect(checkFixture(withUsed("long.ts", lines(401)))).toEqual([
      expect.stringContaining("ledger/long.ts:401  file-length: 401 lines"),
    ]);
  });

  it("a function over 70 lines, and none at 70", () => {
    const text = (count: number) => `// Long.\nexport const long = () => {\n${"\n".repeat(count - 2)}};\n`;
    expect(checkFixture(withUsed("long.ts", text(70)))).toEqual([]);
    expect(checkFixture(withUsed("long.ts", text(71)))).toEqual([
      expect.stringContaining("ledger/long.ts:2  function-length: long has 71 lines"),
    ]);
  });

  it("a long test, but not a long group of tests", () => {
    const body = "\n".repeat(80);
    const text = (call: string) => `// Test.\ndeclare const ${call}: any;\n${call}("x", () => {${body}});\n`;
    const path = "packages/engine/src/ledger/ledger.test.ts";
    expect(checkFixture({ [path]: text("describe") })).toEqual([]);
    expect(checkFixture({ [path]: text("describeOnBothEngines") })).toEqual([]);
    expect(checkFixture({ [path]: text("it") })).toEqual([
      expect.stringContaining(`${path}:3  function-length`),
    ]);
  });

  it.each([
    "utils.ts",
    "helpers.ts",
    "rate-common.ts",
    "account-manager.ts",
    "facade.ts",
    "BookKeeping.ts",
    "two_words.ts",
  ])("the name %s", (name) => {
    expect(checkFixture(withUsed(name, "// Named.\nexport {};\n"))).toEqual([
      expect.stringContaining(`ledger/${name}:1  name:`),
    ]);
  });

  it("a class that is a manager", () => {
    expect(checkFixture(withMore(domain, "export class RateManager {}\n"))).toEqual([
      expect.stringContaining(`${domain}:3  name: RateManager`),
    ]);
  });

  it("a migration without a number", () => {
    expect(checkFixture({ "packages/engine/migrations/more.sql": "-- More.\n" })).toEqual([
      expect.stringContaining("migrations/more.sql:1  name:"),
    ]);
  });

  it.each(["export {};\n", "// @ts-nocheck\nexport {};\n", "//\nexport {};\n"])(
    "no opening comment: %j",
    (text) => {
      expect(checkFixture(withUsed("bare.ts", text))).toEqual([
        expect.stringContaining("ledger/bare.ts:1  opening-comment:"),
      ]);
    },
  );
});

describe("dead files", () => {
  const lonely = "packages/engine/src/ledger/lonely.ts";

  it("a file that nothing uses, with all that only it uses", () => {
    const offences = checkFixture({
      [lonely]: '// Lonely.\nimport "./friend.ts";\n',
      "packages/engine/src/ledger/friend.ts": "// Friend.\nexport {};\n",
    });
    expect(offences).toEqual([
      expect.stringContaining("ledger/friend.ts:1  dead-file: nothing uses it"),
      expect.stringContaining("ledger/lonely.ts:1  dead-file: nothing uses it"),
    ]);
  });

  it("a source file that only its test uses", () => {
    const offences = checkFixture({
      [lonely]: "// Lonely.\nexport {};\n",
      "packages/engine/src/ledger/lonely.test.ts": '// Test.\nimport "./lonely.ts";\n',
    });
    expect(offences).toEqual([expect.stringContaining("ledger/lonely.ts:1  dead-file: only tests use it")]);
  });

  it("not a file that is started by its name", () => {
    const start = 'export const path = new URL("./lonely.ts", import.meta.url);\n';
    expect(checkFixture({ [lonely]: "// Lonely.\nexport {};\n", ...withMore(ledger, start) })).toEqual([]);
  });

  it("a test's support file that no test uses", () => {
    expect(checkFixture({ "packages/engine/test/support/lonely.ts": "// Lonely.\nexport {};\n" })).toEqual([
      expect.stringContaining("test/support/lonely.ts:1  dead-file: nothing uses it"),
    ]);
  });
});
