// The events of one webhook that were not taken at once, and sending one again.
import type { WebhookDelivery } from "@pointbridge/sdk";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  CursorTable,
  Identifier,
  Mark,
  Nothing,
  Panel,
  toneOf,
  useFailureText,
  When,
} from "../parts/index.ts";

interface ReplayProps {
  readonly webhookId: string;
  readonly deliveryId: string;
}

function Replay({ webhookId, deliveryId }: ReplayProps): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const tell = useFailureText();
  const replay = useMutation({
    mutationFn: () => client.webhooks.replayDelivery(webhookId, deliveryId),
    onSuccess: () => {
      void message.success(t("webhooks.replayed"));
      void queries.invalidateQueries({ queryKey: ["webhooks"] });
    },
    onError: (error) => void message.error(tell(error)),
  });
  return (
    <Button size="small" loading={replay.isPending} onClick={() => replay.mutate()}>
      {t("webhooks.replay")}
    </Button>
  );
}

function useColumns(webhookId: string): TableColumnsType<WebhookDelivery> {
  const { t } = useTexts();
  const { may } = useCaller();
  return [
    { title: t("webhooks.event"), render: (_, row) => <Identifier value={row.delivery_id} longest={16} /> },
    { title: t("webhooks.type"), render: (_, row) => <code>{row.event_type}</code> },
    {
      title: t("webhooks.state"),
      render: (_, row) => <Mark tone={toneOf(row.state)}>{t(`webhooks.status${row.state}`)}</Mark>,
    },
    { title: t("webhooks.attempts"), align: "right", render: (_, row) => row.attempts },
    {
      title: t("webhooks.answer"),
      render: (_, row) => (
        <span>
          {row.last_status ?? ""} <span className="faint cell-text">{row.last_error ?? ""}</span>
        </span>
      ),
    },
    { title: t("webhooks.next"), render: (_, row) => <When at={row.next_attempt_at} /> },
    { title: t("webhooks.at"), align: "right", render: (_, row) => <When at={row.created_at} /> },
    {
      title: <span className="unseen">{t("parts.actions")}</span>,
      align: "right",
      render: (_, row) =>
        row.state !== "pending" && may("operate") ? (
          <Replay webhookId={webhookId} deliveryId={row.delivery_id} />
        ) : null,
    },
  ];
}

export function Deliveries({ webhookId }: { readonly webhookId: string }): ReactNode {
  const { t } = useTexts();
  const columns = useColumns(webhookId);
  const [cursor, setCursor] = useState<string | undefined>(undefined);
  return (
    <Panel title={`${t("webhooks.deliveries")} · ${webhookId}`} isFlush>
      <CursorTable<WebhookDelivery>
        label={t("webhooks.deliveries")}
        queryKey={["webhooks", webhookId, "deliveries"]}
        read={(at) => client.webhooks.deliveries(webhookId, { cursor: at, limit: 50 }).page()}
        columns={columns}
        rowKey={(row) => row.delivery_id}
        cursor={cursor}
        onCursor={setCursor}
        empty={<Nothing title={t("webhooks.noDeliveries")} isSmall />}
        refreshMs={5_000}
      />
    </Panel>
  );
}
