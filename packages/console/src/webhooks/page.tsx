// Webhooks: where events are sent and how that goes.
import type { Webhook } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { ListPage, Mark, type Tone, useFormats, When } from "../parts/index.ts";
import { Deliveries } from "./deliveries.tsx";
import { AddWebhook, RemoveWebhook, ReplayDead, RotateWebhook, TestWebhook } from "./webhook-dialogs.tsx";

const tones: Readonly<Record<Webhook["state"], Tone>> = {
  delivering: "good",
  failing: "bad",
  disabled: "plain",
};

type Open =
  | { readonly what: "add" }
  | { readonly what: "rotate" | "remove" | "replay"; readonly webhook: Webhook };

function Verbs({
  webhook,
  onOpen,
}: {
  readonly webhook: Webhook;
  readonly onOpen: (open: Open) => void;
}): ReactNode {
  const { t } = useTexts();
  return (
    <span className="change-actions">
      {webhook.dead_count > 0 ? (
        <Button size="small" type="primary" onClick={() => onOpen({ what: "replay", webhook })}>
          {t("webhooks.replayAll")}
        </Button>
      ) : null}
      <TestWebhook webhook={webhook} />
      <IfMay ability="administer">
        <Button size="small" onClick={() => onOpen({ what: "rotate", webhook })}>
          {t("webhooks.rotate")}
        </Button>
        <Button size="small" danger onClick={() => onOpen({ what: "remove", webhook })}>
          {t("webhooks.remove")}
        </Button>
      </IfMay>
    </span>
  );
}

function useColumns(onOpen: (open: Open) => void): TableColumnsType<Webhook> {
  const { t } = useTexts();
  const { count } = useFormats();
  const { may } = useCaller();
  const columns: TableColumnsType<Webhook> = [
    {
      title: t("webhooks.webhook"),
      render: (_, row) => (
        <Link to="/webhooks" search={{ id: row.webhook_id }}>
          <b>{row.webhook_id}</b>
        </Link>
      ),
    },
    { title: t("webhooks.url"), render: (_, row) => <span className="mono cell-text">{row.url}</span> },
    {
      title: t("webhooks.state"),
      render: (_, row) => (
        <>
          <Mark tone={tones[row.state]}>{t(`webhooks.state${row.state}`)}</Mark>{" "}
          {row.last_error === null ? null : <p className="why-not cell-text">{row.last_error}</p>}
        </>
      ),
    },
    {
      title: t("webhooks.delivered"),
      align: "right",
      render: (_, row) => <span className="number">{count(row.delivered_count)}</span>,
    },
    {
      title: t("webhooks.pending"),
      align: "right",
      render: (_, row) => <span className="number">{count(row.pending_count)}</span>,
    },
    {
      title: t("webhooks.dead"),
      align: "right",
      render: (_, row) => (
        <span className={row.dead_count > 0 ? "number why-not" : "number"}>{count(row.dead_count)}</span>
      ),
    },
    { title: t("webhooks.last"), render: (_, row) => <When at={row.last_delivered_at} /> },
  ];
  if (!may("operate")) return columns;
  return [
    ...columns,
    {
      title: <span className="unseen">{t("parts.actions")}</span>,
      align: "right",
      render: (_, row) => <Verbs webhook={row} onOpen={onOpen} />,
    },
  ];
}

export function Webhooks(): ReactNode {
  const { t } = useTexts();
  const { id } = useSearch({ from: "/webhooks" });
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const columns = useColumns(setOpen);
  const query = useQuery({
    queryKey: ["webhooks"],
    queryFn: () => client.webhooks.list({ limit: 1000 }).toArray(),
    refetchInterval: 5_000,
  });
  const shown = id ?? query.data?.[0]?.webhook_id;
  const close = () => setOpen(undefined);
  return (
    <ListPage
      title={t("webhooks.title")}
      intro={t("webhooks.intro")}
      addText={t("webhooks.add")}
      onAdd={() => setOpen({ what: "add" })}
      query={query}
      columns={columns}
      rowKey={(row) => row.webhook_id}
      empty={{ title: t("webhooks.empty"), hint: t("webhooks.emptyHint") }}
    >
      {shown === undefined ? null : <Deliveries key={shown} webhookId={shown} />}
      {open?.what === "add" ? <AddWebhook onClose={close} /> : null}
      {open?.what === "rotate" ? <RotateWebhook webhook={open.webhook} onClose={close} /> : null}
      {open?.what === "remove" ? <RemoveWebhook webhook={open.webhook} onClose={close} /> : null}
      {open?.what === "replay" ? <ReplayDead webhook={open.webhook} onClose={close} /> : null}
    </ListPage>
  );
}
