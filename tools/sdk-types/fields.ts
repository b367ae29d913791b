// Finds the fields of the OpenAPI document that hold points, and those whose content is free.
// The SDK converts by name alone; that is sound only where a name means the same everywhere, which is proved here.
import { v1 } from "../../packages/protocol/src/index.ts";

type Meaning = "points" | "free" | "other";

const pointsPatterns: readonly unknown[] = [v1.amountPattern, v1.balancePattern];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function meaningOf(schema: unknown): Meaning {
  if (!isObject(schema)) return "other";
  if (pointsPatterns.includes(schema.pattern)) return "points";
  if (schema.additionalProperties === true) return "free";
  const meanings = Array.isArray(schema.anyOf) ? schema.anyOf.map(meaningOf) : [];
  return meanings.find((meaning) => meaning !== "other") ?? "other";
}

function collect(value: unknown, found: Map<string, Meaning>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  if (!isObject(value)) return;
  if (isObject(value.properties)) {
    for (const [name, schema] of Object.entries(value.properties)) {
      const meaning = meaningOf(schema);
      if ((found.get(name) ?? meaning) !== meaning) {
        throw new Error(
          `the field ${name} is ${found.get(name)} in one schema and ${meaning} in another; rename one`,
        );
      }
      found.set(name, meaning);
    }
  }
  for (const member of Object.values(value)) collect(member, found);
}

/** @throws Error where a name holds points in one schema and something else in another */
export function findFields(document: unknown): { readonly points: string[]; readonly free: string[] } {
  const found = new Map<string, Meaning>();
  collect(document, found);
  const withMeaning = (wanted: Meaning) =>
    [...found].flatMap(([name, meaning]) => (meaning === wanted ? [name] : [])).sort();
  return { points: withMeaning("points"), free: withMeaning("free") };
}
