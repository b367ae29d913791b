// What ships and what installs it: the bill of materials against the packages that are installed, found a second way.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { allowedLicences, buildSbom, type LockEntries, readLockfile, shippedPackages } from "./sbom.ts";

const root = join(import.meta.dirname, "..");
const entries = readLockfile();
const sbom = buildSbom(entries);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** As Node looks for it: beside the package, or in a folder above. */
function findInstalled(from: string, name: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
  }
  throw new Error(`${name}, which ${from} needs, is not installed`);
}

/** Every package that the shipped ones depend on, read from what is installed. */
function installedOfShipped(): Map<string, Manifest> {
  const found = new Map<string, Manifest>();
  const visit = (folder: string): void => {
    const manifest = readManifest(folder);
    const key = `${manifest.name}@${manifest.version}`;
    if (found.has(key)) return;
    found.set(key, manifest);
    for (const name of Object.keys(manifest.dependencies ?? {})) visit(findInstalled(folder, name));
  };
  for (const folder of shippedPackages) visit(join(root, folder));
  return found;
}

describe("the bill of materials", () => {
  it("names every package that what ships depends on, with its version and its licence", () => {
    const listed = new Map(
      sbom.components.map((component) => [`${component.name}@${component.version}`, component]),
    );
    const installed = installedOfShipped();
    expect(installed.size).toBeGreaterThan(100);
    for (const [key, { license }] of installed) {
      const [said] = listed.get(key)?.licenses ?? [];
      expect({ key, said }).toEqual({ key, said: { license: { id: license } } });
      expect(listed.get(key)?.scope).toBe("required");
    }
  });

  it("names nothing that only builds or tests", () => {
    const names = sbom.components.map(({ name }) => name);
    for (const name of ["vitest", "typescript", "oxlint", "openapi-typescript", "fast-check"]) {
      expect(names).not.toContain(name);
    }
  });

  it("no licence outside of the list ships", () => {
    for (const { name, licenses } of sbom.components) {
      const ids = licenses.map(
        (one) => (one as { license?: { id?: string } }).license?.id ?? "an expression",
      );
      expect({ name, count: ids.length }).toEqual({ name, count: 1 });
      for (const id of ids)
        expect({ name, isAllowed: allowedLicences.has(id), id }).toMatchObject({ isAllowed: true });
    }
  });

  it("has a digest for each package, no address, and a graph that is closed", () => {
    expect(JSON.stringify(sbom)).not.toMatch(/https?:/);
    const own = sbom.components.filter(({ hashes }) => hashes === undefined).map(({ name }) => name);
    expect(own).toEqual(
      sbom.components.map(({ name }) => name).filter((name) => name.startsWith("@pointbridge/")),
    );
    const refs = new Set(sbom.dependencies.map(({ ref }) => ref));
    for (const { dependsOn } of sbom.dependencies) for (const ref of dependsOn) expect(refs).toContain(ref);
    for (const component of sbom.components) expect(refs).toContain(component["bom-ref"]);
  });

  it("is the same for the same lockfile, in whatever order that is written", () => {
    const turned = Object.fromEntries(Object.entries(entries).reverse()) as LockEntries;
    expect(JSON.stringify(buildSbom(turned))).toBe(JSON.stringify(sbom));
  });

  it("a package that the lockfile lacks is named", () => {
    const { "node_modules/fastify": _fastify, ...rest } = entries;
    expect(() => buildSbom(rest)).toThrow("package-lock.json lacks fastify");
  });
});

describe("installing", () => {
  it("runs no script of any package: none has one, and the project's own only links its command", () => {
    const withScripts = Object.entries(entries).filter(([, entry]) => entry.hasInstallScript === true);
    expect(withScripts.map(([path]) => path)).toEqual([""]);
    expect(readManifest(root).scripts?.["postinstall"]).toBe("node tools/link-command.mjs");
    const bootstrap = readFileSync(join(root, "tools/bootstrap.mjs"), "utf8");
    expect(bootstrap).toContain('"--ignore-scripts"');
  });

  it("takes nothing whose bytes are not pinned", () => {
    const unpinned = Object.entries(entries).filter(
      ([path, { integrity, link }]) =>
        path.includes("node_modules/") && link !== true && integrity?.startsWith("sha512-") !== true,
    );
    expect(unpinned.map(([path]) => path)).toEqual([]);
  });
});
