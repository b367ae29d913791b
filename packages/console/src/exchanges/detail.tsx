// One exchange: what it moves, what happened, the movements it made, and what can be done about it.
import type { Exchange } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  CopyButton,
  type Fact,
  Facts,
  Identifier,
  Loaded,
  Page,
  Panel,
  StatusMark,
  useFormats,
  When,
} from "../parts/index.ts";
import { Movements } from "./movements.tsx";
import { Timeline } from "./timeline.tsx";
import { Verbs } from "./verbs.tsx";

const liveMs = 2_000;

function Passage({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const { t, find } = useTexts();
  const { points, rate } = useFormats();
  const { failure } = exchange;
  return (
    <div className={`passage passage-${exchange.status}`}>
      <div className="passage-side">
        <p className="passage-system">{exchange.source_system}</p>
        <p className="passage-amount number">
          {points(exchange.source_amount)} <span className="unit">{exchange.source_credit_type}</span>
        </p>
        <Link
          to="/members"
          search={{ user: exchange.user_id }}
          className="quiet"
          title={t("exchanges.memberLink")}
        >
          {exchange.user_id}
        </Link>
      </div>
      <div className="passage-way">
        <span className="passage-rate number">
          {exchange.exchange_rate === null ? "–" : `× ${rate(exchange.exchange_rate)}`}
        </span>
        <svg viewBox="0 0 120 16" preserveAspectRatio="none" aria-hidden="true">
          <path d="M2 8h112m-6-5 6 5-6 5" />
        </svg>
        <StatusMark status={exchange.status} />
      </div>
      <div className="passage-side is-target">
        <p className="passage-system">{exchange.target_system}</p>
        <p className="passage-amount number">
          {points(exchange.target_amount)} <span className="unit">{exchange.target_credit_type}</span>
        </p>
        <span>{exchange.target_user_id ?? "–"}</span>
      </div>
      {failure === null ? null : (
        <p className="passage-failure">
          <b>{find("codes", failure.code) ?? failure.message}</b> <code>{failure.code}</code>
        </p>
      )}
    </div>
  );
}

function useFacts(exchange: Exchange): Fact[] {
  const { t } = useTexts();
  const { rate } = useFormats();
  const version = exchange.rate_version;
  return [
    [t("exchanges.operationId"), <Identifier key="id" value={exchange.operation_id} />],
    [
      t("exchanges.rate"),
      <span key="rate" className="number">
        {rate(exchange.exchange_rate)}
        {version === null ? null : <span className="faint"> · {t("exchanges.version", { version })}</span>}
      </span>,
    ],
    [
      t("exchanges.quote"),
      exchange.quote_id === null ? "–" : <Identifier key="quote" value={exchange.quote_id} longest={24} />,
    ],
    [t("exchanges.created"), <When key="created" at={exchange.created_at} />],
    [t("exchanges.updated"), <When key="updated" at={exchange.updated_at} />],
    [
      t("exchanges.metadata"),
      exchange.metadata === null ? "–" : <code key="metadata">{JSON.stringify(exchange.metadata)}</code>,
    ],
  ];
}

/** What can be shown to others about a completed exchange. */
function Evidence({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const { t } = useTexts();
  const search = { operation: exchange.operation_id };
  return (
    <>
      {exchange.status === "completed" ? (
        <Link to="/receipts" search={search} className="page-link">
          {t("receipts.link")}
        </Link>
      ) : null}
      <Link to="/audit" search={search} className="page-link">
        {t("receipts.prove")}
      </Link>
    </>
  );
}

function Related({ operationId }: { readonly operationId: string }): ReactNode {
  const { t } = useTexts();
  const query = useQuery({
    queryKey: ["inconsistencies", "of", operationId],
    queryFn: () => client.inconsistencies.list({ operation_id: operationId }).toArray(),
  });
  if (query.data === undefined || query.data.length === 0) return null;
  return (
    <Panel title={t("exchanges.related")}>
      <ul className="plain-list">
        {query.data.map(({ id, status, opened_at: openedAt }) => (
          <li key={id}>
            <StatusMark status={status} />{" "}
            <Link to="/inconsistencies" search={{ id, status }}>
              {id}
            </Link>{" "}
            <When at={openedAt} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function toJson(exchange: Exchange): string {
  return JSON.stringify(
    exchange,
    (_, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    2,
  );
}

function Content({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const { t } = useTexts();
  const facts = useFacts(exchange);
  const path = `/v1/exchanges/${exchange.operation_id}`;
  const json = toJson(exchange);
  return (
    <>
      <Passage exchange={exchange} />
      <Related operationId={exchange.operation_id} />
      <Panel title={t("exchanges.timeline")} note={t("exchanges.timelineNote")}>
        <Timeline exchange={exchange} />
      </Panel>
      <Panel title={t("exchanges.movements")} note={t("exchanges.movementsNote")} isFlush>
        <Movements exchange={exchange} />
      </Panel>
      <Panel title={t("exchanges.facts")}>
        <Facts facts={facts} columns={2} />
      </Panel>
      <details className="raw">
        <summary>{t("exchanges.raw")}</summary>
        <p className="panel-note">
          {t("exchanges.rawNote", { path })} <CopyButton value={json} />
        </p>
        <pre tabIndex={0}>{json}</pre>
      </details>
    </>
  );
}

export function ExchangeDetail(): ReactNode {
  const { t } = useTexts();
  const { operationId } = useParams({ from: "/exchanges/$operationId" });
  const query = useQuery({
    queryKey: ["exchange", operationId],
    queryFn: () => client.exchanges.get(operationId),
    refetchInterval: ({ state }) =>
      state.data?.status === "completed" || state.data?.status === "failed" ? false : liveMs,
  });
  return (
    <Page
      title={t("exchanges.one")}
      aside={<Identifier value={operationId} />}
      actions={
        query.data === undefined ? undefined : (
          <>
            <Evidence exchange={query.data} />
            <Verbs exchange={query.data} />
          </>
        )
      }
    >
      <Loaded query={query} rows={10}>
        {(exchange) => <Content exchange={exchange} />}
      </Loaded>
    </Page>
  );
}
