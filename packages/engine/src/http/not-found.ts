// Tells an address that does not exist from one that only takes other methods.
import { nodePagePaths } from "./node-pages.ts";
import { routes } from "./routes.ts";

const patterns = [
  ...routes.map(({ method, path }) => ({ method, pattern: patternOf(path) })),
  ...nodePagePaths.map((path) => ({ method: "GET", pattern: patternOf(path) })),
];

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{[a-z_]+\}/g, "[^/]+")}$`);
}

/** The methods that an address takes; none if it does not exist. */
export function allowedMethods(path: string): string[] {
  const methods = new Set<string>();
  for (const { method, pattern } of patterns) {
    if (!pattern.test(path)) continue;
    methods.add(method);
    if (method === "GET") methods.add("HEAD");
  }
  return [...methods].sort();
}
