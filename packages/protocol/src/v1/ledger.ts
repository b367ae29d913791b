// The ledger as a whole: its verification.
import { type Static, Type } from "typebox";
import { closed } from "./shapes.ts";

const difference = closed("LedgerDifference", "Something that does not add up.", {
  check: Type.String({ description: "Which check found it." }),
  subject: Type.String({ description: "The account, credit type or operation." }),
  message: Type.String({ description: "What was expected and what is there." }),
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
