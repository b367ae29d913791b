// The form of a request: what is malformed, where, and what was expected instead. One malformed field
// refuses the whole request, and every fault found is told at once.
import { v1 } from "@pointbridge/protocol";
import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { parsePoints, parseRate, type Rate } from "../domain/index.ts";
import { type Fault, FaultList, findFaults, pointerToken } from "./faults.ts";

export class FormError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => `${fault.path || "the body"} ${fault.message}`).join("; "));
    this.name = "FormError";
    this.faults = faults;
  }
}

export function malformed(path: string, message: string): FormError {
  return new FormError([{ path, message }]);
}

/** A schema compiled once, with the place its faults are told from. */
export class Check<S extends TSchema> {
  readonly #schema: S;
  readonly #validator: Validator;

  constructor(schema: S) {
    this.#schema = schema;
    this.#validator = Compile(schema);
  }

  /** @throws FormError */
  accept(value: unknown, path: string): Static<S> {
    if (this.#validator.Check(value)) return value as Static<S>;
    const list = new FaultList();
    findFaults(value, this.#schema, path, list);
    if (list.faults.length === 0) list.add(path, "does not have the expected form");
    throw new FormError(list.faults);
  }
}

const PLAIN_DIGITS = /^[1-9][0-9]*$/;
const encoder = new TextEncoder();

/** The numbers of a JSON text as they are written, in a tree of the text's own shape. */
function readNumberSources(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" ? context?.source : value,
  );
}

function descend(tree: unknown, pointer: string): unknown {
  let value = tree;
  for (const token of pointer.split("/").slice(1)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[token];
  }
  return value;
}

/**
 * What a schema can't say of a body that it has accepted: bounds of amounts and rates, how numbers are
 * written, the size of metadata. Readers note a fault and answer a stand-in, so that one pass finds all of
 * them; `finish` throws them.
 */
export class Form {
  readonly #text: string;
  readonly #list = new FaultList();
  #numberSources: unknown;

  constructor(text: string) {
    this.#text = text;
  }

  fault(path: string, message: string): void {
    this.#list.add(path, message);
  }

  /** @throws FormError with every fault noted so far, if any */
  finish(): void {
    if (this.#list.faults.length > 0) throw new FormError(this.#list.faults);
  }

  amount(value: string | number, path: string): bigint {
    if (typeof value === "number") {
      // 9007199254740991.4 and 1.0 have become integers by now; only the text still shows it.
      this.#numberSources ??= readNumberSources(this.#text);
      const source = descend(this.#numberSources, path);
      if (typeof source !== "string" || !PLAIN_DIGITS.test(source)) {
        this.fault(path, "must be written in plain digits, without a fraction or an exponent");
        return 1n;
      }
    }
    const points = parsePoints(value);
    if (points === undefined) this.fault(path, "must be from 1 to 9223372036854775807");
    return points ?? 1n;
  }

  rate(value: string, path: string): Rate {
    const rate = parseRate(value);
    if (rate === undefined) this.fault(path, "must be greater than 0");
    return rate ?? { numerator: 1n, denominator: 1n, text: "1" };
  }

  metadata(value: Record<string, unknown> | undefined, path: string): Record<string, unknown> | null {
    if (value === undefined) return null;
    const problem = findInMetadata(value);
    if (problem !== undefined) this.fault(path + problem.path, problem.message);
    else if (encoder.encode(JSON.stringify(value)).length > v1.metadataBytesMax) {
      this.fault(path, `must have at most ${v1.metadataBytesMax} bytes as JSON`);
    }
    return value;
  }

  time(value: string | undefined, path: string): Date | undefined {
    if (value === undefined) return undefined;
    const time = new Date(value);
    const year = time.getUTCFullYear();
    if (year >= 1900 && year <= 9999) return time;
    this.fault(path, Number.isNaN(year) ? "is not a time that exists" : "must be in the years 1900 to 9999");
    return undefined;
  }
}

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

function childrenOf(place: Place): Place[] {
  const { value, path, depth } = place;
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Readonly<Record<string, unknown>>).map(([key, member]) => ({
    value: member,
    path: `${path}/${pointerToken(key)}`,
    depth: depth + 1,
  }));
}

/** Depth, and numbers that would not come back as they were given. Bounded by the depth, so never deep itself. */
function findInMetadata(metadata: Record<string, unknown>): Fault | undefined {
  const open: Place[] = [{ value: metadata, path: "", depth: 1 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (place.depth > v1.metadataDepthMax && typeof place.value === "object" && place.value !== null) {
      return { path: "", message: `must have at most ${v1.metadataDepthMax} levels` };
    }
    if (typeof place.value === "number" && !(Math.abs(place.value) <= Number.MAX_SAFE_INTEGER)) {
      return { path: place.path, message: "is a number too large to be kept exactly; write it as a string" };
    }
    // One by one: there may be more of them than a call takes arguments.
    for (const child of childrenOf(place)) open.push(child);
  }
  return undefined;
}
