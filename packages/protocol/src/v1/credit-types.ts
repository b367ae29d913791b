// Credit types: the kinds of points that a system keeps.
import type { Static } from "typebox";
import { closed, creditTypeId, name, pageOf, systemId, time } from "./shapes.ts";

export const creditTypeInput = closed("CreditTypeInput", "A credit type as it shall be.", { name });

export const creditType = closed("CreditType", "A kind of points within a system.", {
  system_id: systemId,
  credit_type_id: creditTypeId,
  name,
  created_at: time,
  updated_at: time,
});

export const creditTypePage = pageOf("CreditTypePage", creditType);

export type CreditTypeInput = Static<typeof creditTypeInput>;
export type CreditType = Static<typeof creditType>;
