// Why a comparison ended without a result.

export const stopReasons = [
  /** The partner gave no answer that counts, however often it was asked. */
  "partner_silent",
  /** It answered, and refused: it does not know the call, the systems or the caller. */
  "partner_refused",
  /** What it answered does not have its form, or is not what was asked for. */
  "answer_malformed",
  /** A page began where one had begun before, or pages came without rows. */
  "pages_endless",
  /** Rows were not in their order, or lay outside of the window. */
  "rows_unordered",
  /** More differences than can be told one by one: mostly a fault of form. */
  "too_many_differences",
  /** More bytes, trips or rows than the comparison was given. */
  "limit_reached",
  /** A row that was fetched is not the one that the sums spoke of. */
  "rows_contradict_sums",
  /** The sums of this side are still being made. */
  "summaries_unready",
] as const;
export type StopReason = (typeof stopReasons)[number];

export class ComparisonStop extends Error {
  readonly reason: StopReason;
  /** The same may go well later. */
  readonly isPassing: boolean;

  constructor(reason: StopReason, detail: string) {
    super(detail);
    this.name = "ComparisonStop";
    this.reason = reason;
    this.isPassing = reason === "partner_silent" || reason === "summaries_unready";
  }
}
