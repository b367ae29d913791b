// What a person has to look at: open first, each with what was found and how it was settled.
import type { Inconsistency } from "@pointbridge/sdk";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { client } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import {
  CursorTable,
  formatDuration,
  Identifier,
  Nothing,
  Page,
  Panel,
  StatusMark,
  useNow,
  When,
} from "../parts/index.ts";
import { InconsistencyDrawer } from "./detail.tsx";

interface Search {
  readonly status?: string;
  readonly id?: string;
  readonly cursor?: string;
}

function Age({ since }: { readonly since: string }): ReactNode {
  const nowMs = useNow(30_000);
  return <span className="number">{formatDuration(Math.max(0, nowMs - Date.parse(since)))}</span>;
}

function useColumns(search: Search): TableColumnsType<Inconsistency> {
  const { t, find } = useTexts();
  return [
    {
      title: t("inconsistencies.id"),
      render: (_, row) => (
        <Identifier value={row.id} longest={30}>
          {(text) => (
            <Link to="/inconsistencies" search={{ ...search, id: row.id }}>
              {text}
            </Link>
          )}
        </Identifier>
      ),
    },
    {
      title: t("inconsistencies.type"),
      render: (_, row) => find("inconsistencies", `kind${row.type}`) ?? row.type,
    },
    { title: t("inconsistencies.severity"), render: (_, row) => <StatusMark status={row.severity} /> },
    { title: t("inconsistencies.status"), render: (_, row) => <StatusMark status={row.status} /> },
    {
      title: t("inconsistencies.assigned"),
      render: (_, row) => row.resolved_by ?? row.assigned_to ?? <span className="faint">–</span>,
    },
    {
      title: t("inconsistencies.route"),
      render: (_, row) => [row.source_system, row.target_system].filter((one) => one !== null).join(" → "),
    },
    {
      title: t("inconsistencies.age"),
      align: "right",
      render: (_, row) => (row.resolved_at === null ? <Age since={row.opened_at} /> : ""),
    },
    { title: t("inconsistencies.opened"), align: "right", render: (_, row) => <When at={row.opened_at} /> },
  ];
}

export function Inconsistencies(): ReactNode {
  const { t } = useTexts();
  const search: Search = useSearch({ from: "/inconsistencies" });
  const navigate = useNavigate();
  const columns = useColumns(search);
  const status = search.status === "all" || search.status === "resolved" ? search.status : "open";
  const go = (next: Search) => void navigate({ to: "/inconsistencies", search: next });
  const { id, cursor, ...filters } = search;
  const isOpen = status === "open";
  return (
    <Page title={t("inconsistencies.title")} intro={t("inconsistencies.intro")}>
      <Panel isFlush>
        <div className="filters">
          <Segmented
            aria-label={t("inconsistencies.status")}
            value={status}
            options={[
              { value: "open", label: t("inconsistencies.open") },
              { value: "resolved", label: t("statuses.resolved") },
              { value: "all", label: t("inconsistencies.all") },
            ]}
            onChange={(value) => go({ status: value })}
          />
        </div>
        <CursorTable<Inconsistency>
          label={t("inconsistencies.title")}
          queryKey={["inconsistencies", status]}
          read={(at) =>
            client.inconsistencies
              .list({ status: status === "all" ? undefined : status, cursor: at, limit: 50 })
              .page()
          }
          columns={columns}
          rowKey={(row) => row.id}
          cursor={cursor}
          onCursor={(at) => go(at === undefined ? filters : { ...filters, cursor: at })}
          empty={
            <Nothing
              title={t(isOpen ? "inconsistencies.emptyOpen" : "inconsistencies.empty")}
              hint={isOpen ? t("inconsistencies.emptyOpenHint") : undefined}
            />
          }
          refreshMs={10_000}
          isSelected={(row) => row.id === id}
        />
      </Panel>
      {id === undefined ? null : (
        <InconsistencyDrawer
          id={id}
          onClose={() => go(cursor === undefined ? filters : { ...filters, cursor })}
        />
      )}
    </Page>
  );
}
