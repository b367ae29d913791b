// The fields that calls of pxp/1 have in common.
import { type TSchema, Type } from "typebox";
import {
  amountPattern,
  catalogIdPattern,
  operationIdPattern,
  ratePattern,
  userIdPattern,
} from "../v1/index.ts";

/** UTC to the millisecond and nothing else, so that the order of the texts is the order of the times. */
export const pxpTimePattern =
  "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z$";
/** A refusal's code. */
export const pxpCodePattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$";

export function open<P extends Record<string, TSchema>>(title: string, description: string, properties: P) {
  return Type.Object(properties, { title, description });
}

export function patterned(pattern: string, description: string) {
  return Type.String({ pattern, description });
}

export const operationId = patterned(
  operationIdPattern,
  "Id of the movement, made by the caller, compared byte for byte, kept for ever: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Scoped by the calling node, the called system, and credit or hold.",
);
export const systemId = patterned(
  catalogIdPattern,
  "Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front.",
);
export const creditTypeId = patterned(catalogIdPattern, "Id of a credit type within the called system.");
export const userId = patterned(
  userIdPattern,
  "Id of a user within the called system: 1-128 printable characters.",
);
export const amount = patterned(amountPattern, "Points: a decimal string from 1 to 9223372036854775807.");
export const rate = patterned(
  ratePattern,
  "Target points per source point: a decimal string greater than 0 with at most 12 integer and 18 fractional digits.",
);
export const time = patterned(
  pxpTimePattern,
  "ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.",
);
export const initiatedAt = patterned(
  pxpTimePattern,
  "When the exchange was created at the caller; never changes. Listed again as received.",
);
export const code = patterned(pxpCodePattern, "Why it was refused.");
