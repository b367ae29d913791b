// Says where and how a value departs from a schema. Compiled checks only say whether; this is the slow path
// that runs once a request is known to be malformed, so it may take its time but not the node's: it stops
// after FAULTS_MAX faults and never descends deeper than the schema does.
import type { v1 } from "@pointbridge/protocol";

export type Fault = v1.FormError;

/** As many as a person would read at once. */
export const FAULTS_MAX = 20;

/** The part of JSON Schema that the shapes of /v1 use. */
interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Shape;
  readonly anyOf?: readonly Shape[];
}

/** One token of a JSON pointer (RFC 6901), shortened where a client sent a key of a megabyte. */
export function pointerToken(key: string): string {
  const short = key.length > 64 ? `${key.slice(0, 64)}...` : key;
  return short.toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1");
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value === "number") return Number.isInteger(value) ? "a number" : "a number with a fraction";
  return `a ${typeof value}`;
}

const expectations: Readonly<Record<string, string>> = {
  object: "an object",
  array: "an array",
  string: "a string",
  integer: "an integer",
  boolean: "true or false",
  null: "null",
};

function describes(shape: Shape): string {
  return shape.description === undefined ? "" : `. ${shape.description}`;
}

function findInString(value: string, shape: Shape): string | undefined {
  if (shape.enum !== undefined) {
    return shape.enum.includes(value) ? undefined : `must be one of ${shape.enum.join(", ")}`;
  }
  if (shape.maxLength !== undefined && Array.from(value).length > shape.maxLength) {
    return `must have at most ${shape.maxLength} characters`;
  }
  if (shape.minLength !== undefined && Array.from(value).length < shape.minLength) {
    return shape.minLength === 1 ? "must not be empty" : `must have at least ${shape.minLength} characters`;
  }
  if (shape.pattern !== undefined && !new RegExp(shape.pattern, "u").test(value)) {
    return `does not have the expected form${describes(shape)}`;
  }
  return undefined;
}

function findInNumber(value: number, shape: Shape): string | undefined {
  if (!Number.isInteger(value)) return "must be an integer, not a number with a fraction";
  const { minimum, maximum } = shape;
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}${describes(shape)}`;
  if (maximum !== undefined && value > maximum) return `must be at most ${maximum}${describes(shape)}`;
  return undefined;
}

function hasType(value: unknown, type: string | undefined): boolean {
  switch (type) {
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return typeof value === "number";
    case "null":
      return value === null;
    case undefined:
      return true;
    default:
      return typeof value === type;
  }
}

export class FaultList {
  readonly faults: Fault[] = [];

  get isFull(): boolean {
    return this.faults.length >= FAULTS_MAX;
  }

  add(path: string, message: string): void {
    if (!this.isFull) this.faults.push({ path, message });
  }
}

function findInObject(value: object, shape: Shape, path: string, list: FaultList): void {
  const { properties = {}, required = [], additionalProperties } = shape;
  for (const key of required) {
    if (!Object.hasOwn(value, key)) list.add(`${path}/${key}`, "is missing");
  }
  for (const [key, member] of Object.entries(value)) {
    if (list.isFull) return;
    const memberPath = `${path}/${pointerToken(key)}`;
    const memberShape = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (memberShape !== undefined) findFaults(member, memberShape, memberPath, list);
    else if (additionalProperties === false) list.add(memberPath, "is not a field of this request");
    else if (typeof additionalProperties === "object")
      findFaults(member, additionalProperties, memberPath, list);
  }
}

function findInArray(value: readonly unknown[], shape: Shape, path: string, list: FaultList): void {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = shape;
  if (value.length < minItems) list.add(path, `must have at least ${minItems} items`);
  if (value.length > maxItems) {
    list.add(path, `must have at most ${maxItems} items, not ${value.length}`);
    return;
  }
  if (items === undefined) return;
  for (const [index, item] of value.entries()) {
    if (list.isFull) return;
    findFaults(item, items, `${path}/${index}`, list);
  }
}

/** Of alternatives, the one whose type fits is judged; if none fits, all are named. */
function findInAlternatives(value: unknown, shape: Shape, path: string, list: FaultList): void {
  const alternatives = shape.anyOf ?? [];
  const fitting = alternatives.find((alternative) => hasType(value, alternative.type));
  if (fitting !== undefined) {
    findFaults(
      value,
      { ...fitting, description: shape.description ?? fitting.description ?? "" },
      path,
      list,
    );
    return;
  }
  const expected = alternatives.map((alternative) => expectations[alternative.type ?? ""] ?? "another type");
  list.add(path, `must be ${expected.join(" or ")}, not ${typeName(value)}${describes(shape)}`);
}

/** Adds the faults of a value against a schema. Adds none exactly where the value is well-formed. */
export function findFaults(value: unknown, shape: Shape, path: string, list: FaultList): void {
  if (list.isFull) return;
  if (shape.anyOf !== undefined) {
    findInAlternatives(value, shape, path, list);
    return;
  }
  if (!hasType(value, shape.type)) {
    const expected = expectations[shape.type ?? ""] ?? shape.type;
    list.add(path, `must be ${expected}, not ${typeName(value)}${describes(shape)}`);
    return;
  }
  if (Array.isArray(value)) findInArray(value, shape, path, list);
  else if (typeof value === "object" && value !== null) findInObject(value, shape, path, list);
  else {
    const message =
      typeof value === "string"
        ? findInString(value, shape)
        : typeof value === "number"
          ? findInNumber(value, shape)
          : undefined;
    if (message !== undefined) list.add(path, message);
  }
}
