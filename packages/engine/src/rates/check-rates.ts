// Whether rates could be set one after the other, without setting them.
import type { Database } from "../database/index.ts";
import type { AppError } from "../system/index.ts";
import type { RateEdge } from "./cycle-guard.ts";
import { defaultRateRules, type RateChange, type RateRules } from "./rate-change.ts";
import { judgeRateChange, loadNetwork, type RateJudgement } from "./rate-judgement.ts";
import { keyParameters } from "./rate-key.ts";
import { approvalRequired, toError } from "./rate-refusal.ts";
import { placeTaken } from "./reservation.ts";

function refusalOf(change: RateChange, judgement: RateJudgement): AppError | undefined {
  const { refusal: code, cycle, size, isSame, reservedBy } = judgement;
  if (code !== undefined) {
    const data = { cycle: cycle?.nodes, gain: cycle?.gain };
    return toError({ ...change, code, operationId: undefined, data, idempotent: false });
  }
  if (!isSame && reservedBy !== undefined) return placeTaken(change, reservedBy);
  return size?.isAboveLimit === true ? approvalRequired(size.percentage) : undefined;
}

/**
 * For each change what it would be refused for, after those before it that would not.
 * @param changes at most one of each pair of credit types
 */
export async function checkRates(
  database: Database,
  changes: readonly RateChange[],
  rules: RateRules = defaultRateRules,
): Promise<(AppError | undefined)[]> {
  return database.transaction(async (transaction) => {
    const network = new Map<string, RateEdge>();
    const nameOf = (edge: RateEdge) => keyParameters(edge).join(" ");
    for (const edge of await loadNetwork(transaction)) network.set(nameOf(edge), edge);
    const refusals: (AppError | undefined)[] = [];
    for (const change of changes) {
      const judgement = await judgeRateChange(transaction, change, rules, network.values());
      const refusal = refusalOf(change, judgement);
      refusals.push(refusal);
      if (refusal === undefined) network.set(nameOf(change), change);
    }
    return refusals;
  });
}
