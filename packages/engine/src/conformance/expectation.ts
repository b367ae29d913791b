// What a check expects of an answer, in a form that can be compared and told.
import type { Answer } from "./answer.ts";
import { CheckFailure, type Level } from "./result.ts";

export interface Expected {
  readonly status: number | readonly number[];
  /** null: the answer must decide nothing. */
  readonly outcome?: string | null;
  readonly code?: string | readonly string[];
  /** Of a failure; absent: the check's. */
  readonly level?: Level;
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

function describeOne({ status, outcome, code }: Expected): string {
  const codes = listOf(code);
  return [
    listOf(status).join(" or "),
    ...(outcome === undefined ? [] : [outcome ?? "without an outcome"]),
    ...(codes.length === 0 ? [] : [`with the code ${codes.join(" or ")}`]),
  ].join(" ");
}

export function describeExpected(expected: readonly Expected[], about = ""): string {
  return `${expected.map(describeOne).join(", or ")}${about === "" ? "" : ` (${about})`}`;
}

const TEXT_SHOWN_MAX = 300;

export function describeAnswer({ status, text }: Answer): string {
  const shown = text.length > TEXT_SHOWN_MAX ? `${text.slice(0, TEXT_SHOWN_MAX)}…` : text;
  return shown === "" ? `${status} without a body` : `${status} ${shown}`;
}

function matches({ status, body }: Answer, expected: Expected): boolean {
  if (!listOf(expected.status).includes(status)) return false;
  if (
    expected.outcome === null &&
    typeof body["outcome"] === "string" &&
    body["code"] !== "operation_conflict"
  ) {
    return false;
  }
  if (typeof expected.outcome === "string" && body["outcome"] !== expected.outcome) return false;
  const codes = listOf(expected.code);
  return codes.length === 0 || (typeof body["code"] === "string" && codes.includes(body["code"]));
}

/**
 * The first of the expectations that the answer fits.
 * @param about why this is expected, in a few words
 * @throws CheckFailure also where status and outcome fit but a caller could not count the answer
 */
export function expectAnswer(answer: Answer, expected: readonly Expected[], about?: string): Expected {
  const found = expected.find((one) => matches(answer, one));
  if (found === undefined) {
    const [first] = expected;
    throw new CheckFailure(describeExpected(expected, about), describeAnswer(answer), first?.level);
  }
  const { verdict } = answer;
  const isDefinite = typeof found.outcome === "string" && answer.status !== 202;
  if (isDefinite && verdict?.kind === "unknown") {
    const text = `${describeAnswer(answer)}; a caller can't count it: ${verdict.reason}`;
    throw new CheckFailure(describeExpected(expected, about), text, found.level);
  }
  return found;
}

export function expectThat(holds: boolean, expected: string, received: string, level?: Level): asserts holds {
  if (!holds) throw new CheckFailure(expected, received, level);
}
