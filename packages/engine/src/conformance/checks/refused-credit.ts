// Ways to have a credit refused, and to take the cause of a refusal away, through the protocol alone.
import { creditBody } from "../bodies.ts";
import type { Trial } from "../trial.ts";

/** What a credit of a credit type without a rate is refused with. */
export const notAgreed = { status: 422, outcome: "refused", code: "rate_not_agreed" } as const;
export const refused = { status: 422, outcome: "refused" } as const;

/** A body that the partner has to refuse because there is no rate for the pair. */
export function unratedBody(trial: Trial, id: string): ReturnType<typeof creditBody> {
  const { unrated_credit_type } = trial.world.config.target;
  return creditBody(trial.world, id, { source_credit_type: unrated_credit_type });
}

/** Makes a row in the state `refused`. */
export async function refuseNew(trial: Trial, label: string): Promise<string> {
  const id = trial.world.makeId(label);
  trial.expect(
    await trial.settle("credits", unratedBody(trial, id)),
    notAgreed,
    "there is no rate for the pair",
  );
  return id;
}
