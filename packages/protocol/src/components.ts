// What OpenAPI documents share: titled schemas stand under components once and are referred to everywhere else.
import type { TSchema } from "typebox";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Puts each titled schema under components once, and refers to it wherever it stands. */
export class Components {
  readonly schemas: Record<string, JsonObject> = {};

  place(schema: TSchema): JsonObject {
    // TypeBox keeps notes of its own on schemas, which do not survive this.
    return this.#hoist(JSON.parse(JSON.stringify(schema)) as Json) as JsonObject;
  }

  #hoist(value: Json): Json {
    if (Array.isArray(value)) return value.map((item: Json) => this.#hoist(item));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, member]) => [key, this.#hoist(member)] as const);
    const schema: JsonObject = Object.fromEntries(entries);
    const { title } = schema;
    if (typeof title !== "string") return schema;
    this.schemas[title] ??= schema;
    return { $ref: `#/components/schemas/${title}` };
  }
}
