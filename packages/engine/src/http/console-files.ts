// The console's built files, read once: hashed ones are for ever, the page itself is made anew for every request.
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

export interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer | undefined;
}

export interface ConsoleFiles {
  /** The page, with `POINTBRIDGE-NONCE` wherever its nonce belongs. */
  readonly page: string;
  /** By path below /console/. */
  readonly assets: ReadonlyMap<string, ConsoleFile>;
}

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Where the workspace has them; a package of the console's built files stands in the same place. */
const folder = new URL("../../../console/dist/", import.meta.url);

function listFiles(): string[] | undefined {
  try {
    return readdirSync(fileURLToPath(folder), { recursive: true, encoding: "utf8" }).map((path) =>
      path.replaceAll("\\", "/"),
    );
  } catch (error) {
    // Not built, as in a clone whose node was started without `npm start`.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Undefined where the console is not built. */
export function readConsoleFiles(): ConsoleFiles | undefined {
  const paths = listFiles();
  if (paths === undefined || !paths.includes("index.html")) return undefined;
  const read = (path: string) => readFileSync(new URL(path, folder));
  const assets = new Map<string, ConsoleFile>();
  for (const path of paths) {
    const type = types[extname(path)];
    if (type === undefined) continue;
    const gzipped = paths.includes(`${path}.gz`) ? read(`${path}.gz`) : undefined;
    assets.set(path, { type, bytes: read(path), gzipped });
  }
  return { page: read("index.html").toString("utf8"), assets };
}
