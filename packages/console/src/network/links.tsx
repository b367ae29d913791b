// The agreements between systems, each with its switch.
import { PlusOutlined } from "@ant-design/icons";
import type { Link } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, IfMay, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { Loaded, Nothing, Page, Panel, StatusMark } from "../parts/index.ts";
import { AddLink, ChangeLimit, nameOf, SwitchLink } from "./link-dialogs.tsx";
import { WaitingLinks } from "./waiting-links.tsx";

const hourMs = 3_600_000;

type Open = { readonly what: "switch" | "limit"; readonly link: Link } | { readonly what: "add" };

function useColumns(onOpen: (open: Open) => void): TableColumnsType<Link> {
  const { t } = useTexts();
  const { may } = useCaller();
  const columns: TableColumnsType<Link> = [
    { title: t("network.link"), render: (_, row) => <b className="route">{nameOf(row)}</b> },
    {
      title: t("network.status"),
      render: (_, row) => <StatusMark status={row.enabled ? "enabled" : "disabled"} />,
    },
    { title: t("network.members"), render: (_, row) => t(`network.${row.user_mapping}`) },
    { title: t("network.provision"), render: (_, row) => t(row.auto_provision ? "parts.yes" : "parts.no") },
    {
      title: t("network.limit"),
      render: (_, row) =>
        t("network.limitText", {
          limit: row.rate_change_limit_percent,
          hours: Math.round((row.rate_change_window_ms / hourMs) * 10) / 10,
        }),
    },
    {
      title: t("network.cycles"),
      render: (_, row) =>
        row.allow_gaining_cycles ? t("network.allowed") : <span className="faint">–</span>,
    },
  ];
  if (!may("administer")) return columns;
  return [
    ...columns,
    {
      title: <span className="unseen">{t("parts.actions")}</span>,
      align: "right",
      render: (_, link) => (
        <span className="change-actions">
          <Button size="small" onClick={() => onOpen({ what: "limit", link })}>
            {t("network.changeLimit")}
          </Button>
          <Button size="small" danger={link.enabled} onClick={() => onOpen({ what: "switch", link })}>
            {t(link.enabled ? "network.closeLink" : "network.openLink")}
          </Button>
        </span>
      ),
    },
  ];
}

export function Links(): ReactNode {
  const { t } = useTexts();
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const columns = useColumns(setOpen);
  const query = useQuery({
    queryKey: ["links"],
    queryFn: () => client.links.list({ limit: 1000 }).toArray(),
  });
  const close = () => setOpen(undefined);
  return (
    <Page
      title={t("network.linksTitle")}
      intro={t("network.linksIntro")}
      actions={
        <IfMay ability="administer">
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => setOpen({ what: "add" })}
          >
            {t("network.addLink")}
          </Button>
        </IfMay>
      }
    >
      <WaitingLinks />
      <Panel isFlush>
        <Loaded query={query}>
          {(links) => (
            <Table<Link>
              aria-label={t("network.linksTitle")}
              size="small"
              columns={columns}
              dataSource={links}
              rowKey={nameOf}
              pagination={links.length > 50 ? { pageSize: 50, size: "small" } : false}
              scroll={{ x: "max-content" }}
              locale={{ emptyText: <Nothing title={t("network.noLinks")} hint={t("network.noLinksHint")} /> }}
            />
          )}
        </Loaded>
      </Panel>
      {open?.what === "switch" ? <SwitchLink link={open.link} onClose={close} /> : null}
      {open?.what === "limit" ? <ChangeLimit link={open.link} onClose={close} /> : null}
      {open?.what === "add" ? <AddLink onClose={close} /> : null}
    </Page>
  );
}
