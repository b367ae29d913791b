// One run, from its totals down to every operation that differs; printable.
import { PrinterOutlined } from "@ant-design/icons";
import type { Reconciliation } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Button, Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Identifier, Loaded, Mark, Page, Panel, StatusMark, useFormats, When } from "../parts/index.ts";
import { Mismatches } from "./mismatches.tsx";

type Total = Reconciliation["totals"][number];

function Figures({ run }: { readonly run: Reconciliation }): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const figures: readonly (readonly [string, number])[] = [
    [t("reconciliations.sourceCount"), run.source_operations_count],
    [t("reconciliations.targetCount"), run.target_operations_count],
    [t("reconciliations.matched"), run.matched_count],
    [t("reconciliations.inFlight"), run.in_flight_count],
    [t("reconciliations.found"), run.mismatches_count],
    [t("reconciliations.open"), run.open_mismatches_count],
  ];
  return (
    <div className="figures">
      {figures.map(([name, value]) => (
        <div className="figure" key={name}>
          <p className="figure-value">{count(value)}</p>
          <p className="figure-name">{name}</p>
        </div>
      ))}
    </div>
  );
}

function Totals({ totals }: { readonly totals: readonly Total[] }): ReactNode {
  const { t } = useTexts();
  const { points } = useFormats();
  const columns: TableColumnsType<Total> = [
    { title: t("reconciliations.leg"), render: (_, row) => <code>{row.leg}</code> },
    { title: t("reconciliations.type"), render: (_, row) => row.credit_type_id },
    {
      title: t("reconciliations.ours"),
      align: "right",
      render: (_, row) => <span className="number">{points(BigInt(row.ours))}</span>,
    },
    {
      title: t("reconciliations.theirs"),
      align: "right",
      render: (_, row) => <span className="number">{points(BigInt(row.theirs))}</span>,
    },
    {
      title: t("reconciliations.apart"),
      align: "right",
      render: (_, row) => {
        const apart = BigInt(row.theirs) - BigInt(row.ours);
        return <b className={apart === 0n ? "number faint" : "number why-not"}>{points(apart)}</b>;
      },
    },
  ];
  return (
    <Table<Total>
      aria-label={t("reconciliations.totals")}
      size="small"
      columns={columns}
      dataSource={[...totals]}
      rowKey={(row) => `${row.leg}/${row.credit_type_id}`}
      pagination={false}
      scroll={{ x: "max-content" }}
    />
  );
}

function Content({ run }: { readonly run: Reconciliation }): ReactNode {
  const { t } = useTexts();
  const isProven = run.digests.length > 0 && run.digests.every(({ ours, theirs }) => ours === theirs);
  return (
    <>
      <Panel>
        <p className="panel-note">
          <b>
            {run.source_system} → {run.target_system}
          </b>{" "}
          · <When at={run.start_time} /> – <When at={run.end_time} /> ·{" "}
          {t(`reconciliations.repair${run.repair}`)} · {t("reconciliations.by", { who: run.principal })}
        </p>
        <Figures run={run} />
        {isProven ? <Mark tone="good">{t("reconciliations.proven")}</Mark> : null}
        {run.failure === null ? null : <p className="why-not">{run.failure}</p>}
        {run.repair_stopped === null ? null : (
          <p className="warn-note">{t("reconciliations.stopped", { why: run.repair_stopped })}</p>
        )}
      </Panel>
      {run.totals.length === 0 ? null : (
        <Panel title={t("reconciliations.totals")} isFlush>
          <Totals totals={run.totals} />
        </Panel>
      )}
      <Mismatches runId={run.reconciliation_id} isRunning={run.status === "running"} />
    </>
  );
}

export function ReconciliationDetail(): ReactNode {
  const { t } = useTexts();
  const { reconciliationId } = useParams({ from: "/reconciliations/$reconciliationId" });
  const query = useQuery({
    queryKey: ["reconciliations", reconciliationId],
    queryFn: () => client.reconciliations.get(reconciliationId),
    refetchInterval: ({ state }) => (state.data?.status === "running" ? 1_000 : 15_000),
  });
  return (
    <Page
      title={t("reconciliations.title")}
      aside={
        <>
          <Identifier value={reconciliationId} />
          {query.data === undefined ? null : <StatusMark status={query.data.status} />}
        </>
      }
      actions={
        <Button icon={<PrinterOutlined aria-hidden="true" />} onClick={() => print()}>
          {t("reconciliations.print")}
        </Button>
      }
    >
      <Loaded query={query} rows={8}>
        {(run) => <Content run={run} />}
      </Loaded>
    </Page>
  );
}
