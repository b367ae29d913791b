// What an exchange across nodes ends as, where the same fact is told in several ways.
import { describe, expect, it } from "vitest";
import { advanceCrossing, beginCrossing, type CrossingEvent } from "./crossing.ts";

function endOf(...events: readonly CrossingEvent[]) {
  let crossing = beginCrossing("hosted", "remote", false);
  for (const event of events) crossing = advanceCrossing(crossing, event) ?? crossing;
  const { state, failure, partnerCode } = crossing;
  return { state, failure, partnerCode };
}

describe("a crossing that was undone", () => {
  const undone = { state: "releasing", failure: "target_unknown", partnerCode: null };

  it("is unknown at the target, whether the rollback tells or a late copy of the credit (K2)", () => {
    expect(endOf({ kind: "undo" }, { kind: "rolled_back" })).toEqual(undone);
    expect(endOf({ kind: "undo" }, { kind: "credit_refused", code: "rolled_back" })).toEqual(undone);
  });

  it("is refused where the target had refused the credit before", () => {
    const refused = { state: "releasing", failure: "target_refused", partnerCode: "limit_exceeded" };
    expect(endOf({ kind: "undo" }, { kind: "credit_refused", code: "limit_exceeded" })).toEqual(refused);
  });
});
