// The form of a received call: its schema, and what a schema can't say (bounds of points, times that exist).
import { Compile, type Validator } from "typebox/compile";
import { metadataBytesMax, ratePattern } from "../v1/index.ts";
import { callSchemas, type PxpCallName } from "./calls.ts";

export interface CallFault {
  /** JSON pointer into the body; empty for the body as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The largest amount, and the largest balance of a member. */
export const pointsMax = 9_223_372_036_854_775_807n;

const encoder = new TextEncoder();

// Compiled when first asked for: a caller needs none of them.
const validators = new Map<PxpCallName, Validator>();

function validatorOf(call: PxpCallName): Validator {
  const known = validators.get(call);
  if (known !== undefined) return known;
  const made = Compile(callSchemas[call]);
  validators.set(call, made);
  return made;
}

function describeFault(field: string, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  switch (field) {
    case "amount":
    case "source_amount":
      return BigInt(value) > pointsMax ? `must be from 1 to ${pointsMax}` : undefined;
    case "exchange_rate":
      return /[1-9]/.test(value) ? undefined : "must be greater than 0";
    case "initiated_at":
    case "start_time":
    case "end_time": {
      const time = new Date(value);
      const exists = !Number.isNaN(time.getTime()) && time.toISOString() === value;
      return exists ? undefined : "is not a time that exists";
    }
    default:
      return undefined;
  }
}

/** Everything that is wrong with a call's body; empty where it has its form, and then its schema's type. */
export function findCallFaults(call: PxpCallName, body: unknown): CallFault[] {
  const validator = validatorOf(call);
  if (!validator.Check(body)) {
    const faults = validator.Errors(body).map(({ instancePath: path, message }) => ({ path, message }));
    return faults.length > 0 ? faults : [{ path: "", message: "does not have the expected form" }];
  }
  const fields = Object.entries(body as Readonly<Record<string, unknown>>);
  const faults = fields.flatMap(([field, value]) => {
    const message = field in callSchemas[call].properties ? describeFault(field, value) : undefined;
    return message === undefined ? [] : [{ path: `/${field}`, message }];
  });
  const { metadata } = body as { readonly metadata?: unknown };
  if (metadata !== undefined && encoder.encode(JSON.stringify(metadata)).length > metadataBytesMax) {
    faults.push({ path: "/metadata", message: `must have at most ${metadataBytesMax} bytes as JSON` });
  }
  return faults;
}

const rateForm = new RegExp(ratePattern);

/** ⌊amount × rate⌋, exactly: the most that a target gives for it. Throws a RangeError for what is no rate. */
export function floorAtRate(amount: bigint, rate: string): bigint {
  if (!rateForm.test(rate)) throw new RangeError(`${JSON.stringify(rate)} is no rate; write it like 0.29`);
  const [whole = "", fraction = ""] = rate.split(".");
  return (amount * BigInt(whole + fraction)) / 10n ** BigInt(fraction.length);
}
