// The alerts: what stands first; somebody says that they look after one.
import type { Alert } from "@pointbridge/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Segmented, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  CursorTable,
  Field,
  Mark,
  Nothing,
  Panel,
  StatusMark,
  shorten,
  type Tone,
  useFormats,
  VerbDialog,
  When,
} from "../parts/index.ts";

const states = ["open", "acknowledged", "cleared"] as const;
const stateTones: Readonly<Record<Alert["state"], Tone>> = {
  open: "warn",
  acknowledged: "calm",
  cleared: "plain",
};

const keyLongest = 28;

/** What it is about, where that has a page. */
function About({ alert }: { readonly alert: Alert }): ReactNode {
  const key = <span title={alert.key}>{shorten(alert.key, keyLongest)}</span>;
  const operationId = alert.subject["operation_id"];
  const systemId = alert.subject["system_id"];
  const reconciliationId = alert.subject["reconciliation_id"];
  if (typeof reconciliationId === "string") {
    return (
      <Link to="/reconciliations/$reconciliationId" params={{ reconciliationId }}>
        {key}
      </Link>
    );
  }
  if (typeof operationId === "string") {
    return (
      <Link to="/log" search={{ operation: operationId }} className="mono">
        {key}
      </Link>
    );
  }
  if (typeof systemId === "string") {
    return (
      <Link to="/systems/$systemId" params={{ systemId }}>
        {key}
      </Link>
    );
  }
  return <span className="mono">{key}</span>;
}

function useColumns(onAcknowledge: (alert: Alert) => void): TableColumnsType<Alert> {
  const { t, find } = useTexts();
  const { count } = useFormats();
  const { may } = useCaller();
  return [
    { title: t("alerts.severity"), render: (_, row) => <StatusMark status={row.severity} /> },
    {
      title: t("alerts.what"),
      render: (_, row) => (
        <>
          <b>{find("alerts", `type${row.type}`) ?? row.title}</b>
          <br />
          <code className="faint">{row.runbook}</code>
        </>
      ),
    },
    { title: t("alerts.key"), render: (_, row) => <About alert={row} /> },
    {
      title: t("alerts.state"),
      render: (_, row) => (
        <>
          <Mark tone={stateTones[row.state]}>{t(`alerts.${row.state}`)}</Mark>{" "}
          {row.acknowledged_by === null ? null : <span className="faint">{row.acknowledged_by}</span>}
        </>
      ),
    },
    {
      title: t("alerts.count"),
      align: "right",
      render: (_, row) => <span className="number">{count(row.count)}</span>,
    },
    {
      title: t("alerts.last"),
      render: (_, row) => (
        <>
          <When at={row.last_seen_at} />
          {row.first_seen_at === row.last_seen_at ? null : (
            <p className="panel-note">
              {t("alerts.first")} <When at={row.first_seen_at} />
            </p>
          )}
        </>
      ),
    },
    {
      title: <span className="unseen">{t("parts.actions")}</span>,
      align: "right",
      render: (_, row) =>
        row.state === "open" && may("operate") ? (
          <Button size="small" onClick={() => onAcknowledge(row)}>
            {t("alerts.acknowledge")}
          </Button>
        ) : null,
    },
  ];
}

function Acknowledge({ alert, onClose }: { readonly alert: Alert; readonly onClose: () => void }): ReactNode {
  const { t, find } = useTexts();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const finish = () => {
    void message.success(t("alerts.done"));
    void queries.invalidateQueries({ queryKey: ["alerts"] });
    onClose();
  };
  return (
    <VerbDialog
      title={t("alerts.acknowledgeTitle")}
      verb={t("alerts.acknowledge")}
      reasonLabel={t("alerts.note")}
      run={(note) => client.alerts.acknowledge(alert.alert_id, { note })}
      onDone={finish}
      onCancel={onClose}
    >
      <p>{t("alerts.acknowledgeIntro")}</p>
      <Field label={find("alerts", `type${alert.type}`) ?? alert.title}>
        {() => <p className="preview mono">{alert.key}</p>}
      </Field>
    </VerbDialog>
  );
}

export function AlertList(): ReactNode {
  const { t } = useTexts();
  const search = useSearch({ from: "/alerts" });
  const navigate = useNavigate();
  const [open, setOpen] = useState<Alert | undefined>(undefined);
  const columns = useColumns(setOpen);
  const chosen = search.state ?? "open";
  const state = states.find((one) => one === chosen);
  const go = (next: { readonly state?: string; readonly cursor?: string }) =>
    void navigate({ to: "/alerts", search: next });
  const isOpen = state === "open";
  return (
    <Panel isFlush>
      <div className="filters">
        <Segmented
          aria-label={t("alerts.state")}
          value={chosen}
          options={[
            ...states.map((value) => ({ value: value as string, label: t(`alerts.${value}`) })),
            { value: "all", label: t("alerts.all") },
          ]}
          onChange={(value) => go({ state: value })}
        />
      </div>
      <CursorTable<Alert>
        label={t("alerts.title")}
        queryKey={["alerts", chosen]}
        read={(at) => client.alerts.list({ state, cursor: at, limit: 50 }).page()}
        columns={columns}
        rowKey={(row) => row.alert_id}
        cursor={search.cursor}
        onCursor={(at) => go(at === undefined ? { state: chosen } : { state: chosen, cursor: at })}
        empty={
          <Nothing
            title={t(isOpen ? "alerts.emptyOpen" : "alerts.empty")}
            hint={isOpen ? t("alerts.emptyOpenHint") : undefined}
          />
        }
        refreshMs={10_000}
      />
      {open === undefined ? null : <Acknowledge alert={open} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}
