// What a partner still needs before points can go: agreements both ways, rates, limits, and a call that it answered.
import type { ExchangeRate, Limit, Reconciliation, System, Link as SystemLink } from "@pointbridge/sdk";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Failed, Loaded, Mark, Panel } from "../parts/index.ts";
import { AddLink, nameOf } from "./link-dialogs.tsx";

interface Readiness {
  readonly links: readonly SystemLink[];
  readonly rates: readonly ExchangeRate[];
  readonly limits: readonly Limit[];
  readonly hasCreditType: boolean;
  readonly hasExchanged: boolean;
}

async function readReadiness(id: string): Promise<Readiness> {
  const asked = { limit: 1000 } as const;
  const done = { status: "completed", limit: 1 } as const;
  const [links, rates, limits, types, from, to] = await Promise.all([
    client.links.list(asked).toArray(),
    client.rates.list(asked).toArray(),
    client.limits.list(asked).toArray(),
    client.creditTypes.list(id, { limit: 1 }).page(),
    client.exchanges.list({ ...done, source_system: id }).page(),
    client.exchanges.list({ ...done, target_system: id }).page(),
  ]);
  const concerns = (one: { readonly source_system: string | null; readonly target_system: string | null }) =>
    one.source_system === id || one.target_system === id;
  return {
    links: links.filter(concerns),
    rates: rates.filter(concerns),
    limits: limits.filter(concerns),
    hasCreditType: types.items.length > 0,
    hasExchanged: from.items.length + to.items.length > 0,
  };
}

const windowMs = 60_000;
const waitSeconds = 8;

/** A comparison of the last minute: a signed call that the partner has to answer, and that moves nothing. */
function callPartner({ source_system, target_system }: SystemLink): Promise<Reconciliation> {
  const nowMs = Date.now();
  return client.reconciliations.create(
    {
      source_system,
      target_system,
      start_time: new Date(nowMs - windowMs).toISOString(),
      end_time: new Date(nowMs).toISOString(),
    },
    { waitSeconds },
  );
}

function TestCall({ link }: { readonly link: SystemLink | undefined }): ReactNode {
  const { t } = useTexts();
  const call = useMutation({ mutationFn: callPartner });
  const run = call.data;
  return (
    <>
      <IfMay ability="operate">
        <Button
          size="small"
          disabled={link === undefined}
          loading={call.isPending}
          onClick={() => (link === undefined ? undefined : call.mutate(link))}
        >
          {t("network.testCall")}
        </Button>
      </IfMay>
      {call.error === null ? null : <Failed error={call.error} />}
      {run === undefined ? null : (
        <span role="status">
          <Mark tone={run.status === "completed" ? "good" : run.status === "running" ? "warn" : "bad"}>
            {t(run.status === "completed" ? "network.answered" : "network.notAnswered")}
          </Mark>{" "}
          {run.failure === null ? null : <span className="why-not">{run.failure}</span>}
        </span>
      )}
    </>
  );
}

interface StepProps {
  readonly isDone: boolean;
  /** Points could go without it. */
  readonly isAdvice?: boolean;
  readonly title: string;
  readonly children?: ReactNode;
}

function Step({ isDone, isAdvice = false, title, children }: StepProps): ReactNode {
  const { t } = useTexts();
  const missing = isAdvice ? "network.advised" : "network.missing";
  return (
    <li className="live-step">
      <Mark tone={isDone ? "good" : isAdvice ? "plain" : "warn"}>{t(isDone ? "network.done" : missing)}</Mark>
      <b>{title}</b>
      <span className="live-more">{children}</span>
    </li>
  );
}

function LinkStep({ system, links }: { readonly system: string; readonly links: readonly SystemLink[] }) {
  const { t } = useTexts();
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Step isDone={links.some(({ enabled }) => enabled)} title={t("network.stepLinks")}>
      <span className="faint">{links.map(nameOf).join(" · ")}</span>
      <IfMay ability="administer">
        <Button size="small" onClick={() => setIsAdding(true)}>
          {t("network.addLink")}
        </Button>
      </IfMay>
      {isAdding ? <AddLink target={system} onClose={() => setIsAdding(false)} /> : null}
    </Step>
  );
}

function Steps({ system, ready }: { readonly system: System; readonly ready: Readiness }): ReactNode {
  const { t } = useTexts();
  const { links, rates, limits, hasCreditType, hasExchanged } = ready;
  const id = system.system_id;
  const open = links.filter(({ enabled }) => enabled);
  const withoutRate = open.filter((link) => !rates.some((rate) => nameOf(rate) === nameOf(link)));
  return (
    <ol className="plain-list">
      <Step isDone={(system.keys?.keys.length ?? 0) > 0 && hasCreditType} title={t("network.stepKnown")} />
      <LinkStep system={id} links={links} />
      <Step isDone={open.length > 0 && withoutRate.length === 0} title={t("network.stepRates")}>
        <span className="faint">{withoutRate.map(nameOf).join(" · ")}</span>
        <Link to="/rates">{t("shell.rates")}</Link>
      </Step>
      <Step isDone={limits.length > 0} isAdvice title={t("network.stepLimits")}>
        <Link to="/limits">{t("shell.limits")}</Link>
      </Step>
      <Step isDone={hasExchanged} isAdvice title={t("network.stepCall")}>
        <TestCall link={open[0]} />
      </Step>
      <Step isDone={system.status === "active"} title={t("network.stepActive")} />
    </ol>
  );
}

export function GoingLive({ system }: { readonly system: System }): ReactNode {
  const { t } = useTexts();
  const id = system.system_id;
  const query = useQuery({
    queryKey: ["system", id, "readiness"],
    queryFn: () => readReadiness(id),
    refetchInterval: 15_000,
  });
  return (
    <Panel title={t("network.live")} note={t("network.liveNote", { system: id })}>
      <Loaded query={query} rows={4}>
        {(ready) => <Steps system={system} ready={ready} />}
      </Loaded>
    </Panel>
  );
}
