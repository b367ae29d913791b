// The ledger as a whole: its verification.
import { type Static, Type } from "typebox";
import { closed } from "./shapes.ts";

const difference = closed("LedgerDifference", "Something that does not add up.", {
  check: Type.String({ description: "Which check found it." }),
  message: Type.String({ description: "What does not hold." }),
  found: Type.Unsafe<Record<string, unknown>>({
    type: "object",
    additionalProperties: true,
    description: "The row that breaks the rule; amounts are decimal strings.",
  }),
});

export const ledgerVerification = closed(
  "LedgerVerification",
  "Every balance recomputed from the movements.",
  {
    ok: Type.Boolean(),
    accounts: Type.Integer({ description: "Members' accounts looked at." }),
    transfers: Type.Integer({ description: "Movements looked at." }),
    operations: Type.Integer({ description: "Operations compared with their movements." }),
    differences: Type.Array(difference, { description: "The first of them; empty if all is well." }),
  },
);

export type LedgerVerification = Static<typeof ledgerVerification>;
