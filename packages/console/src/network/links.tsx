// The agreements between systems, each with its switch.
import type { Link } from "@pointbridge/sdk";
import { useQuery } from "@tanstack/react-query";
import { Button, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { client, useCaller } from "../api/index.ts";
import { useTexts } from "../i18n/index.ts";
import { ListPage, StatusMark } from "../parts/index.ts";
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
    refetchInterval: 10_000,
  });
  const close = () => setOpen(undefined);
  return (
    <ListPage
      title={t("network.linksTitle")}
      intro={t("network.linksIntro")}
      addText={t("network.addLink")}
      onAdd={() => setOpen({ what: "add" })}
      query={query}
      columns={columns}
      rowKey={nameOf}
      empty={{ title: t("network.noLinks"), hint: t("network.noLinksHint") }}
      before={<WaitingLinks />}
    >
      {open?.what === "switch" ? <SwitchLink link={open.link} onClose={close} /> : null}
      {open?.what === "limit" ? <ChangeLimit link={open.link} onClose={close} /> : null}
      {open?.what === "add" ? <AddLink onClose={close} /> : null}
    </ListPage>
  );
}
