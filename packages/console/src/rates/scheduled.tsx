// Rates that are set already and come into force later.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Panel, useFormats, When } from "../parts/index.ts";
import { describePair, toKey } from "./pairs.ts";

const refreshMs = 10_000;

export function ScheduledRates(): ReactNode {
  const { t } = useTexts();
  const { rate } = useFormats();
  const { data = [] } = useQuery({
    queryKey: ["rates", "scheduled"],
    queryFn: () => client.rates.listScheduled({ limit: 200 }).toArray(),
    refetchInterval: refreshMs,
  });
  if (data.length === 0) return null;
  return (
    <Panel title={t("rates.scheduled")} note={t("rates.scheduledNote")} isFlush>
      {data.map((one) => (
        <div className="change" key={toKey(one)}>
          <div>
            <p className="change-pair">{describePair(one)}</p>
            <p className="faint">
              {t("rates.proposedBy", { who: one.proposed_by })}
              {one.approved_by === null ? null : ` · ${t("rates.approvedBy")} ${one.approved_by}`}
            </p>
          </div>
          <span className="diff-new">{rate(one.rate)}</span>
          <span>
            {t("rates.comesAt")} <When at={one.effective_at} />
          </span>
        </div>
      ))}
    </Panel>
  );
}
