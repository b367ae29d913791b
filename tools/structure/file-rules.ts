// What every single file keeps to: its length, its functions' length, its name, the comment that it opens with.
import { longestFileLines, longestFunctionLines } from "./layers.ts";
import type { Offence } from "./offence.ts";
import type { SourceFile, SourceTree } from "./source-tree.ts";

// They name a place to put things, not a thing.
const emptyWords = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "manager",
  "managers",
  "facade",
  "facades",
]);
const emptyEnding = /(Util|Utils|Helper|Helpers|Manager|Facade|_utils?|_helpers?|_manager|_facade)$/i;
const kebabName = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|tsx|mjs|js|sql)$/;
const migrationName = /^\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/;

function checkLengths(file: SourceFile): Offence[] {
  const offences: Offence[] = [];
  if (file.lineCount > longestFileLines) {
    const message = `${file.lineCount} lines; at most ${longestFileLines}: split it by what it owns`;
    offences.push({ file: file.path, line: longestFileLines + 1, rule: "file-length", message });
  }
  for (const { name, line, lineCount, groupsTests } of file.functions) {
    if (groupsTests || lineCount <= longestFunctionLines) continue;
    const message = `${name} has ${lineCount} lines; at most ${longestFunctionLines}: split it`;
    offences.push({ file: file.path, line, rule: "function-length", message });
  }
  return offences;
}

function checkPath(path: string): Offence[] {
  const offences: Offence[] = [];
  const parts = path.split("/");
  const empty = parts.flatMap((part) => part.split(/[-.]/)).find((word) => emptyWords.has(word));
  if (empty !== undefined) {
    offences.push({
      file: path,
      line: 1,
      rule: "name",
      message: `"${empty}" says nothing; name what it holds`,
    });
  }
  const name = parts.at(-1) ?? "";
  if (!kebabName.test(name)) {
    offences.push({ file: path, line: 1, rule: "name", message: `${name} is not kebab-case` });
  }
  if (path.includes("/migrations/") && !migrationName.test(name)) {
    offences.push({ file: path, line: 1, rule: "name", message: "a migration is named NNNN-name.sql" });
  }
  return offences;
}

function checkDeclarations(file: SourceFile): Offence[] {
  return file.declarations
    .filter(({ name }) => emptyEnding.test(name))
    .map(({ name, line }) => ({
      file: file.path,
      line,
      rule: "name",
      message: `${name} says nothing by its ending; name what it does`,
    }));
}

function checkOpening(path: string, text: string): Offence[] {
  const body = text.replace(/^#![^\n]*\n/, "").trimStart();
  if (/^((\/\/|--)[ \t]*\S|\/\*)/.test(body) && !/^(\/\/|\/\*)\s*(@ts-|biome-ignore|oxlint)/.test(body))
    return [];
  return [
    {
      file: path,
      line: 1,
      rule: "opening-comment",
      message: "open with a short comment: what this file owns",
    },
  ];
}

export function findFileOffences(tree: SourceTree): Offence[] {
  const ofCode = [...tree.files.values()].flatMap((file) => [
    ...checkLengths(file),
    ...checkPath(file.path),
    ...checkDeclarations(file),
    ...checkOpening(file.path, file.text),
  ]);
  const ofMigrations = tree.migrations.flatMap(({ path, text }) => [
    ...checkPath(path),
    ...checkOpening(path, text),
  ]);
  return [...ofCode, ...ofMigrations];
}
