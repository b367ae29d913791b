// Options as Commander gives them, turned into what commands take.
import { CommandError, exitCodes } from "./exit-codes.ts";

/** @throws CommandError naming the option */
export function readCount(name: string, text: string, range: readonly [number, number]): number {
  const [least, most] = range;
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const message = `${name} is "${text}": it must be a whole number from ${least} to ${most}`;
  throw new CommandError(exitCodes.badInput, message);
}

/** `SYSTEM/CREDIT_TYPE`; neither id may hold a slash. */
export function readPlace(name: string, text: string): readonly [systemId: string, creditTypeId: string] {
  const [systemId, creditTypeId, ...rest] = text.split("/");
  if (systemId && creditTypeId && rest.length === 0) return [systemId, creditTypeId];
  throw new CommandError(
    exitCodes.badInput,
    `${name} is "${text}": it must read SYSTEM/CREDIT_TYPE, like shop/coin`,
  );
}

export function readMetadata(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CommandError(exitCodes.badInput, "--metadata must be a JSON object");
}

/** Commander names options in camel case; settings know their flags in kebab case. */
export function toFlags(options: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value,
    ]),
  );
}
