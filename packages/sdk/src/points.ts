// Points as bigint: how the fields that hold them, and no others, are turned on their way to and from the wire.
import { freeFields, pointsFields } from "./generated/openapi.ts";

export type PointsField = (typeof pointsFields)[number];
type FreeField = (typeof freeFields)[number];

/** An answer as the client gives it: points are bigint. */
export type Answer<T> = T extends readonly (infer I)[]
  ? Answer<I>[]
  : T extends object
    ? {
        [K in keyof T]: K extends PointsField
          ? Exclude<T[K], string> | bigint
          : K extends FreeField
            ? T[K]
            : Answer<T[K]>;
      }
    : T;

/** A request as the client takes it: points are bigint or decimal strings, and what is undefined is left out. */
export type Input<T> = T extends readonly (infer I)[]
  ? readonly Input<I>[]
  : T extends object
    ? {
        readonly [K in keyof T]:
          | (K extends PointsField ? bigint | string : K extends FreeField ? T[K] : Input<T[K]>)
          | (object extends Pick<T, K> ? undefined : never);
      }
    : T;

const pointsNames: ReadonlySet<string> = new Set(pointsFields);
const freeNames: ReadonlySet<string> = new Set(freeFields);

function decodeMember(name: string, value: unknown): unknown {
  if (freeNames.has(name)) return value;
  return pointsNames.has(name) && typeof value === "string" ? BigInt(value) : decodeAnswer(value);
}

/** @throws SyntaxError where a field of points holds something else */
export function decodeAnswer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeAnswer);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, decodeMember(name, member)]),
  );
}

/** Bigints are written as decimal strings, also within metadata, where JSON has no number for them. */
export function encodeBody(body: unknown): string {
  return JSON.stringify(body, (_name, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}
