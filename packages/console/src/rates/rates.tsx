// Rates: in force, waiting, their history, and what an exchange would come to.
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Loaded, Nothing, Page, Panel } from "../parts/index.ts";
import { RateHistory } from "./history.tsx";
import { Matrix } from "./matrix.tsx";
import { fromKey, toKey } from "./pairs.ts";
import { ProposeRate } from "./propose.tsx";
import { ScheduledRates } from "./scheduled.tsx";
import { Simulator } from "./simulator.tsx";
import { WaitingChanges } from "./waiting.tsx";

const refreshMs = 10_000;
/** What waits for a person is shown soon. */
const waitingRefreshMs = 3_000;

export function Rates(): ReactNode {
  const { t } = useTexts();
  const search = useSearch({ from: "/rates" });
  const navigate = useNavigate();
  const [isProposing, setIsProposing] = useState(false);
  const inForce = useQuery({
    queryKey: ["rates", "in-force"],
    queryFn: () => client.rates.list({ limit: 1000 }).toArray(),
    refetchInterval: refreshMs,
  });
  const waiting = useQuery({
    queryKey: ["rates", "waiting"],
    queryFn: () => client.rates.listChanges({ limit: 200 }).toArray(),
    refetchInterval: waitingRefreshMs,
  });
  const rates = inForce.data ?? [];
  const chosen = search.pair ?? (rates[0] === undefined ? undefined : toKey(rates[0]));
  const pair = fromKey(chosen);
  const choose = (key: string) => void navigate({ to: "/rates", search: { pair: key } });
  return (
    <Page
      title={t("rates.title")}
      intro={t("rates.intro")}
      actions={
        <IfMay ability="administer">
          <Button type="primary" onClick={() => setIsProposing(true)}>
            {t("rates.propose")}
          </Button>
        </IfMay>
      }
    >
      <Panel title={t("rates.waiting")} isFlush>
        <Loaded query={waiting} rows={2}>
          {(changes) => <WaitingChanges changes={changes} marked={search.change} />}
        </Loaded>
      </Panel>
      <ScheduledRates />
      <Panel title={t("rates.matrix")} note={t("rates.matrixNote")} isFlush>
        <Loaded query={inForce}>
          {(all) =>
            all.length === 0 ? (
              <Nothing title={t("rates.noRates")} hint={t("rates.noRatesHint")} />
            ) : (
              <Matrix rates={all} chosen={chosen} onChoose={choose} />
            )
          }
        </Loaded>
      </Panel>
      <div className="rates-columns">
        {pair === undefined ? <span /> : <RateHistory pair={pair} />}
        {inForce.data === undefined ? null : <Simulator key={chosen} rates={rates} pairKey={chosen} />}
      </div>
      {isProposing ? (
        <ProposeRate rates={rates} pairKey={chosen} onClose={() => setIsProposing(false)} />
      ) : null}
    </Page>
  );
}
