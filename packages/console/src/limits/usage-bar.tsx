// How much of a limit is used, as a bar and in figures.
import type { Limit, LimitUsage } from "@pointbridge/sdk";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/index.ts";
import { useLimitWords } from "./limit-words.ts";

const nearlyPercent = 80;

export function UsageBar({ limit, usage }: { readonly limit: Limit; readonly usage: LimitUsage }): ReactNode {
  const { t } = useTexts();
  const { amountOf } = useLimitWords();
  const used = limit.measure === "day_count" ? usage.used_count : usage.used_amount;
  const percent = usage.bound === 0n ? 100 : Number((used * 100n) / usage.bound);
  const values = { used: amountOf(limit, used), bound: amountOf(limit, usage.bound) };
  return (
    <div className="usage">
      <div className="usage-track" aria-hidden="true">
        <div
          className={percent >= nearlyPercent ? "usage-bar is-near" : "usage-bar"}
          style={{ width: `${Math.min(100, percent)}%` }}
        />
      </div>
      <p className="number">
        {t("limits.usedOf", values)}
        {usage.day === null ? null : <span className="faint"> · {usage.day}</span>}
      </p>
    </div>
  );
}
