// What needs a person now, before anything else.
import { CheckCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps, linkOptions } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { client, useSystems } from "../api/index.ts";
import { type Translate, useTexts } from "../i18n/index.ts";
import { Loaded, useFormats, When } from "../parts/index.ts";

const countedMost = 100;
const refreshMs = 5_000;

interface Count {
  readonly count: number;
  readonly isMore: boolean;
  readonly since: string | undefined;
}

interface Counted {
  readonly items: readonly {
    readonly created_at?: string;
    readonly opened_at?: string;
    readonly first_seen_at?: string;
  }[];
  readonly next_cursor: string | null;
}

function toCount({ items, next_cursor: next }: Counted): Count {
  return {
    count: items.length,
    isMore: next !== null,
    since: items[0]?.created_at ?? items[0]?.opened_at ?? items[0]?.first_seen_at,
  };
}

function countFailing({ items }: { readonly items: readonly { readonly state: string }[] }): Count {
  const failing = items.filter(({ state }) => state === "failing").length;
  return { count: failing, isMore: false, since: undefined };
}

async function readNeeds() {
  const limit = countedMost;
  const [approvals, attention, inconsistencies, retrying, alerts, limits, channels, webhooks] =
    await Promise.all([
      client.rates.listChanges({ limit }).page(),
      client.exchanges.list({ status: "needs_attention", limit }).page(),
      client.inconsistencies.list({ status: "open", limit }).page(),
      client.operations.list({ status: "retrying", limit }).page(),
      client.alerts.list({ state: "open", limit }).page(),
      client.operations.list({ type: "link_update", status: "pending_approval", limit }).page(),
      client.alertChannels.list({ limit }).page(),
      client.webhooks.list({ limit }).page(),
    ]);
  return {
    // One that waits for a partner waits for nobody here.
    approvals: toCount({
      ...approvals,
      items: approvals.items.filter(({ status }) => status === "pending_approval"),
    }),
    attention: toCount(attention),
    inconsistencies: toCount(inconsistencies),
    retrying: toCount(retrying),
    alerts: toCount(alerts),
    limits: toCount(limits),
    channels: countFailing(channels),
    webhooks: countFailing(webhooks),
  };
}

interface NeedProps {
  readonly count: Count;
  readonly name: string;
  readonly detail: string;
  readonly tone: "is-calling" | "is-urgent" | "";
  readonly link: LinkProps;
}

function Need({ count, name, detail, tone, link }: NeedProps): ReactNode {
  const { count: format } = useFormats();
  if (count.count === 0) return null;
  return (
    <Link {...link} className={`need ${tone}`}>
      <span className="need-count">
        {format(count.count)}
        {count.isMore ? "+" : ""}
      </span>
      <span className="need-name">{name}</span>
      <span className="need-detail">
        {detail} {count.since === undefined ? null : <When at={count.since} />}
      </span>
    </Link>
  );
}

type Needed = Awaited<ReturnType<typeof readNeeds>>;

/** What waits for a decision, or for somebody to look. */
function needsOfPeople({ attention, alerts, approvals, limits }: Needed, t: Translate): NeedProps[] {
  return [
    {
      count: attention,
      name: t("overview.attention"),
      detail: t("overview.attentionDetail"),
      tone: "is-urgent",
      link: linkOptions({ to: "/exchanges", search: { status: "needs_attention" } }),
    },
    {
      count: alerts,
      name: t("overview.alerts"),
      detail: t("overview.alertsDetail"),
      tone: "is-urgent",
      link: linkOptions({ to: "/alerts" }),
    },
    {
      count: approvals,
      name: t("overview.approvals"),
      detail: t("overview.approvalsDetail"),
      tone: "is-calling",
      link: linkOptions({ to: "/rates" }),
    },
    {
      count: limits,
      name: t("network.waitingLimits"),
      detail: t("overview.approvalsDetail"),
      tone: "is-calling",
      link: linkOptions({ to: "/links" }),
    },
  ];
}

/** What fails, differs or stands still. */
function needsOfPlaces(needed: Needed, suspended: Count, t: Translate): NeedProps[] {
  const { channels, webhooks, inconsistencies, retrying } = needed;
  return [
    {
      count: channels,
      name: t("overview.channels"),
      detail: t("overview.channelsDetail"),
      tone: "is-urgent",
      link: linkOptions({ to: "/alerts" }),
    },
    {
      count: webhooks,
      name: t("overview.webhooks"),
      detail: t("overview.webhooksDetail"),
      tone: "is-calling",
      link: linkOptions({ to: "/webhooks" }),
    },
    {
      count: inconsistencies,
      name: t("overview.inconsistencies"),
      detail: t("overview.inconsistenciesDetail"),
      tone: "is-calling",
      link: linkOptions({ to: "/inconsistencies" }),
    },
    {
      count: retrying,
      name: t("overview.retrying"),
      detail: t("overview.retryingDetail"),
      tone: "",
      link: linkOptions({ to: "/log", search: { status: "retrying" } }),
    },
    {
      count: suspended,
      name: t("overview.suspended"),
      detail: t("overview.suspendedDetail"),
      tone: "",
      link: linkOptions({ to: "/systems" }),
    },
  ];
}

function NeedList({ needed, suspended }: { readonly needed: Needed; readonly suspended: Count }): ReactNode {
  const { t } = useTexts();
  const needs = [...needsOfPeople(needed, t), ...needsOfPlaces(needed, suspended, t)];
  return (
    <section className="needs" aria-label={t("overview.needs")}>
      {needs.map((need) => (
        <Need key={need.name} {...need} />
      ))}
    </section>
  );
}

function Calm(): ReactNode {
  const { t } = useTexts();
  return (
    <div className="all-calm">
      <CheckCircleOutlined aria-hidden="true" />
      <div>
        <p className="need-name">{t("overview.calm")}</p>
        <p className="need-detail">{t("overview.calmHint")}</p>
      </div>
    </div>
  );
}

export function Needs(): ReactNode {
  const systems = useSystems().data ?? [];
  const query = useQuery({ queryKey: ["needs"], queryFn: readNeeds, refetchInterval: refreshMs });
  const off = systems.filter(({ status }) => status === "suspended").length;
  const suspended = { count: off, isMore: false, since: undefined };
  return (
    <Loaded query={query} rows={2}>
      {(needed) => {
        const isCalm = [...Object.values(needed), suspended].every(({ count }) => count === 0);
        return isCalm ? <Calm /> : <NeedList needed={needed} suspended={suspended} />;
      }}
    </Loaded>
  );
}
