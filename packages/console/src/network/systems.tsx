// The systems that this node knows: its own and its partners'.
import type { System } from "@pointbridge/sdk";
import { Link } from "@tanstack/react-router";
import type { TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { useSystems } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { ListPage, StatusMark, When } from "../parts/index.ts";
import { AddSystem } from "./add-system.tsx";

const refreshMs = 5_000;

function useColumns(): TableColumnsType<System> {
  const { t } = useTexts();
  return [
    {
      title: t("network.system"),
      render: (_, row) => (
        <Link to="/systems/$systemId" params={{ systemId: row.system_id }}>
          <b>{row.system_id}</b>
        </Link>
      ),
    },
    { title: t("network.name"), render: (_, row) => row.name },
    { title: t("network.status"), render: (_, row) => <StatusMark status={row.status} /> },
    { title: t("network.kind"), render: (_, row) => t(`statuses.${row.kind}`) },
    {
      title: t("network.address"),
      render: (_, row) => (row.base_url === undefined ? "" : <span className="mono">{row.base_url}</span>),
    },
    {
      title: t("network.keys"),
      align: "right",
      render: (_, row) => (row.kind === "hosted" ? "" : (row.keys?.keys.length ?? 0)),
    },
    { title: t("network.updated"), align: "right", render: (_, row) => <When at={row.updated_at} /> },
  ];
}

export function Systems(): ReactNode {
  const { t } = useTexts();
  const query = useSystems(refreshMs);
  const columns = useColumns();
  const [isAdding, setIsAdding] = useState(false);
  return (
    <ListPage
      title={t("network.title")}
      intro={t("network.intro")}
      addText={t("network.add")}
      onAdd={() => setIsAdding(true)}
      query={query}
      columns={columns}
      rowKey={(row) => row.system_id}
      empty={{ title: t("network.empty"), hint: t("network.emptyHint") }}
    >
      {isAdding ? <AddSystem onClose={() => setIsAdding(false)} /> : null}
    </ListPage>
  );
}
