// Holds: points set aside in a member's account until they are captured or released.
import { type Static, Type } from "typebox";
import { movementAnswerFields, movementFields } from "./credits.ts";
import { amount, closed, nullable, oneOf, points, time } from "./shapes.ts";

/** Milliseconds: one year. */
export const holdExpiryMaxMs = 366 * 24 * 3600 * 1000;

export const holdInput = closed("HoldInput", "Points to set aside.", {
  ...movementFields,
  expires_in_ms: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: holdExpiryMaxMs,
      description: "Milliseconds until the hold releases itself, by the database's clock. Absent: never.",
    }),
  ),
});

export const hold = closed("Hold", "A hold.", {
  ...movementAnswerFields,
  status: oneOf(
    ["held", "captured", "released", "expired", "failed"],
    "`held` until it ends, once, as captured, released or expired. `failed`: refused, nothing was held.",
  ),
  captured_amount: nullable(points, "What was captured; the rest was released. Null before."),
  expires_at: nullable(time, "When it releases itself; null for never."),
});

export const captureInput = closed("CaptureInput", "How much of a hold to capture.", {
  amount: Type.Optional(amount),
});

/** Actions that take nothing: an empty object, or no body at all. */
export const emptyInput = closed("EmptyInput", "No fields.", {});

export type HoldInput = Static<typeof holdInput>;
export type Hold = Static<typeof hold>;
export type CaptureInput = Static<typeof captureInput>;
