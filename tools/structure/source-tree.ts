// The project's sources as the rules see them: every code file with its syntax, and which file each import means.
import { globSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { readSyntax, type Syntax } from "./syntax.ts";

export interface PackageManifest {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface SourceFile extends Syntax {
  /** Path from the root of the clone, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lineCount: number;
}

export interface ResolvedImport {
  readonly specifier: string;
  readonly line: number;
  /** The file of the project that is meant; undefined for a package from outside. */
  readonly target: SourceFile | undefined;
}

export interface SourceTree {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly migrations: readonly { readonly path: string; readonly text: string }[];
  /** By folder: "." and "packages/…". */
  readonly manifests: ReadonlyMap<string, PackageManifest>;
  importsOf(file: SourceFile): readonly ResolvedImport[];
}

const codePatterns = ["*", "packages/*/{src,test,bin}/**/*", "tools/**/*", "bench/**/*", "examples/**/*"];
const codeExtensions = "{ts,tsx,mjs,js}";
const foreignFolders = ["node_modules", "dist", ".pointbridge", "coverage"];

export function isTestFile(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^packages\/[^/]+\/test\//.test(path);
}

/** `ledger` for `packages/engine/src/ledger/queries.ts`; the file's name for one that stands in src itself. */
export function findPlace(
  path: string,
): { readonly packageFolder: string; readonly place: string } | undefined {
  const match = /^(packages\/[^/]+)\/src\/([^/]+)/.exec(path);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { packageFolder: match[1], place: match[2] };
}

function listFiles(root: string, patterns: readonly string[]): string[] {
  const exclude = (path: string) => path.split(sep).some((part) => foreignFolders.includes(part));
  return globSync([...patterns], { cwd: root, exclude }).map((path) => path.split(sep).join("/"));
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const syntax = readSyntax(path, text);
  const { imports, functions, texts, declarations } = syntax;
  const lineCount = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return { path, text, lineCount, imports, functions, texts, declarations };
}

function resolvePackage(
  specifier: string,
  manifests: ReadonlyMap<string, PackageManifest>,
): string | undefined {
  for (const [folder, { name, exports }] of manifests) {
    if (name === undefined || (specifier !== name && !specifier.startsWith(`${name}/`))) continue;
    const target = exports?.[`.${specifier.slice(name.length)}`];
    return target === undefined ? undefined : posix.join(folder, target);
  }
  return undefined;
}

/** Reads the clone at `root`. */
export function readSourceTree(root: string): SourceTree {
  const files = new Map<string, SourceFile>();
  for (const path of listFiles(
    root,
    codePatterns.map((pattern) => `${pattern}.${codeExtensions}`),
  )) {
    files.set(path, readSource(root, path));
  }
  const manifests = new Map<string, PackageManifest>();
  for (const path of listFiles(root, ["package.json", "packages/*/package.json"])) {
    manifests.set(posix.dirname(path), JSON.parse(readFileSync(join(root, path), "utf8")) as PackageManifest);
  }
  const migrations = listFiles(root, ["packages/*/migrations/**/*"])
    .filter((path) => posix.extname(path) !== "")
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

  const importsOf = (file: SourceFile) =>
    file.imports.map(({ specifier, line }) => {
      const path = specifier.startsWith(".")
        ? posix.join(posix.dirname(file.path), specifier)
        : resolvePackage(specifier, manifests);
      return { specifier, line, target: path === undefined ? undefined : files.get(path) };
    });
  return { files, migrations, manifests, importsOf };
}
