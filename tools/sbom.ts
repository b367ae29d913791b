// Says what ships: a software bill of materials (CycloneDX 1.6, JSON) of everything that the four packages run with,
// made from the lockfile alone. The same lockfile gives the same bytes; no address of a registry is in it.
//
// `node tools/sbom.ts` writes it to standard output.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** What ships: the rest of the clone builds, checks and tests it. */
export const shippedPackages = [
  "packages/console",
  "packages/engine",
  "packages/protocol",
  "packages/sdk",
] as const;

/** Licences that may ship without anybody being asked. */
export const allowedLicences: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT-0",
  "Unlicense",
]);

/** An entry of the lockfile's `packages`, by its path. */
export interface LockEntry {
  readonly version?: string;
  readonly name?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export type LockEntries = Readonly<Record<string, LockEntry>>;

export function readLockfile(): LockEntries {
  const file = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: LockEntries;
  };
  return file.packages;
}

const MODULES = "node_modules/";

/** Where a package finds what it names: beside itself, or in a folder above, as Node looks for it. */
function resolve(entries: LockEntries, from: string, name: string): string | undefined {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf("/")))) {
    const path = place === "" ? `${MODULES}${name}` : `${place}/${MODULES}${name}`;
    const entry = entries[path];
    if (entry !== undefined) return entry.link === true ? entry.resolved : path;
    if (place === "") return undefined;
  }
}

interface Dependency {
  readonly path: string;
  readonly isOptional: boolean;
}

/** @throws where the lockfile lacks what must be there */
function dependenciesOf(entries: LockEntries, path: string): Dependency[] {
  const { dependencies = {}, optionalDependencies = {}, ...entry } = entries[path] ?? {};
  const { peerDependencies = {}, peerDependenciesMeta: meta = {} } = entry;
  // What a package only works together with, where somebody else brings it, is nothing that it brings.
  const peers = Object.keys(peerDependencies).filter((name) => meta[name]?.optional !== true);
  const names = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers]);
  const found: Dependency[] = [];
  for (const name of [...names].sort()) {
    const target = resolve(entries, path, name);
    const isOptional = name in optionalDependencies;
    if (target !== undefined) found.push({ path: target, isOptional });
    else if (!isOptional) throw new Error(`package-lock.json lacks ${name}, which ${path} needs`);
  }
  return found;
}

function nameOf(path: string, entry: LockEntry): string {
  return entry.name ?? path.slice(path.lastIndexOf(MODULES) + MODULES.length);
}

function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

interface Component {
  readonly type: "library";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
  readonly scope: "required" | "optional";
  readonly licenses: readonly object[];
  readonly purl: string;
  readonly hashes?: readonly object[];
}

function licencesOf(licence: string | undefined): readonly object[] {
  if (licence === undefined) return [];
  return /[ ()]/.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }];
}

function toComponent(path: string, entry: LockEntry, isRequired: boolean): Component {
  const name = nameOf(path, entry);
  const { version = "0", integrity } = entry;
  const sha512 = integrity?.startsWith("sha512-") === true ? integrity.slice("sha512-".length) : undefined;
  return {
    type: "library",
    "bom-ref": purlOf(name, version),
    name,
    version,
    scope: isRequired ? "required" : "optional",
    licenses: licencesOf(entry.license),
    purl: purlOf(name, version),
    ...(sha512 === undefined
      ? {}
      : { hashes: [{ alg: "SHA-512", content: Buffer.from(sha512, "base64").toString("hex") }] }),
  };
}

function runtimesOf(entries: LockEntries): Dependency[] {
  const { optionalDependencies = {} } = entries[""] ?? {};
  return Object.keys(optionalDependencies).flatMap((name) => {
    const path = resolve(entries, "", name);
    return path === undefined ? [] : [{ path, isOptional: true }];
  });
}

/** Everything that can be reached from what ships; true where it is needed and not only taken where it fits. */
function reachAll(entries: LockEntries): Map<string, boolean> {
  const reached = new Map<string, boolean>();
  const visit = (path: string, isRequired: boolean): void => {
    if (reached.get(path) === true || (reached.has(path) && !isRequired)) return;
    reached.set(path, isRequired);
    for (const next of dependenciesOf(entries, path)) visit(next.path, isRequired && !next.isOptional);
  };
  for (const path of shippedPackages) visit(path, true);
  // The Node that it runs on, one for each platform.
  for (const { path } of runtimesOf(entries)) visit(path, false);
  return reached;
}

function byRef(left: { readonly ref: string }, right: { readonly ref: string }): number {
  return left.ref < right.ref ? -1 : Number(left.ref > right.ref);
}

export interface BillOfMaterials {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly version: 1;
  readonly metadata: { readonly component: object };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

export function buildSbom(entries: LockEntries): BillOfMaterials {
  const reached = reachAll(entries);
  const components = new Map<string, Component>();
  const dependsOn = new Map<string, Set<string>>();
  const refOf = (path: string): string => {
    const entry = entries[path] ?? {};
    return purlOf(nameOf(path, entry), entry.version ?? "0");
  };
  for (const [path, isRequired] of reached) {
    const component = toComponent(path, entries[path] ?? {}, isRequired);
    const ref = component["bom-ref"];
    // One package may stand at several places; it is needed where one of them is.
    if (components.get(ref)?.scope !== "required") components.set(ref, component);
    const targets = dependsOn.get(ref) ?? new Set<string>();
    for (const next of dependenciesOf(entries, path)) targets.add(refOf(next.path));
    dependsOn.set(ref, targets);
  }
  const { name = "pointbridge", version = "0", license } = entries[""] ?? {};
  const rootRef = purlOf(name, version);
  dependsOn.set(
    rootRef,
    new Set([...shippedPackages, ...runtimesOf(entries).map(({ path }) => path)].map(refOf)),
  );
  const graph = [...dependsOn].map(([ref, targets]) => ({ ref, dependsOn: [...targets].sort() }));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "application", "bom-ref": rootRef, name, version, licenses: licencesOf(license) },
    },
    components: [...components.values()].sort((left, right) =>
      byRef({ ref: left["bom-ref"] }, { ref: right["bom-ref"] }),
    ),
    dependencies: graph.sort(byRef),
  };
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(buildSbom(readLockfile()), null, 2)}\n`);
