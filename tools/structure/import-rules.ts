// Who may import whom: packages, the engine's tiers, folders through their index.ts, database drivers, declared packages.
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { databaseDrivers, engineSdkUsers, engineTiers, packageDirections } from "./layers.ts";
import type { Offence } from "./offence.ts";
import {
  findPlace,
  isTestFile,
  type ResolvedImport,
  type SourceFile,
  type SourceTree,
} from "./source-tree.ts";

type ImportRule = (file: SourceFile, reference: ResolvedImport, tree: SourceTree) => string | undefined;

function findPackage(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1];
}

function nameOutsidePackage(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

const checkPackageDirection: ImportRule = (file, { target }) => {
  const from = findPackage(file.path);
  if (from === undefined || target === undefined) return undefined;
  const to = findPackage(target.path);
  if (to === undefined) return `code of a package must not import ${target.path}, which no package ships`;
  if (to === from) return undefined;
  const allowed = packageDirections[from] ?? [];
  if (allowed.includes(to)) return undefined;
  const place = findPlace(file.path)?.place ?? "";
  if (from === "engine" && to === "sdk" && (isTestFile(file.path) || engineSdkUsers.includes(place))) {
    return undefined;
  }
  return `${from} must not import ${to}; it may import ${allowed.join(", ") || "no other package"}`;
};

const checkPackageEntry: ImportRule = (file, { specifier, target }) => {
  const from = findPackage(file.path);
  if (from === undefined || target === undefined || !specifier.startsWith(".")) return undefined;
  const to = findPackage(target.path);
  if (to === undefined || to === from) return undefined;
  return `import another package by its name, @pointbridge/${to}`;
};

const checkTestImport: ImportRule = (file, { target }) => {
  if (target === undefined || isTestFile(file.path) || findPlace(file.path) === undefined) return undefined;
  return isTestFile(target.path) ? "a source file must not import a test's file" : undefined;
};

const checkTier: ImportRule = (file, { target }) => {
  const from = findPlace(file.path);
  const to = target === undefined ? undefined : findPlace(target.path);
  if (from?.packageFolder !== "packages/engine" || to?.packageFolder !== "packages/engine") return undefined;
  if (from.place === to.place) return undefined;
  const findTier = (place: string) => engineTiers.findIndex((tier) => tier.includes(place));
  const [fromTier, toTier] = [findTier(from.place), findTier(to.place)];
  if (fromTier < 0 || toTier < 0 || toTier < fromTier) return undefined;
  const relation = fromTier === toTier ? "stands beside it in the same tier" : "stands above it";
  return `${from.place} must not import ${to.place}, which ${relation}`;
};

const checkFolderEntry: ImportRule = (file, { target }) => {
  if (target === undefined || /^packages\/[^/]+\/test\//.test(file.path)) return undefined;
  const match = /^(packages\/[^/]+\/src|tools)\//.exec(target.path);
  if (match?.[1] === undefined) return undefined;
  let folder = match[1];
  for (const part of posix
    .dirname(target.path)
    .slice(folder.length + 1)
    .split("/")) {
    if (part === "" || part === "generated") return undefined;
    folder = `${folder}/${part}`;
    if (file.path.startsWith(`${folder}/`)) continue;
    return target.path === `${folder}/index.ts` ? undefined : `enter ${folder} through its index.ts`;
  }
  return undefined;
};

const checkDriver: ImportRule = (file, { specifier }) => {
  const name = nameOutsidePackage(specifier);
  if (!databaseDrivers.includes(name) || findPlace(file.path) === undefined) return undefined;
  if (file.path.startsWith("packages/engine/src/database/")) return undefined;
  return `only packages/engine/src/database names a driver (${name}); use its Database`;
};

const checkDeclared: ImportRule = (file, { specifier }, tree) => {
  const place = findPlace(file.path);
  if (place === undefined || isTestFile(file.path) || specifier.startsWith(".") || isBuiltin(specifier)) {
    return undefined;
  }
  const name = nameOutsidePackage(specifier);
  const manifest = tree.manifests.get(place.packageFolder);
  if (manifest?.dependencies?.[name] !== undefined) return undefined;
  return `${name} is missing in the dependencies of ${place.packageFolder}/package.json`;
};

const rules: Readonly<Record<string, ImportRule>> = {
  "package-direction": checkPackageDirection,
  "package-entry": checkPackageEntry,
  "test-import": checkTestImport,
  tier: checkTier,
  "folder-entry": checkFolderEntry,
  driver: checkDriver,
  "undeclared-package": checkDeclared,
};

/** Every folder and file directly under packages/engine/src has its tier. */
function findUnplaced(tree: SourceTree): Offence[] {
  const places = new Map<string, string>();
  for (const file of tree.files.values()) {
    const found = findPlace(file.path);
    if (found?.packageFolder === "packages/engine" && !isTestFile(file.path))
      places.set(found.place, file.path);
  }
  return [...places]
    .filter(([place]) => !engineTiers.some((tier) => tier.includes(place)))
    .map(([place, file]) => ({
      file,
      line: 1,
      rule: "tier",
      message: `${place} has no tier in tools/structure/layers.ts`,
    }));
}

export function findImportOffences(tree: SourceTree): Offence[] {
  const offences = findUnplaced(tree);
  for (const file of tree.files.values()) {
    for (const reference of tree.importsOf(file)) {
      for (const [rule, check] of Object.entries(rules)) {
        const message = check(file, reference, tree);
        if (message !== undefined) offences.push({ file: file.path, line: reference.line, rule, message });
      }
    }
  }
  return offences;
}
