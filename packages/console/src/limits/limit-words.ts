// How a limit is told: which way it is, what it measures, in what.
import type { Limit } from "@pointbridge/sdk";
import { useTexts } from "../i18n/index.ts";
import { useFormats } from "../parts/index.ts";

export interface LimitWords {
  readonly wayOf: (limit: Limit) => string;
  readonly measureOf: (limit: Pick<Limit, "measure" | "subject">) => string;
  readonly amountOf: (limit: Limit, amount: bigint) => string;
}

export function useLimitWords(): LimitWords {
  const { t } = useTexts();
  const { points } = useFormats();
  const any = t("limits.any");
  return {
    wayOf: ({ source_system: source, target_system: target }) => `${source ?? any} → ${target ?? any}`,
    measureOf: ({ measure, subject }) => `${t(`limits.${measure}`)} · ${t(`limits.${subject}`)}`,
    amountOf: ({ measure, credit_type_id: type }, amount) =>
      measure === "day_count"
        ? t("limits.exchanges", { count: points(amount) })
        : `${points(amount)} ${type}`,
  };
}
