// Where alerts are told, how that goes, and trying it.
import { PlusOutlined } from "@ant-design/icons";
import type { AlertChannel } from "@pointbridge/sdk";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Table, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  Loaded,
  Mark,
  Nothing,
  Panel,
  StatusMark,
  type Tone,
  useFailureText,
  VerbDialog,
  When,
} from "../parts/index.ts";
import { AddChannel } from "./add-channel.tsx";

const stateTones: Readonly<Record<AlertChannel["state"], Tone>> = {
  working: "good",
  failing: "bad",
  disabled: "plain",
};

function TestButton({ channelId }: { readonly channelId: string }): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const tell = useFailureText();
  const test = useMutation({
    mutationFn: () => client.alertChannels.test(channelId),
    onSuccess: ({ delivered, error }) => {
      if (delivered) void message.success(t("alerts.tested"));
      else void message.error(t("alerts.testFailed", { error: error ?? "" }), 10);
    },
    onError: (error) => void message.error(tell(error)),
  });
  return (
    <Button size="small" loading={test.isPending} onClick={() => test.mutate()}>
      {t("alerts.test")}
    </Button>
  );
}

function useColumns(onRemove: (channel: AlertChannel) => void): TableColumnsType<AlertChannel> {
  const { t } = useTexts();
  const { may } = useCaller();
  const columns: TableColumnsType<AlertChannel> = [
    { title: t("alerts.channel"), render: (_, row) => <b>{row.channel_id}</b> },
    { title: t("alerts.kind"), render: (_, row) => t(`alerts.kind${row.kind}`) },
    {
      title: t("alerts.place"),
      render: (_, row) => <span className="mono">{row.origin ?? row.host ?? ""}</span>,
    },
    { title: t("alerts.from"), render: (_, row) => <StatusMark status={row.min_severity} /> },
    {
      title: t("alerts.state"),
      render: (_, row) => (
        <>
          <Mark tone={stateTones[row.state]}>{t(`alerts.state${row.state}`)}</Mark>{" "}
          {row.last_error === null ? null : <p className="why-not cell-text">{row.last_error}</p>}
        </>
      ),
    },
    { title: t("alerts.delivered"), render: (_, row) => <When at={row.last_delivered_at} /> },
    { title: t("alerts.waiting"), align: "right", render: (_, row) => row.pending_count },
  ];
  if (!may("administer")) return columns;
  return [
    ...columns,
    {
      title: <span className="unseen">{t("parts.actions")}</span>,
      align: "right",
      render: (_, row) => (
        <span className="change-actions">
          <TestButton channelId={row.channel_id} />
          <Button size="small" danger onClick={() => onRemove(row)}>
            {t("alerts.remove")}
          </Button>
        </span>
      ),
    },
  ];
}

function Remove({
  channel,
  onClose,
}: {
  readonly channel: AlertChannel;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const finish = () => {
    void message.success(t("alerts.removed"));
    void queries.invalidateQueries({ queryKey: ["alert-channels"] });
    onClose();
  };
  return (
    <VerbDialog
      title={t("alerts.removeTitle", { channel: channel.channel_id })}
      verb={t("alerts.remove")}
      isDanger
      phrase={channel.channel_id}
      run={() => client.alertChannels.delete(channel.channel_id)}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("alerts.removeIntro")}</p>
    </VerbDialog>
  );
}

export function Channels(): ReactNode {
  const { t } = useTexts();
  const [isAdding, setIsAdding] = useState(false);
  const [removing, setRemoving] = useState<AlertChannel | undefined>(undefined);
  const columns = useColumns(setRemoving);
  const query = useQuery({
    queryKey: ["alert-channels"],
    queryFn: () => client.alertChannels.list({ limit: 1000 }).toArray(),
    refetchInterval: 10_000,
  });
  return (
    <Panel
      title={t("alerts.channels")}
      note={t("alerts.channelsNote")}
      extra={
        <IfMay ability="administer">
          <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setIsAdding(true)}>
            {t("alerts.add")}
          </Button>
        </IfMay>
      }
      isFlush
    >
      <Loaded query={query} rows={2}>
        {(channels) => (
          <Table<AlertChannel>
            aria-label={t("alerts.channels")}
            size="small"
            columns={columns}
            dataSource={channels}
            rowKey={(row) => row.channel_id}
            pagination={false}
            scroll={{ x: "max-content" }}
            locale={{
              emptyText: <Nothing title={t("alerts.noChannels")} hint={t("alerts.noChannelsHint")} />,
            }}
          />
        )}
      </Loaded>
      {isAdding ? <AddChannel onClose={() => setIsAdding(false)} /> : null}
      {removing === undefined ? null : <Remove channel={removing} onClose={() => setRemoving(undefined)} />}
    </Panel>
  );
}
