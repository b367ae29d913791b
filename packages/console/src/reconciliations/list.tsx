// The runs, newest first, and asking for another one.
import type { Reconciliation } from "@pointbridge/sdk";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  CursorTable,
  Identifier,
  Mark,
  Nothing,
  Page,
  Panel,
  StatusMark,
  useFormats,
  When,
} from "../parts/index.ts";
import { CompareDialog } from "./compare-dialog.tsx";

function useColumns(): TableColumnsType<Reconciliation> {
  const { t } = useTexts();
  const { count } = useFormats();
  return [
    {
      title: t("reconciliations.run"),
      render: (_, row) => (
        <Identifier value={row.reconciliation_id} longest={22}>
          {(text) => (
            <Link
              to="/reconciliations/$reconciliationId"
              params={{ reconciliationId: row.reconciliation_id }}
            >
              {text}
            </Link>
          )}
        </Identifier>
      ),
    },
    {
      title: t("reconciliations.pair"),
      render: (_, row) => (
        <span className="route">
          {row.source_system} <span className="route-arrow">→</span> {row.target_system}
        </span>
      ),
    },
    { title: t("reconciliations.status"), render: (_, row) => <StatusMark status={row.status} /> },
    {
      title: t("reconciliations.differences"),
      render: (_, row) =>
        row.mismatches_count === 0 ? (
          <Mark tone={row.status === "completed" ? "good" : "plain"}>0</Mark>
        ) : (
          <Mark tone={row.open_mismatches_count > 0 ? "warn" : "plain"}>
            {count(row.mismatches_count)} ·{" "}
            {t("reconciliations.stillOpen", { count: row.open_mismatches_count })}
          </Mark>
        ),
    },
    {
      title: t("reconciliations.compared"),
      align: "right",
      render: (_, row) => (
        <span className="number">
          {count(row.source_operations_count)} / {count(row.target_operations_count)}
        </span>
      ),
    },
    {
      title: t("reconciliations.window"),
      render: (_, row) => (
        <>
          <When at={row.start_time} /> – <When at={row.end_time} />
        </>
      ),
    },
    { title: t("reconciliations.origin"), render: (_, row) => t(`reconciliations.origin${row.origin}`) },
    { title: t("reconciliations.created"), align: "right", render: (_, row) => <When at={row.created_at} /> },
  ];
}

export function ReconciliationList(): ReactNode {
  const { t } = useTexts();
  const { cursor } = useSearch({ from: "/reconciliations" });
  const navigate = useNavigate();
  const columns = useColumns();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Page
      title={t("reconciliations.title")}
      intro={t("reconciliations.intro")}
      actions={
        <IfMay ability="operate">
          <Button type="primary" onClick={() => setIsAsking(true)}>
            {t("reconciliations.compare")}
          </Button>
        </IfMay>
      }
    >
      <Panel isFlush>
        <CursorTable<Reconciliation>
          label={t("reconciliations.title")}
          queryKey={["reconciliations"]}
          read={(at) => client.reconciliations.list({ cursor: at, limit: 50 }).page()}
          columns={columns}
          rowKey={(row) => row.reconciliation_id}
          cursor={cursor}
          onCursor={(at) =>
            void navigate({ to: "/reconciliations", search: at === undefined ? {} : { cursor: at } })
          }
          empty={<Nothing title={t("reconciliations.empty")} hint={t("reconciliations.emptyHint")} />}
          refreshMs={5_000}
        />
      </Panel>
      {isAsking ? <CompareDialog onClose={() => setIsAsking(false)} /> : null}
    </Page>
  );
}
