// How each partner does: whether it is open, what waits for its answer, and what it has gained or given on balance.
import type { Exchange, System } from "@pointbridge/sdk";
import { Link } from "@tanstack/react-router";
import { Table, type TableColumnsType } from "antd";
import { type ReactNode, useMemo } from "react";
import { useSystems } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Mark, Panel, StatusMark, useFormats } from "../parts/index.ts";
import { netOf, type PointsByType } from "./figures.ts";
import { Points } from "./points.tsx";

interface PartnerFigures {
  readonly system: System;
  readonly waiting: number;
  readonly net: PointsByType;
}

function isWaiting({ status }: Exchange): boolean {
  return status === "processing" || status === "needs_attention";
}

function toFigures(exchanges: readonly Exchange[], system: System): PartnerFigures {
  const id = system.system_id;
  const own = exchanges.filter((one) => one.source_system === id || one.target_system === id);
  return { system, waiting: own.filter(isWaiting).length, net: netOf(own, id) };
}

export function Partners({ exchanges }: { readonly exchanges: readonly Exchange[] }): ReactNode {
  const { t } = useTexts();
  const { count } = useFormats();
  const systems = useSystems().data;
  const rows = useMemo(
    () =>
      (systems ?? []).filter(({ kind }) => kind === "remote").map((system) => toFigures(exchanges, system)),
    [exchanges, systems],
  );
  const columns: TableColumnsType<PartnerFigures> = [
    {
      title: t("overview.partner"),
      render: (_, { system }) => (
        <Link to="/systems/$systemId" params={{ systemId: system.system_id }}>
          {system.name}
        </Link>
      ),
    },
    { title: t("network.status"), render: (_, { system }) => <StatusMark status={system.status} /> },
    {
      title: t("overview.waiting"),
      render: (_, { waiting }) =>
        waiting === 0 ? (
          <Mark tone="good">{t("network.askingNone")}</Mark>
        ) : (
          <Mark tone="warn">{t("network.asking", { count: count(waiting) })}</Mark>
        ),
    },
    { title: t("overview.net"), align: "right", render: (_, { net }) => <Points points={net} isNet /> },
  ];
  if (rows.length === 0) return null;
  return (
    <Panel title={t("overview.partners")} note={t("overview.partnersNote")} isFlush>
      <Table<PartnerFigures>
        aria-label={t("overview.partners")}
        size="small"
        columns={columns}
        dataSource={rows}
        rowKey={({ system }) => system.system_id}
        pagination={false}
        scroll={{ x: "max-content" }}
      />
    </Panel>
  );
}
